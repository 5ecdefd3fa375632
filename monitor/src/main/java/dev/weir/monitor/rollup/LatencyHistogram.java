// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.rollup;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How many runs had which latency, in buckets whose bounds never change: ten a decade, from 100 µs
 * on. Bucket 0 holds what is not greater than 100 µs, bucket k what is greater than 10<sup>(k - 1)
 * / 10</sup> times that and not greater than 10<sup>k / 10</sup> times; the last one also holds
 * what is greater. Histograms of any sites, regions and hours add up. Immutable.
 */
public final class LatencyHistogram {

  /** The last bucket begins at 251 s; a request has 5 minutes at most. */
  public static final int BUCKETS = 66;

  /**
   * A percentile is the middle of its bucket, by ratio, and so at most this much off, up or down,
   * from 100 µs to 316 s.
   */
  public static final double ERROR_MAX = 0.122_02; // 10^(1/20) - 1, rounded up

  private static final double FIRST_BOUND_SECONDS = 1e-4;
  private static final double PER_DECADE = 10;

  public static final LatencyHistogram EMPTY = new LatencyHistogram(new long[BUCKETS]);

  private final long[] counts;

  private LatencyHistogram(long[] counts) {
    this.counts = counts;
  }

  /** One bucket with so many runs in it. */
  public static LatencyHistogram of(int bucket, long count) {
    if (count < 0) {
      throw new IllegalArgumentException("a bucket has 0 runs or more, not " + count);
    }
    long[] counts = new long[BUCKETS];
    counts[bucket] = count;
    return new LatencyHistogram(counts);
  }

  /** So many runs in each bucket, {@value #BUCKETS} of them. */
  public static LatencyHistogram of(long[] counts) {
    if (counts.length != BUCKETS || Arrays.stream(counts).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "a histogram has %d buckets of 0 runs or more, not %s"
              .formatted(BUCKETS, Arrays.toString(counts)));
    }
    return new LatencyHistogram(counts.clone());
  }

  /** Where a latency belongs. */
  public static int bucket(double seconds) {
    if (seconds <= FIRST_BOUND_SECONDS) {
      return 0;
    }
    double exact = Math.ceil(PER_DECADE * Math.log10(seconds / FIRST_BOUND_SECONDS));
    return (int) Math.min(BUCKETS - 1.0, exact);
  }

  /** The greatest latency of a bucket; the last one holds greater ones, too. */
  public static double boundSeconds(int bucket) {
    return FIRST_BOUND_SECONDS * Math.pow(10, bucket / PER_DECADE);
  }

  public LatencyHistogram plus(LatencyHistogram other) {
    long[] sum = counts.clone();
    for (int i = 0; i < BUCKETS; i++) {
      sum[i] += other.counts[i];
    }
    return new LatencyHistogram(sum);
  }

  /** Runs in a bucket. */
  public long count(int bucket) {
    return counts[bucket];
  }

  /** Runs in all buckets. */
  public long count() {
    long total = 0;
    for (long each : counts) {
      total += each;
    }
    return total;
  }

  /**
   * The latency that this share of runs does not exceed, in seconds; empty without a run.
   *
   * @param share greater than 0, at most 1: 0.95 for the 95th percentile
   */
  public OptionalDouble percentile(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "a percentile is a share greater than 0 and at most 1, not " + share);
    }
    long total = count();
    if (total == 0) {
      return OptionalDouble.empty();
    }
    // As it is written: 0.55 as a double is a little more, and of 100 runs would be the 56th.
    long rank =
        BigDecimal.valueOf(share)
            .multiply(BigDecimal.valueOf(total))
            .setScale(0, RoundingMode.CEILING)
            .longValueExact();
    int bucket = 0;
    for (long seen = counts[0]; seen < rank; seen += counts[bucket]) {
      bucket++;
    }
    return OptionalDouble.of(
        bucket == 0
            ? FIRST_BOUND_SECONDS
            : FIRST_BOUND_SECONDS * Math.pow(10, (bucket - 0.5) / PER_DECADE));
  }
}
