// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.packing;

import dev.weir.model.Dimension;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A Prometheus that scrapes many node exporters every 15 s, each at a moment of its own, and sends
 * what it has scraped in order: the samples of a scrape one after the other, so many samples a
 * request. A series is one instance for as long as the fleet lives, as in Weir's series cache.
 */
final class Fleet {

  /** Samples in a request: max_samples_per_send of Prometheus. */
  static final int REQUEST_SAMPLES = 2_000;

  private static final long INTERVAL_MILLIS = 15_000;
  private static final long START_MILLIS = 1_763_800_000_000L;

  /** What Prometheus adds to each scrape. */
  private static final List<String> OWN_METRICS =
      List.of(
          "up",
          "scrape_duration_seconds",
          "scrape_samples_scraped",
          "scrape_samples_post_metric_relabeling",
          "scrape_series_added");

  /** Labels that tell hosts apart inside of a scrape; the one that was captured stands for all. */
  private static final List<String> LABELS_OF_HOST = List.of("nodename", "address");

  private record Scraped(Series series, double value) {}

  private final List<List<Scraped>> targets = new ArrayList<>();
  private final Random random = new Random(1);

  /**
   * A fleet of so many targets; the shared labels come with every sample beside instance and job.
   */
  Fleet(Exposition exposition, int count, List<Dimension> shared) {
    for (int target = 0; target < count; target++) {
      List<Dimension> labels = new ArrayList<>(shared);
      labels.add(new Dimension("instance", "10.20.%d.%d:9100".formatted(target / 50, 10 + target)));
      labels.add(new Dimension("job", "node"));
      List<Scraped> scraped = new ArrayList<>();
      for (Exposition.Line line : exposition.lines()) {
        List<Dimension> all = new ArrayList<>(labels);
        for (Dimension label : line.labels()) {
          all.add(ofHost(label, target));
        }
        add(scraped, line.name(), all, line.value());
      }
      for (String name : OWN_METRICS) {
        add(scraped, name, labels, 1);
      }
      targets.add(scraped);
    }
  }

  private static void add(
      List<Scraped> scraped, String name, List<Dimension> labels, double value) {
    if (Double.isFinite(value)) {
      scraped.add(new Scraped(Series.of(name, labels), value));
    }
  }

  private static Dimension ofHost(Dimension label, int target) {
    if (!LABELS_OF_HOST.contains(label.name()) || label.value().startsWith("00:")) {
      return label;
    }
    String value =
        label.name().equals("nodename")
            ? "web-%03d".formatted(target)
            : "%s%02x".formatted(label.value().substring(0, label.value().length() - 2), target);
    return new Dimension(label.name(), value);
  }

  int samplesOfAScrape() {
    return targets.getFirst().size();
  }

  /**
   * The requests of so many rounds of scrapes.
   *
   * @param shards queues that Prometheus divides its series among; each sends requests of its own
   */
  List<PointBatch> requests(int rounds, int shards) {
    List<PointBatch> requests = new ArrayList<>();
    PointBatch.Builder[] queues = new PointBatch.Builder[shards];
    for (int round = 0; round < rounds; round++) {
      for (int target = 0; target < targets.size(); target++) {
        long millis =
            START_MILLIS
                + round * INTERVAL_MILLIS
                + target * INTERVAL_MILLIS / targets.size()
                + target % 7;
        List<Scraped> scraped = targets.get(target);
        for (int i = 0; i < scraped.size(); i++) {
          int shard = (target * scraped.size() + i) % shards;
          if (queues[shard] == null) {
            queues[shard] = new PointBatch.Builder(REQUEST_SAMPLES);
          }
          queues[shard].addDouble(
              scraped.get(i).series(), millis * 1_000_000, next(scraped.get(i).value()));
          if (queues[shard].size() == REQUEST_SAMPLES) {
            requests.add(queues[shard].build());
            queues[shard] = null;
          }
        }
      }
    }
    return requests;
  }

  /**
   * A value like the captured one: whole stays whole, a fraction keeps having one, 0 and 1 stay.
   */
  private double next(double value) {
    if (value == 0 || value == 1) {
      return value;
    }
    double moved = value * (0.5 + random.nextDouble());
    return value == Math.rint(value) ? Math.rint(moved) : moved;
  }
}
