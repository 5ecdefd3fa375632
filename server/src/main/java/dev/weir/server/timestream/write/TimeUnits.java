// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.write;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The units in which a record may give its time. */
enum TimeUnits {
  MILLISECONDS(1_000_000),
  SECONDS(1_000_000_000),
  MICROSECONDS(1_000),
  NANOSECONDS(1);

  private final long nanos;

  TimeUnits(long nanos) {
    this.nanos = nanos;
  }

  /** The unit of that name, or null. */
  static @Nullable TimeUnits of(String name) {
    return switch (name) {
      case "MILLISECONDS" -> MILLISECONDS;
      case "SECONDS" -> SECONDS;
      case "MICROSECONDS" -> MICROSECONDS;
      case "NANOSECONDS" -> NANOSECONDS;
      default -> null;
    };
  }

  /** Nanoseconds since the epoch, or -1 for what is no time: no integer, negative, too large. */
  long epochNanos(String text) {
    OptionalLong number = MeasureText.integer(text);
    if (number.isEmpty() || number.getAsLong() < 0 || number.getAsLong() > Long.MAX_VALUE / nanos) {
      return -1;
    }
    return number.getAsLong() * nanos;
  }
}
