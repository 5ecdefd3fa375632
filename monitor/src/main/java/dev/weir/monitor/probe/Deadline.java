// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.time.Duration;
import java.util.Locale;

/**
 * When a part of a request ends at the latest.
 *
 * @param nanos by {@link System#nanoTime}
 * @param lengthNanos how long the part had from its beginning, for sentences
 */
record Deadline(long nanos, long lengthNanos) {

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** From now on as long as the part may take, and not beyond the request's own deadline. */
  static Deadline of(Duration part, long deadlineNanos) {
    long now = System.nanoTime();
    long length = Math.min(part.toNanos(), deadlineNanos - now);
    return new Deadline(now + length, length);
  }

  /** Half of it. */
  Deadline firstHalf() {
    return new Deadline(nanos - lengthNanos / 2, lengthNanos / 2);
  }

  boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }

  /** What is left of it, as sockets count: at least 1, since 0 means for ever. */
  int remainingMillis() {
    long left = nanos - System.nanoTime();
    return (int) Math.max(1, (left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
  }

  /** Such as {@code 1.5s} or {@code 20ms}. */
  static String text(long nanos) {
    long millis = Math.max(0, Math.round(nanos / (double) NANOS_PER_MILLI));
    if (millis < 1000) {
      return millis + "ms";
    }
    String seconds = String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    return seconds.replaceFirst("\\.?0+$", "") + "s";
  }
}
