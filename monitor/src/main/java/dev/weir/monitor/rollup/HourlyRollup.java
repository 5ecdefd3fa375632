// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.rollup;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.query.SqlText;
import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.QueryRunner;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of hours out of the results that are stored, and reads them. What is made again
 * replaces what was there: its version is the moment at which it was made. Hours without a result
 * are left as they are. Thread-safe.
 */
public final class HourlyRollup {

  static final String MEASURE_NAME = "hourly";

  /** Hours that are summed by one query, which bounds the sums that are held at once. */
  static final int HOURS_AT_ONCE = 6;

  /** Hours of one call of {@link #rebuild}: a year. */
  public static final int HOURS_MAX = 366 * 24;

  private static final int BATCH = 500;
  private static final Duration DEADLINE = Duration.ofMinutes(5);
  static final List<String> BUCKETS = bucketNames();

  private final QueryRunner queries;
  private final CatalogReader catalog;
  private final PointWriter writer;
  private final Consumer<TableName> tables;
  private final InstantSource clock;

  /**
   * A rollup in this store.
   *
   * @param tables makes a table before it is written to, where the store can; else does nothing
   */
  public HourlyRollup(
      QueryRunner queries,
      CatalogReader catalog,
      PointWriter writer,
      Consumer<TableName> tables,
      InstantSource clock) {
    this.queries = queries;
    this.catalog = catalog;
    this.writer = writer;
    this.tables = tables;
    this.clock = clock;
  }

  /**
   * Makes the hours from the one that holds {@code from} to the one before {@code to}.
   *
   * @return how many records were made
   * @throws IllegalArgumentException for no hour at all, or more than {@link #HOURS_MAX}
   * @throws StoreException as the store says; what was made before stays. For what may pass this is
   *     at once; an hour that is refused for good keeps no other one from being made first
   */
  public int rebuild(TableName results, TableName hourly, Instant from, Instant to) {
    Instant first = from.truncatedTo(ChronoUnit.HOURS);
    Instant end = to.truncatedTo(ChronoUnit.HOURS);
    long hours = Duration.between(first, end).toHours();
    if (hours < 1 || hours > HOURS_MAX) {
      throw new IllegalArgumentException(
          "1 to %d whole hours can be made, not %d (from %s to %s)"
              .formatted(HOURS_MAX, hours, from, to));
    }
    Optional<TableDescription> table = catalog.describeNow(results);
    if (table.isEmpty() || table.get().column("requests").isEmpty()) {
      return 0; // nothing has been stored there yet
    }
    tables.accept(hourly);
    List<StoreException> refusals = new ArrayList<>();
    int made = 0;
    for (Instant start = first; start.isBefore(end); ) {
      Instant next = start.plus(Duration.ofHours(HOURS_AT_ONCE));
      Instant until = next.isBefore(end) ? next : end;
      made += rebuild(table.get(), hourly, start, until, refusals);
      start = until;
    }
    if (!refusals.isEmpty()) {
      throw refusals.getFirst();
    }
    return made;
  }

  /** What is refused together is tried hour by hour. */
  private int rebuild(
      TableDescription results,
      TableName hourly,
      Instant from,
      Instant to,
      List<StoreException> refusals) {
    try {
      return write(hourly, sums(results, null, from, to, clock.instant().plus(DEADLINE)));
    } catch (StoreException e) {
      Instant second = from.plus(Duration.ofHours(1));
      if (e.kind().retryable()) {
        throw e;
      }
      if (!second.isBefore(to)) {
        refusals.add(e);
        return 0;
      }
      return rebuild(results, hourly, from, second, refusals)
          + rebuild(results, hourly, second, to, refusals);
    }
  }

  /**
   * Hours as they were made, by site, region and hour.
   *
   * @param siteId null for all
   * @param from inclusive
   * @param to exclusive
   */
  public Map<SiteHour, HourlySums> read(
      TableName hourly, @Nullable String siteId, Instant from, Instant to) {
    return read(hourly, siteId, from, to, clock.instant().plus(DEADLINE));
  }

  /** The same, until a deadline. */
  public Map<SiteHour, HourlySums> read(
      TableName hourly, @Nullable String siteId, Instant from, Instant to, Instant deadline) {
    Map<SiteHour, HourlySums> hours = new HashMap<>();
    Optional<TableDescription> table = catalog.describe(hourly);
    if (table.isEmpty() || table.get().column("runs").isEmpty()) {
      return hours;
    }
    int[] buckets = buckets(table.get());
    SqlText sql =
        new SqlText()
            .raw("SELECT \"siteId\", region, time, runs, up, failed, missed, doubtful, requests,")
            .raw(" failed_requests, latency_sum, lag_sum, lag_max");
    for (int bucket : buckets) {
      sql.raw(", ").identifier(BUCKETS.get(bucket));
    }
    of(siteId, from(sql, hourly, MEASURE_NAME, from, to));
    QueryRows.forEach(
        queries,
        sql,
        hourly.database(),
        deadline,
        row -> {
          HourlySums sums = sums(row, row.number("latency_sum"));
          for (int bucket : buckets) {
            long count = row.whole(BUCKETS.get(bucket));
            if (count > 0) {
              sums = sums.plus(LatencyHistogram.of(bucket, count));
            }
          }
          hours.put(siteHour(row, "time"), sums);
        });
    return hours;
  }

  /**
   * What the results of hours come to that are not made yet, by site, region and hour; nothing is
   * written.
   *
   * @param from inclusive
   * @param to exclusive; the hour that holds it counts up to it
   */
  public Map<SiteHour, HourlySums> unmade(
      TableName results, Instant from, Instant to, Instant deadline) {
    return unmade(results, null, from, to, deadline);
  }

  /** The same for one site, or for all where it is null. */
  Map<SiteHour, HourlySums> unmade(
      TableName results, @Nullable String siteId, Instant from, Instant to, Instant deadline) {
    Optional<TableDescription> table = catalog.describeNow(results);
    return table.isEmpty() || table.get().column("requests").isEmpty()
        ? Map.of()
        : sums(table.get(), siteId, from, to, deadline);
  }

  private Map<SiteHour, HourlySums> sums(
      TableDescription table, @Nullable String siteId, Instant from, Instant to, Instant deadline) {
    Map<SiteHour, HourlySums> hours = new HashMap<>();
    // A column is there only once a value of it has been stored: without a run no lag or outcome,
    // without a success no latency.
    boolean latency = table.column("latency").isPresent();
    SqlText sql =
        new SqlText()
            .raw(
                "SELECT \"siteId\", region, bin(time, 1h) AS hour, count_if(requests > 0) AS runs,")
            .raw(" count_if(requests = 0) AS missed, sum(requests) AS requests,")
            .raw(" sum(failed_requests) AS failed_requests,")
            .raw(" sum(CASE WHEN requests > 0 THEN schedule_lag END) AS lag_sum,")
            .raw(" max(CASE WHEN requests > 0 THEN schedule_lag END) AS lag_max,")
            .raw(
                table.column("endpoint_up").isPresent()
                    ? " count_if(endpoint_up) AS up, count_if(NOT endpoint_up) AS failed,"
                        + " count_if(doubtful) AS doubtful"
                    : " count_if(false) AS up, count_if(false) AS failed,"
                        + " count_if(false) AS doubtful");
    if (latency) {
      sql.raw(", sum(latency) AS latency_sum");
    }
    of(siteId, from(sql, table.name(), "check", from, to))
        .raw(" GROUP BY \"siteId\", region, bin(time, 1h)");
    QueryRows.forEach(
        queries,
        sql,
        table.name().database(),
        deadline,
        row ->
            hours.put(siteHour(row, "hour"), sums(row, latency ? row.number("latency_sum") : 0)));
    if (latency) {
      addBuckets(table.name(), siteId, from, to, deadline, hours);
    }
    return hours;
  }

  private void addBuckets(
      TableName results,
      @Nullable String siteId,
      Instant from,
      Instant to,
      Instant deadline,
      Map<SiteHour, HourlySums> hours) {
    // As LatencyHistogram.bucket, but for the last one's upper end.
    String bucket =
        "CASE WHEN latency * 10000 <= 1 THEN 0"
            + " ELSE CAST(ceil(10 * log10(latency * 10000)) AS BIGINT) END";
    SqlText sql =
        new SqlText()
            .raw("SELECT \"siteId\", region, bin(time, 1h) AS hour, ")
            .raw(bucket)
            .raw(" AS bucket, count(latency) AS runs");
    of(siteId, from(sql, results, "check", from, to))
        .raw(" AND latency IS NOT NULL GROUP BY \"siteId\", region, bin(time, 1h), ")
        .raw(bucket);
    QueryRows.forEach(
        queries,
        sql,
        results.database(),
        deadline,
        row -> {
          int index = Math.clamp(row.whole("bucket"), 0, LatencyHistogram.BUCKETS - 1);
          LatencyHistogram counted = LatencyHistogram.of(index, row.whole("runs"));
          // One that came between the two queries is found when the hour is made again.
          hours.computeIfPresent(siteHour(row, "hour"), (_, sums) -> sums.plus(counted));
        });
  }

  private int write(TableName hourly, Map<SiteHour, HourlySums> hours) {
    long version = Math.max(1, clock.millis());
    List<Point> points = new ArrayList<>();
    hours.forEach((hour, sums) -> points.add(point(hour, sums, version)));
    List<Rejection> rejections = new ArrayList<>();
    for (int from = 0; from < points.size(); from += BATCH) {
      List<Point> part = points.subList(from, Math.min(points.size(), from + BATCH));
      Instant deadline = clock.instant().plus(DEADLINE);
      rejections.addAll(writer.write(hourly, PointBatch.of(part), deadline).rejections());
    }
    if (!rejections.isEmpty()) {
      throw new StoreException(
          StoreException.Kind.BAD_REQUEST,
          "%d of %d hours of sites are refused by %s: %s"
              .formatted(
                  rejections.size(), points.size(), hourly, rejections.getFirst().message()));
    }
    return points.size();
  }

  private static Point point(SiteHour hour, HourlySums sums, long version) {
    List<Measure.Named> values = new ArrayList<>();
    values.add(count("runs", sums.runs()));
    values.add(count("up", sums.up()));
    values.add(count("failed", sums.failed()));
    values.add(count("missed", sums.missed()));
    values.add(count("doubtful", sums.doubtful()));
    values.add(count("requests", sums.requests()));
    values.add(count("failed_requests", sums.failedRequests()));
    values.add(count("latency_count", sums.latency().count()));
    values.add(new Measure.Named("latency_sum", new Measure.OfDouble(sums.latencySeconds())));
    values.add(new Measure.Named("lag_sum", new Measure.OfDouble(sums.lagSeconds())));
    values.add(new Measure.Named("lag_max", new Measure.OfDouble(sums.lagMaxSeconds())));
    for (int i = 0; i < LatencyHistogram.BUCKETS; i++) {
      if (sums.latency().count(i) > 0) {
        values.add(count(BUCKETS.get(i), sums.latency().count(i)));
      }
    }
    Series series =
        Series.of(
            MEASURE_NAME,
            List.of(
                new Dimension("siteId", hour.siteId()), new Dimension("region", hour.region())));
    return new Point(
        series, QueryRows.epochNanos(hour.hour()), new Measure.OfMulti(values), version);
  }

  static SqlText from(SqlText sql, TableName table, String measureName, Instant from, Instant to) {
    return sql.raw(" FROM ")
        .identifier(table.database())
        .raw(".")
        .identifier(table.table())
        .raw(" WHERE measure_name = ")
        .literal(measureName)
        .raw(" AND time >= from_milliseconds(")
        .number(from.toEpochMilli())
        .raw(") AND time < from_milliseconds(")
        .number(to.toEpochMilli())
        .raw(")");
  }

  /** One site alone, or all where it is null. */
  static SqlText of(@Nullable String siteId, SqlText sql) {
    return siteId == null ? sql : sql.raw(" AND \"siteId\" = ").literal(siteId);
  }

  static HourlySums sums(QueryRows.Row row, double latencySum) {
    return new HourlySums(
        row.whole("runs"),
        row.whole("up"),
        row.whole("failed"),
        row.whole("missed"),
        row.whole("doubtful"),
        row.whole("requests"),
        row.whole("failed_requests"),
        latencySum,
        row.number("lag_sum"),
        row.number("lag_max"),
        LatencyHistogram.EMPTY);
  }

  private static SiteHour siteHour(QueryRows.Row row, String hour) {
    return new SiteHour(row.text("siteId"), row.text("region"), QueryRows.instant(row.whole(hour)));
  }

  private static Measure.Named count(String name, long value) {
    return new Measure.Named(name, new Measure.OfBigint(value));
  }

  /** The buckets that have a column, since some run fell into them. */
  static int[] buckets(TableDescription hourly) {
    return IntStream.range(0, LatencyHistogram.BUCKETS)
        .filter(bucket -> hourly.column(BUCKETS.get(bucket)).isPresent())
        .toArray();
  }

  private static List<String> bucketNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < LatencyHistogram.BUCKETS; i++) {
      names.add("bucket_%02d".formatted(i));
    }
    return List.copyOf(names);
  }
}
