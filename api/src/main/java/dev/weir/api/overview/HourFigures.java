// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.monitor.rollup.HourlySums;
import dev.weir.monitor.rollup.LatencyHistogram;
import dev.weir.monitor.rollup.RecentHours.Runs;

/** An hour that is not in the store's hours yet. Not thread-safe. */
final class HourFigures {

  private final int[] buckets = new int[LatencyHistogram.BUCKETS];
  private Runs runs = Runs.NONE;
  private double seconds;
  private long latencies;

  /** What the store has of it. */
  static HourFigures of(HourlySums sums) {
    HourFigures hour = new HourFigures();
    hour.runs = new Runs(sums.runs(), sums.up(), sums.doubtful());
    hour.seconds = sums.latencySeconds();
    for (int i = 0; i < LatencyHistogram.BUCKETS; i++) {
      hour.buckets[i] = Math.toIntExact(sums.latency().count(i));
      hour.latencies += hour.buckets[i];
    }
    return hour;
  }

  /** A run that counts. */
  void run(char letter) {
    runs = runs.plus(new Runs(1, letter == RunMark.UP ? 1 : 0, letter == RunMark.DOUBTFUL ? 1 : 0));
  }

  void latency(double latencySeconds) {
    seconds += latencySeconds;
    latencies++;
    buckets[LatencyHistogram.bucket(latencySeconds)]++;
  }

  Runs runs() {
    return runs;
  }

  double seconds() {
    return seconds;
  }

  long latencies() {
    return latencies;
  }

  void addBucketsTo(long[] counts) {
    for (int i = 0; i < buckets.length; i++) {
      counts[i] += buckets[i];
    }
  }
}
