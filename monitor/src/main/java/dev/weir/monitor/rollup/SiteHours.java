// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.rollup;

import dev.weir.monitor.record.CheckTables;
import dev.weir.query.SqlText;
import dev.weir.store.CatalogReader;
import dev.weir.store.QueryRunner;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The hours of one site, added up by the store to bins of several hours. Hours that are not made
 * yet, the one that goes on among them, are counted from results. Thread-safe.
 */
public final class SiteHours {

  /** Hours that are not made yet are looked for so far back; older ones that lack stay lacking. */
  static final Duration UNMADE_MAX = Duration.ofHours(24);

  private final QueryRunner queries;
  private final CatalogReader catalog;
  private final HourlyRollup hours;

  /** Hours of this store. */
  public SiteHours(QueryRunner queries, CatalogReader catalog, HourlyRollup hours) {
    this.queries = queries;
    this.catalog = catalog;
    this.hours = hours;
  }

  /**
   * What each bin comes to, by region; a bin without a record is left out.
   *
   * @param results where results are; their hours are beside them
   * @param from inclusive, where a bin begins: a multiple of {@code step} since the epoch
   * @param to exclusive
   * @param step length of a bin, whole hours
   * @return by the beginnings of bins
   */
  public Map<SiteHour, HourlySums> read(
      TableName results,
      String siteId,
      Instant from,
      Instant to,
      Duration step,
      Instant now,
      Instant deadline) {
    if (step.toHours() < 1 || !step.equals(Duration.ofHours(step.toHours()))) {
      throw new IllegalArgumentException("a bin has whole hours, not " + step);
    }
    Map<SiteHour, HourlySums> bins = new HashMap<>();
    Instant unmade = now.truncatedTo(ChronoUnit.HOURS).minus(UNMADE_MAX);
    Optional<TableDescription> table =
        catalog
            .describe(CheckTables.hourlyOf(results))
            .filter(each -> each.column("runs").isPresent());
    if (table.isPresent()) {
      Instant last = made(table.get(), siteId, from, to, step, deadline, bins);
      unmade = last.isBefore(unmade) ? unmade : last.plus(Duration.ofHours(1));
    }
    Instant start = unmade.isBefore(from) ? from : unmade;
    if (start.isBefore(to)) {
      hours
          .unmade(results, siteId, start, to, deadline)
          .forEach((hour, sums) ->
              bins.merge(
                  new SiteHour(hour.siteId(), hour.region(), bin(hour.hour(), step)),
                  sums,
                  HourlySums::plus));
    }
    return bins;
  }

  /** Adds the hours that were made, and returns the newest of them. */
  private Instant made(
      TableDescription table,
      String siteId,
      Instant from,
      Instant to,
      Duration step,
      Instant deadline,
      Map<SiteHour, HourlySums> bins) {
    int[] buckets = HourlyRollup.buckets(table);
    SqlText sql =
        new SqlText().raw("SELECT region, bin(time, ").number(step.toHours()).raw("h) AS bin");
    sql.raw(", max(time) AS newest, max(lag_max) AS lag_max");
    for (String sum :
        new String[] {
          "runs",
          "up",
          "failed",
          "missed",
          "doubtful",
          "requests",
          "failed_requests",
          "latency_sum",
          "lag_sum"
        }) {
      sql.raw(", sum(").raw(sum).raw(") AS ").raw(sum);
    }
    for (int bucket : buckets) {
      String name = HourlyRollup.BUCKETS.get(bucket);
      sql.raw(", sum(").identifier(name).raw(") AS ").identifier(name);
    }
    HourlyRollup.of(
            siteId, HourlyRollup.from(sql, table.name(), HourlyRollup.MEASURE_NAME, from, to))
        .raw(" GROUP BY region, bin(time, ")
        .number(step.toHours())
        .raw("h)");
    Instant[] last = {Instant.EPOCH};
    QueryRows.forEach(
        queries,
        sql,
        table.name().database(),
        deadline,
        row -> {
          long[] counts = new long[LatencyHistogram.BUCKETS];
          for (int bucket : buckets) {
            counts[bucket] = row.whole(HourlyRollup.BUCKETS.get(bucket));
          }
          HourlySums sums =
              HourlyRollup.sums(row, row.number("latency_sum")).plus(LatencyHistogram.of(counts));
          bins.put(
              new SiteHour(siteId, row.text("region"), QueryRows.instant(row.whole("bin"))), sums);
          Instant newest = QueryRows.instant(row.whole("newest"));
          last[0] = newest.isAfter(last[0]) ? newest : last[0];
        });
    return last[0];
  }

  private static Instant bin(Instant hour, Duration step) {
    return Instant.ofEpochSecond(
        Math.floorDiv(hour.getEpochSecond(), step.toSeconds()) * step.toSeconds());
  }
}
