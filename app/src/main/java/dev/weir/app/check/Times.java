// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import java.util.Locale;

/** Times for people: three digits that count, and a unit. */
final class Times {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_SECOND = 1e3;

  private Times() {}

  /** Such as {@code 0.12 ms}, {@code 12.3 ms}, {@code 123 ms}, {@code 1.23 s}. */
  static String text(long nanos) {
    double millis = nanos / NANOS_PER_MILLI;
    if (millis < 9.995) {
      return format("%.2f ms", millis);
    }
    if (millis < 99.95) {
      return format("%.1f ms", millis);
    }
    if (millis < 999.5) {
      return format("%.0f ms", millis);
    }
    return format("%.2f s", millis / MILLIS_PER_SECOND);
  }

  private static String format(String form, double number) {
    return String.format(Locale.ROOT, form, number);
  }
}
