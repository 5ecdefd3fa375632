// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import dev.weir.api.call.QueryParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Bins of equal length over a range. They begin at multiples of their length since the epoch, so
 * that the same moments stand together whichever range is looked at.
 *
 * @param from where the first begins, at or before the range
 * @param step their length, one of {@link #STEPS}
 * @param count how many there are
 */
record Bins(Instant from, Duration step, int count) {

  /** Lengths that people read, and the store bins by. */
  static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(7),
          Duration.ofDays(14),
          Duration.ofDays(28),
          Duration.ofDays(56));

  /** The shortest bins of which a range has no more than so many; refused where it has none. */
  static Bins of(TimeRange range, int points) {
    for (Duration step : STEPS) {
      Bins bins = of(range, step);
      if (bins.count <= points) {
        return bins;
      }
    }
    throw QueryParameters.refusal(
        "points is %d, and from and to are more bins of %d days apart; ask for more points"
            .formatted(points, STEPS.getLast().toDays()));
  }

  private static Bins of(TimeRange range, Duration step) {
    long millis = step.toMillis();
    long first = Math.floorDiv(range.from().toEpochMilli(), millis);
    long end = Math.ceilDiv(range.to().toEpochMilli(), millis);
    return new Bins(
        Instant.ofEpochMilli(first * millis), step, (int) Math.min(Integer.MAX_VALUE, end - first));
  }

  Instant to() {
    return from.plus(step.multipliedBy(count));
  }

  /** Which bin begins at a moment; -1 for none of them. */
  int index(long epochMillis) {
    long index = Math.floorDiv(epochMillis - from.toEpochMilli(), step.toMillis());
    return index < 0 || index >= count ? -1 : (int) index;
  }
}
