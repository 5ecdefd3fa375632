// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.checks;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.monitor.rollup.LatencyHistogram;
import dev.weir.store.PointWriter;
import dev.weir.store.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes what sites with an interval of five minutes leave behind: runs, and their hours. */
final class StoredHours {

  static final Duration INTERVAL = Duration.ofMinutes(5);
  static final String REGION = "local";

  private static final int RUNS = (int) Duration.ofHours(1).dividedBy(INTERVAL);
  private static final int BATCH = 500;

  private final PointWriter writer;
  private final int sites;
  private final Random random = new Random(20_261_122);

  StoredHours(PointWriter writer, int sites) {
    this.writer = writer;
    this.sites = sites;
  }

  static String id(int site) {
    return "site-%05d".formatted(site);
  }

  /** One record for each site. */
  void hour(TableName hourly, Instant hour) {
    write(hourly, "hourly", hour, this::hour);
  }

  /** One run of each site. */
  void runs(TableName results, Instant slot) {
    write(results, "check", slot, this::run);
  }

  /** Values of one record. */
  private interface Values {
    List<Measure.Named> of(int site);
  }

  private void write(TableName table, String measure, Instant time, Values values) {
    for (int from = 0; from < sites; from += BATCH) {
      List<Point> points = new ArrayList<>();
      for (int site = from; site < Math.min(sites, from + BATCH); site++) {
        Series series =
            Series.of(
                measure,
                List.of(new Dimension("siteId", id(site)), new Dimension("region", REGION)));
        points.add(
            new Point(
                series,
                time.getEpochSecond() * 1_000_000_000L,
                new Measure.OfMulti(values.of(site)),
                2));
      }
      Instant deadline = Instant.now().plusSeconds(60);
      if (!writer.write(table, PointBatch.of(points), deadline).rejections().isEmpty()) {
        throw new IllegalStateException("the store refused records of " + time);
      }
    }
  }

  private List<Measure.Named> hour(int site) {
    List<Measure.Named> values = new ArrayList<>();
    long[] buckets = new long[LatencyHistogram.BUCKETS];
    double sum = 0;
    int failed = random.nextInt(50) == 0 ? 1 : 0;
    for (int i = 0; i < RUNS - failed; i++) {
      double latency = latency(site);
      sum += latency;
      buckets[LatencyHistogram.bucket(latency)]++;
    }
    whole(values, "runs", RUNS);
    whole(values, "up", RUNS - failed);
    whole(values, "failed", failed);
    whole(values, "missed", 0);
    whole(values, "doubtful", 0);
    whole(values, "requests", RUNS);
    whole(values, "failed_requests", failed);
    whole(values, "latency_count", RUNS - failed);
    number(values, "latency_sum", sum);
    number(values, "lag_sum", RUNS * 0.001);
    number(values, "lag_max", 0.002);
    for (int i = 0; i < buckets.length; i++) {
      if (buckets[i] > 0) {
        whole(values, "bucket_%02d".formatted(i), buckets[i]);
      }
    }
    return values;
  }

  private List<Measure.Named> run(int site) {
    List<Measure.Named> values = new ArrayList<>();
    boolean up = random.nextInt(600) != 0;
    values.add(new Measure.Named("endpoint_up", new Measure.OfBoolean(up)));
    values.add(new Measure.Named("doubtful", new Measure.OfBoolean(false)));
    if (up) {
      number(values, "latency", latency(site));
    }
    values.add(new Measure.Named("error_class", new Measure.OfVarchar(up ? "none" : "timeout")));
    if (!up) {
      String why = "no answer of site.example:443 within 30s";
      values.add(new Measure.Named("error_message", new Measure.OfVarchar(why)));
    }
    whole(values, "requests", 1);
    whole(values, "failed_requests", up ? 0 : 1);
    whole(values, "certificate_days", 42);
    number(values, "schedule_lag", 0.001);
    return values;
  }

  /** Around 100 ms, each site at a level of its own. */
  private double latency(int site) {
    return (0.05 + site % 100 / 1_000.0) * Math.exp(random.nextGaussian() * 0.3);
  }

  private static void whole(List<Measure.Named> values, String name, long value) {
    values.add(new Measure.Named(name, new Measure.OfBigint(value)));
  }

  private static void number(List<Measure.Named> values, String name, double value) {
    values.add(new Measure.Named(name, new Measure.OfDouble(value)));
  }
}
