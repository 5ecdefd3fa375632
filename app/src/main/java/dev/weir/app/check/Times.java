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
    return millis < 999.5 ? digits(millis) + " ms" : digits(millis / MILLIS_PER_SECOND) + " s";
  }

  private static String digits(double number) {
    String form = number < 9.995 ? "%.2f" : number < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, form, number);
  }
}
