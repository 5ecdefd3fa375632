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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the hours of the last 24 hours, 7 and 30 days come to, for all sites of a table at once. The
 * store adds up what is older than a day; of the day, a row comes back for each hour. Thread-safe.
 */
public final class RecentHours {

  /** Closed hours that make a day, beside the one that goes on. */
  public static final int DAY_HOURS = 24;

  private static final Duration DAY = Duration.ofHours(DAY_HOURS);
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

    /** Without some of them. */
    public Runs minus(Runs some) {
      return new Runs(runs - some.runs, up - some.up, doubtful - some.doubtful);
    }

    private static Runs of(QueryRows.Row row) {
      return new Runs(row.whole("runs"), row.whole("up"), row.whole("doubtful"));
    }
  }

  /**
   * Latencies of an hour.
   *
   * @param seconds sum over {@code count} runs
   */
  public record Latencies(double seconds, long count) {}

  /**
   * The last hours of a site in a region.
   *
   * @param lastHour the beginning of the newest hour that was made
   * @param hours by their beginnings
   */
  public record Day(
      Instant lastHour, Runs runs, LatencyHistogram latency, Map<Instant, Latencies> hours) {
    public Day {
      hours = Map.copyOf(hours);
    }
  }

  /** Runs of the rest of a week and of a month: those of the day are not in them. */
  public record Before(Runs week, Runs month) {
    public static final Before NONE = new Before(Runs.NONE, Runs.NONE);
  }

  /**
   * The last hours of all sites.
   *
   * @param from the beginning of the first hour, a day ago
   * @param deadline of all queries together
   * @throws StoreException as the store says
   */
  public Map<SiteRegion, Day> day(TableName hourly, Instant from, Instant deadline) {
    Optional<TableDescription> table = made(hourly);
    if (table.isEmpty()) {
      return Map.of();
    }
    Instant to = from.plus(DAY).plus(DAY); // whatever was made since
    Map<SiteRegion, LatencyHistogram> latencies = latencies(table.get(), from, to, deadline);
    Map<SiteRegion, Gathered> gathered = new HashMap<>();
    SqlText sql =
        new SqlText()
            .raw("SELECT \"siteId\", region, time, runs, up, doubtful, latency_sum, latency_count");
    HourlyRollup.from(sql, hourly, HourlyRollup.MEASURE_NAME, from, to);
    QueryRows.forEach(
        queries,
        sql,
        deadline,
        row -> gathered.computeIfAbsent(place(row), _ -> new Gathered()).add(row));
    Map<SiteRegion, Day> days = new HashMap<>();
    gathered.forEach((place, hours) ->
        days.put(
            place,
            new Day(
                hours.latencies.lastKey(),
                hours.runs,
                latencies.getOrDefault(place, LatencyHistogram.EMPTY),
                hours.latencies)));
    return days;
  }

  /**
   * What was before.
   *
   * @param until where the day begins
   * @throws StoreException as the store says
   */
  public Map<SiteRegion, Before> before(TableName hourly, Instant until, Instant deadline) {
    if (made(hourly).isEmpty()) {
      return Map.of();
    }
    String days =
        new SqlText()
            .raw("CASE WHEN time >= from_milliseconds(")
            .number(until.plus(DAY).minus(WEEK).toEpochMilli())
            .raw(") THEN 7 ELSE 30 END")
            .toString();
    SqlText sql =
        new SqlText()
            .raw("SELECT \"siteId\", region, ")
            .raw(days)
            .raw(" AS days, sum(runs) AS runs, sum(up) AS up, sum(doubtful) AS doubtful");
    Instant from = until.plus(DAY).minus(MONTH);
    HourlyRollup.from(sql, hourly, HourlyRollup.MEASURE_NAME, from, until)
        .raw(" GROUP BY \"siteId\", region, ")
        .raw(days);
    Map<SiteRegion, Before> all = new HashMap<>();
    QueryRows.forEach(
        queries,
        sql,
        deadline,
        row -> {
          Runs runs = Runs.of(row);
          Runs week = row.whole("days") == 7 ? runs : Runs.NONE;
          all.merge(
              place(row),
              new Before(week, runs),
              (one, two) -> new Before(one.week.plus(two.week), one.month.plus(two.month)));
        });
    return all;
  }

  /** The hours of one place, as their rows come. */
  private static final class Gathered {
    private final TreeMap<Instant, Latencies> latencies = new TreeMap<>();
    private Runs runs = Runs.NONE;

    private void add(QueryRows.Row row) {
      runs = runs.plus(Runs.of(row));
      latencies.put(
          QueryRows.instant(row.whole("time")),
          new Latencies(row.number("latency_sum"), row.whole("latency_count")));
    }
  }

  private Map<SiteRegion, LatencyHistogram> latencies(
      TableDescription hourly, Instant from, Instant to, Instant deadline) {
    Map<SiteRegion, LatencyHistogram> latencies = new HashMap<>();
    int[] buckets = HourlyRollup.buckets(hourly);
    if (buckets.length == 0) {
      return latencies;
    }
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

  /** The table as it is, where an hour has been made. */
  private Optional<TableDescription> made(TableName hourly) {
    return catalog.describeNow(hourly).filter(table -> table.column("runs").isPresent());
  }

  private static SiteRegion place(QueryRows.Row row) {
    return new SiteRegion(row.text("siteId"), row.text("region"));
  }
}
