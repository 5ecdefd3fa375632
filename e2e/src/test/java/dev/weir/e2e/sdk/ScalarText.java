// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.sdk;

import dev.weir.query.ValueType.Scalar;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * Reads the numbers behind the texts of an answer, in the units of {@link Scalar}: the way back
 * from {@link dev.weir.query.ValueText}.
 */
final class ScalarText {

  private static final long NANOS_PER_DAY = 86_400_000_000_000L;
  private static final int MONTHS_PER_YEAR = 12;

  private ScalarText() {}

  static long number(Scalar type, String text) {
    return switch (type) {
      case BIGINT, INTEGER -> Long.parseLong(text);
      case TIMESTAMP -> timestamp(text);
      case DATE -> LocalDate.parse(text).toEpochDay();
      case TIME -> LocalTime.parse(text).toNanoOfDay();
      case INTERVAL_DAY_TO_SECOND -> dayToSecond(text);
      case INTERVAL_YEAR_TO_MONTH -> yearToMonth(text);
      case VARCHAR, BOOLEAN, DOUBLE, UNKNOWN ->
          throw new IllegalArgumentException(type + " is no whole number");
    };
  }

  private static long timestamp(String text) {
    int space = text.indexOf(' ');
    long day = LocalDate.parse(text.substring(0, space)).toEpochDay();
    long nanos = LocalTime.parse(text.substring(space + 1)).toNanoOfDay();
    // The first day of the range begins before the range: its start alone does not fit.
    return day < 0
        ? (day + 1) * NANOS_PER_DAY + (nanos - NANOS_PER_DAY)
        : day * NANOS_PER_DAY + nanos;
  }

  private static long dayToSecond(String text) {
    int space = text.indexOf(' ');
    boolean negative = text.startsWith("-");
    long days = Long.parseLong(text.substring(negative ? 1 : 0, space));
    long rest = LocalTime.parse(text.substring(space + 1)).toNanoOfDay();
    // Negative all the way: the smallest number has no positive twin.
    return negative ? -days * NANOS_PER_DAY - rest : days * NANOS_PER_DAY + rest;
  }

  private static long yearToMonth(String text) {
    int dash = text.indexOf('-', 1);
    boolean negative = text.startsWith("-");
    long years = Long.parseLong(text.substring(negative ? 1 : 0, dash));
    long months = years * MONTHS_PER_YEAR + Long.parseLong(text.substring(dash + 1));
    return negative ? -months : months;
  }
}
