// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.model;

import static java.util.Objects.requireNonNull;

/**
 * One Timestream record.
 *
 * @param series what it belongs to
 * @param epochNanos its time, nanoseconds since the epoch; not negative
 * @param measure its value
 * @param version at least 1; a higher version replaces the value of the same series and time
 */
public record Point(Series series, long epochNanos, Measure measure, long version) {

  public Point {
    requireNonNull(series, "series");
    requireNonNull(measure, "measure");
    if (epochNanos < 0) {
      throw new IllegalArgumentException("time is before the epoch: " + epochNanos + " ns");
    }
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1, not " + version);
    }
    if (measure.type() == MeasureType.TIMESTAMP) {
      throw new IllegalArgumentException("a TIMESTAMP measure stands only inside a MULTI measure");
    }
  }

  /** A point of version 1. */
  public Point(Series series, long epochNanos, Measure measure) {
    this(series, epochNanos, measure, 1);
  }
}
