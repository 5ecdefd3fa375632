// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import dev.weir.api.result.SiteSeries.Bin;
import dev.weir.api.result.SiteSeries.Region;
import dev.weir.api.result.SiteSeries.Totals;
import dev.weir.monitor.rollup.QueryRows;
import dev.weir.query.SqlText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Series made of runs themselves: exact, and as costly as there are runs. */
final class SeriesOfRuns {

  private final StoredRows rows;
  private final CheckSource source;
  private final Bins bins;
  private final boolean latencies;

  SeriesOfRuns(StoredRows rows, CheckSource source, Bins bins) {
    this.rows = rows;
    this.source = source;
    this.bins = bins;
    this.latencies = source.has("latency");
  }

  SiteSeries read() {
    List<Bin> all = new ArrayList<>(Collections.nCopies(bins.count(), Bin.NONE));
    TreeMap<String, Totals> byRegion = regions();
    if (byRegion.isEmpty()) {
      return new SiteSeries(bins, all, List.of(), Totals.NONE);
    }
    SqlText sql = new SqlText().raw("SELECT ");
    counts(bin(sql).raw(" AS bin,"));
    if (latencies) {
      sql.raw(", avg(latency) AS mean, max(latency) AS slowest");
      percentile(percentile(sql, 50), 95);
      phases(sql);
    }
    bin(source.from(sql, bins.from(), bins.to()).raw(" GROUP BY "));
    rows.forEach(
        sql,
        row ->
            put(
                all,
                row,
                new Bin(
                    StoredRows.count(row, "runs"),
                    StoredRows.count(row, "failed"),
                    StoredRows.count(row, "missed"),
                    row.numberOrNull("mean"),
                    row.numberOrNull("p50"),
                    row.numberOrNull("p95"),
                    row.numberOrNull("slowest"),
                    phasesOf(row))));
    if (byRegion.size() == 1) { // and so all there is
      Totals totals = byRegion.firstEntry().getValue();
      Region only =
          new Region(
              byRegion.firstKey(), totals, all.stream().<@Nullable Double>map(Bin::mean).toList());
      return new SiteSeries(bins, all, List.of(only), totals);
    }
    Map<String, List<@Nullable Double>> means = means();
    List<Region> regions = new ArrayList<>();
    byRegion.forEach((region, totals) ->
        regions.add(new Region(region, totals, means.getOrDefault(region, noMeans()))));
    return new SiteSeries(bins, all, regions, total());
  }

  /** Means of the phases alone, by the number of their bin. */
  Map<Integer, Map<String, @Nullable Double>> phases() {
    Map<Integer, Map<String, @Nullable Double>> phases = new HashMap<>();
    if (latencies) {
      SqlText sql = phases(bin(new SqlText().raw("SELECT ")).raw(" AS bin"));
      bin(source.from(sql, bins.from(), bins.to()).raw(" GROUP BY "));
      rows.forEach(
          sql, row -> phases.put(bins.index(StoredRows.millis(row, "bin")), phasesOf(row)));
    }
    return phases;
  }

  private TreeMap<String, Totals> regions() {
    TreeMap<String, Totals> regions = new TreeMap<>();
    SqlText sql = percentiles(counts(new SqlText().raw("SELECT region,")));
    source.from(sql, bins.from(), bins.to()).raw(" GROUP BY region");
    rows.forEach(sql, row -> regions.put(row.text("region"), totals(row)));
    return regions;
  }

  private Totals total() {
    Totals[] total = {Totals.NONE};
    SqlText sql = percentiles(counts(new SqlText().raw("SELECT ")));
    rows.forEach(source.from(sql, bins.from(), bins.to()), row -> total[0] = totals(row));
    return total[0];
  }

  private Map<String, List<@Nullable Double>> means() {
    Map<String, List<@Nullable Double>> means = new HashMap<>();
    if (latencies) {
      SqlText sql = bin(new SqlText().raw("SELECT region, ")).raw(" AS bin, avg(latency) AS mean");
      bin(source.from(sql, bins.from(), bins.to()).raw(" GROUP BY region, "));
      rows.forEach(
          sql,
          row -> {
            int index = bins.index(StoredRows.millis(row, "bin"));
            if (index >= 0) {
              means
                  .computeIfAbsent(row.text("region"), _ -> noMeans())
                  .set(index, row.numberOrNull("mean"));
            }
          });
    }
    return means;
  }

  private List<@Nullable Double> noMeans() {
    return new ArrayList<>(Collections.<@Nullable Double>nCopies(bins.count(), null));
  }

  private void put(List<Bin> all, QueryRows.Row row, Bin bin) {
    int index = bins.index(StoredRows.millis(row, "bin"));
    if (index >= 0) {
      all.set(index, bin);
    }
  }

  // ---- the SQL's parts ----

  private SqlText bin(SqlText sql) {
    return sql.raw("bin(time, ").number(bins.step().toSeconds()).raw("s)");
  }

  private SqlText counts(SqlText sql) {
    sql.raw(" count_if(requests > 0) AS runs, count_if(requests = 0) AS missed");
    return source.hasRuns() ? sql.raw(", count_if(NOT endpoint_up) AS failed") : sql;
  }

  private SqlText percentiles(SqlText sql) {
    if (latencies) {
      SiteSeries.PERCENTILES.forEach(percent -> percentile(sql, percent));
    }
    return sql;
  }

  private static SqlText percentile(SqlText sql, int percent) {
    return sql.raw(", approx_percentile(latency, 0.").number(percent).raw(") AS p").number(percent);
  }

  /** Of the runs that have a latency: the parts of what it is the sum of. */
  private SqlText phases(SqlText sql) {
    for (String phase : CheckRun.PHASES) {
      if (source.has("phase_" + phase)) {
        sql.raw(", avg(CASE WHEN latency IS NOT NULL THEN phase_")
            .raw(phase)
            .raw(" END) AS phase_")
            .raw(phase);
      }
    }
    return sql;
  }

  private static Map<String, @Nullable Double> phasesOf(QueryRows.Row row) {
    Map<String, @Nullable Double> phases = new HashMap<>();
    CheckRun.PHASES.forEach(phase -> phases.put(phase, row.numberOrNull("phase_" + phase)));
    return phases;
  }

  private static Totals totals(QueryRows.Row row) {
    Map<Integer, @Nullable Double> percentiles = new HashMap<>();
    SiteSeries.PERCENTILES.forEach(
        percent -> percentiles.put(percent, row.numberOrNull("p" + percent)));
    return new Totals(
        StoredRows.count(row, "runs"),
        StoredRows.count(row, "failed"),
        StoredRows.count(row, "missed"),
        percentiles);
  }
}
