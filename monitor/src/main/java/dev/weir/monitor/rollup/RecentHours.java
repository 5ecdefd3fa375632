// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.rollup;

import dev.weir.query.SqlText;
import dev.weir.store.CatalogReader;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the hours of the last 24 hours, 7 and 30 days come to, for all sites of a table at once. The
 * store adds up: a row comes back for each site and region, and one for each hour of the last day.
 * Thread-safe.
 */
public final class RecentHours {

  /** Closed hours that make a day, beside the one that goes on. */
  public static final int DAY_HOURS = 24;

  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MONTH = Duration.ofDays(30);

  private final QueryRunner queries;
  private final CatalogReader catalog;

  /** Hours of this store. */
  public RecentHours(QueryRunner queries, CatalogReader catalog) {
    this.queries = queries;
    this.catalog = catalog;
  }

  /**
   * Runs of a time.
   *
   * @param doubtful failed runs that may be on our own side
   */
  public record Runs(long runs, long up, long doubtful) {
    public static final Runs NONE = new Runs(0, 0, 0);

    public Runs plus(Runs other) {
      return new Runs(runs + other.runs, up + other.up, doubtful + other.doubtful);
    }
  }

  /**
   * Latencies of an hour.
   *
   * @param seconds sum over {@code count} runs
   */
  public record Latencies(double seconds, long count) {}

  /**
   * A site in a region.
   *
   * @param lastHour the beginning of the newest hour that was made
   * @param latency of the last day
   * @param hours of the last day, by their beginnings
   */
  public record Totals(
      Instant lastHour,
      Runs day,
      Runs week,
      Runs month,
      LatencyHistogram latency,
      Map<Instant, Latencies> hours) {
    public Totals {
      hours = Map.copyOf(hours);
    }
  }

  /**
   * Asks the store.
   *
   * @param now what the times end with; they begin with whole hours
   * @param deadline of all queries together
   * @throws StoreException as the store says
   */
  public Map<SiteRegion, Totals> read(TableName hourly, Instant now, Instant deadline) {
    Optional<TableDescription> table = catalog.describeNow(hourly);
    if (table.isEmpty() || table.get().column("runs").isEmpty()) {
      return Map.of(); // no hour has been made yet
    }
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    Instant day = hour.minus(Duration.ofHours(DAY_HOURS));
    Map<SiteRegion, Map<Instant, Latencies>> hours = hours(hourly, day, now, deadline);
    Map<SiteRegion, LatencyHistogram> latencies = latencies(table.get(), day, now, deadline);
    Map<SiteRegion, Totals> totals = new HashMap<>();
    SqlText sql = new SqlText().raw("SELECT \"siteId\", region, max(time) AS last_hour");
    counts(sql, "day", day);
    counts(sql, "week", hour.minus(WEEK));
    counts(sql, "month", hour.minus(MONTH));
    HourlyRollup.from(sql, hourly, HourlyRollup.MEASURE_NAME, hour.minus(MONTH), now)
        .raw(" GROUP BY \"siteId\", region");
    QueryRows.forEach(
        queries,
        sql,
        deadline,
        row -> {
          SiteRegion place = place(row);
          totals.put(
              place,
              new Totals(
                  QueryRows.instant(row.whole("last_hour")),
                  runs(row, "day"),
                  runs(row, "week"),
                  runs(row, "month"),
                  latencies.getOrDefault(place, LatencyHistogram.EMPTY),
                  hours.getOrDefault(place, Map.of())));
        });
    return totals;
  }

  private Map<SiteRegion, Map<Instant, Latencies>> hours(
      TableName hourly, Instant from, Instant to, Instant deadline) {
    Map<SiteRegion, Map<Instant, Latencies>> hours = new HashMap<>();
    SqlText sql = new SqlText().raw("SELECT \"siteId\", region, time, latency_sum, latency_count");
    HourlyRollup.from(sql, hourly, HourlyRollup.MEASURE_NAME, from, to);
    QueryRows.forEach(
        queries,
        sql,
        deadline,
        row ->
            hours
                .computeIfAbsent(place(row), _ -> new TreeMap<>())
                .put(
                    QueryRows.instant(row.whole("time")),
                    new Latencies(row.number("latency_sum"), row.whole("latency_count"))));
    return hours;
  }

  private Map<SiteRegion, LatencyHistogram> latencies(
      TableDescription hourly, Instant from, Instant to, Instant deadline) {
    Map<SiteRegion, LatencyHistogram> latencies = new HashMap<>();
    int[] buckets = HourlyRollup.buckets(hourly);
    SqlText sql = new SqlText().raw("SELECT \"siteId\", region");
    for (int bucket : buckets) {
      String name = HourlyRollup.BUCKETS.get(bucket);
      sql.raw(", sum(").identifier(name).raw(") AS ").identifier(name);
    }
    HourlyRollup.from(sql, hourly.name(), HourlyRollup.MEASURE_NAME, from, to)
        .raw(" GROUP BY \"siteId\", region");
    QueryRows.forEach(
        queries,
        sql,
        deadline,
        row -> {
          long[] counts = new long[LatencyHistogram.BUCKETS];
          for (int bucket : buckets) {
            counts[bucket] = row.whole(HourlyRollup.BUCKETS.get(bucket));
          }
          latencies.put(place(row), LatencyHistogram.of(counts));
        });
    return latencies;
  }

  private static void counts(SqlText sql, String name, Instant from) {
    for (String what : new String[] {"runs", "up", "doubtful"}) {
      sql.raw(", sum(CASE WHEN time >= from_milliseconds(")
          .number(from.toEpochMilli())
          .raw(") THEN ")
          .raw(what)
          .raw(" END) AS ")
          .raw(name + "_" + what);
    }
  }

  private static Runs runs(QueryRows.Row row, String name) {
    return new Runs(
        row.whole(name + "_runs"), row.whole(name + "_up"), row.whole(name + "_doubtful"));
  }

  private static SiteRegion place(QueryRows.Row row) {
    return new SiteRegion(row.text("siteId"), row.text("region"));
  }
}
