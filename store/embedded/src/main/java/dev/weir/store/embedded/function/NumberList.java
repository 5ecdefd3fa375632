// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import java.util.Arrays;

/**
 * Lists of numbers as the engine prints and reads them: {@code [1, 2, 3]}. Doubles stand there in
 * as few digits as tell them apart, so they cross without losing a bit.
 */
final class NumberList {

  private static final int FIRST_CAPACITY = 64;

  private NumberList() {}

  /** Integers; a list with anything else in it is a mistake of ours. */
  static long[] longs(String text) {
    long[] values = new long[FIRST_CAPACITY];
    int count = 0;
    int at = 1;
    while (at < text.length() - 1) {
      int end = end(text, at);
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      values[count++] = Long.parseLong(text, at, end, 10);
      at = end + 2;
    }
    return Arrays.copyOf(values, count);
  }

  /** Doubles, {@code nan}, {@code inf} and {@code -inf} among them. */
  static double[] doubles(String text) {
    double[] values = new double[FIRST_CAPACITY];
    int count = 0;
    int at = 1;
    while (at < text.length() - 1) {
      int end = end(text, at);
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      values[count++] = parse(text.substring(at, end));
      at = end + 2;
    }
    return Arrays.copyOf(values, count);
  }

  /** Doubles as the engine reads them. */
  static String text(double[] values) {
    StringBuilder text = new StringBuilder("[");
    for (double value : values) {
      text.append(text.length() == 1 ? "" : ", ").append(value);
    }
    return text.append(']').toString();
  }

  private static double parse(String number) {
    return switch (number) {
      case "nan", "-nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(number);
    };
  }

  private static int end(String text, int start) {
    int comma = text.indexOf(',', start);
    return comma < 0 ? text.length() - 1 : comma;
  }
}
