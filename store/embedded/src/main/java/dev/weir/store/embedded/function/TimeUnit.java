// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import java.util.List;
import java.util.Locale;

/** The units of date_trunc, date_add and date_diff. */
enum TimeUnit {
  NANOSECOND(1L),
  MICROSECOND(1_000L),
  MILLISECOND(1_000_000L),
  SECOND(1_000_000_000L),
  MINUTE(60_000_000_000L),
  HOUR(3_600_000_000_000L),
  DAY(86_400_000_000_000L),
  WEEK(604_800_000_000_000L),
  MONTH(1),
  QUARTER(3),
  YEAR(12);

  static final List<TimeUnit> ALL = List.of(values());

  private final long size;

  TimeUnit(long size) {
    this.size = size;
  }

  /** Whether it is a number of months; the others are a number of nanoseconds. */
  boolean calendar() {
    return compareTo(MONTH) >= 0;
  }

  /** Nanoseconds, or months. */
  long size() {
    return size;
  }

  /** A unit by its name, or a refusal; {@code type} as in the message. */
  static TimeUnit of(String name, String type) {
    try {
      TimeUnit unit = valueOf(name.toUpperCase(Locale.ROOT));
      boolean fits =
          switch (type) {
            case "DATE" -> unit.compareTo(DAY) >= 0;
            case "TIME" -> unit.compareTo(DAY) < 0;
            default -> true;
          };
      if (fits) {
        return unit;
      }
    } catch (IllegalArgumentException e) {
      throw invalid(name, type);
    }
    throw invalid(name, type);
  }

  private static BadValueException invalid(String name, String type) {
    return new BadValueException("'" + name + "' is not a valid " + type + " field");
  }
}
