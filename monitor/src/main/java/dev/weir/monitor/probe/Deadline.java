// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/**
 * When a part of a request ends at the latest.
 *
 * @param nanos by {@link System#nanoTime}
 * @param lengthNanos how long the part had from its beginning
 * @param limit what was set and ends it: the part's own timeout, or the whole request's where less
 *     than that was left; for sentences, since people know the figure that they wrote
 */
record Deadline(long nanos, long lengthNanos, Duration limit) {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long MILLIS_PER_MINUTE = 60_000;

  /**
   * From now on as long as the part may take, and not beyond the request's own deadline.
   *
   * @param total what was set for the request
   * @param deadlineNanos when that is over
   */
  static Deadline of(Duration part, Duration total, long deadlineNanos) {
    long now = System.nanoTime();
    long left = deadlineNanos - now;
    return part.toNanos() < left
        ? new Deadline(now + part.toNanos(), part.toNanos(), part)
        : new Deadline(deadlineNanos, left, total);
  }

  /** Half of it. */
  Deadline firstHalf() {
    return new Deadline(nanos - lengthNanos / 2, lengthNanos / 2, limit.dividedBy(2));
  }

  boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }

  /** What is left of it, as sockets count: at least 1, since 0 means for ever. */
  int remainingMillis() {
    long left = nanos - System.nanoTime();
    return (int) Math.max(1, (left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
  }

  /** The limit that was set, such as {@code 3 s}, {@code 400 ms} or {@code 1 min 30 s}. */
  String limitText() {
    return spoken(limit);
  }

  /** To the millisecond, as people write it. */
  static String spoken(Duration duration) {
    long millis = Math.max(0, Math.round(duration.toNanos() / (double) NANOS_PER_MILLI));
    if (millis < MILLIS_PER_SECOND) {
      return millis + " ms";
    }
    long minutes = millis / MILLIS_PER_MINUTE;
    long rest = millis % MILLIS_PER_MINUTE;
    String seconds = BigDecimal.valueOf(rest, 3).stripTrailingZeros().toPlainString() + " s";
    if (minutes == 0) {
      return seconds;
    }
    return rest == 0 ? minutes + " min" : minutes + " min " + seconds;
  }

  /** Such as {@code 1.5s} or {@code 20ms}, as files of sites have it. */
  static String text(long nanos) {
    long millis = Math.max(0, Math.round(nanos / (double) NANOS_PER_MILLI));
    if (millis < MILLIS_PER_SECOND) {
      return millis + "ms";
    }
    String seconds = String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    return seconds.replaceFirst("\\.?0+$", "") + "s";
  }
}
