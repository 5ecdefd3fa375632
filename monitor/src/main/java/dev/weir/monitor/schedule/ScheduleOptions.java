// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.check.Site;
import java.time.Duration;

/**
 * How a process runs checks.
 *
 * @param region the one that this process checks from; sites without it are left alone
 * @param concurrency runs that may go at once, 1 to {@value #CONCURRENCY_MAX}; what is due beyond
 *     it waits
 * @param overlap runs of one site that may go at once, 1 or 2: where a run takes longer than the
 *     interval, a slot beyond it is missed
 * @param grace how long {@link Scheduler#close} waits for runs to end by themselves
 */
public record ScheduleOptions(String region, int concurrency, int overlap, Duration grace) {

  /** A waiting run holds a socket and some tens of kilobytes. */
  public static final int CONCURRENCY_DEFAULT = 1_000;

  public static final int CONCURRENCY_MAX = 20_000;
  public static final int OVERLAP_MAX = 2;
  public static final Duration GRACE_DEFAULT = Duration.ofSeconds(5);

  public ScheduleOptions {
    Site.checkRegion(region);
    if (concurrency < 1 || concurrency > CONCURRENCY_MAX) {
      throw new IllegalArgumentException(
          "1 to %d checks may run at once, not %d".formatted(CONCURRENCY_MAX, concurrency));
    }
    if (overlap < 1 || overlap > OVERLAP_MAX) {
      throw new IllegalArgumentException(
          "1 to %d runs of one site may go at once, not %d".formatted(OVERLAP_MAX, overlap));
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("runs are given 0s or more to end, not " + grace);
    }
  }

  /** What holds where nothing else is said. */
  public static ScheduleOptions of(String region) {
    return new ScheduleOptions(region, CONCURRENCY_DEFAULT, 1, GRACE_DEFAULT);
  }
}
