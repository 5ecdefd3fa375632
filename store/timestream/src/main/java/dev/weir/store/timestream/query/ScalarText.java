// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.query.ValueType.Scalar;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import tools.jackson.core.io.NumberInput;

/**
 * Reads the values behind Timestream's texts, in the units of {@link Scalar}: the way back from
 * {@link dev.weir.query.ValueText}. Doubles, short whole numbers and timestamps, which pages are
 * full of, are read from characters without a string.
 */
final class ScalarText {

  private static final long NANOS_PER_DAY = 86_400_000_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MONTHS_PER_YEAR = 12;

  /** Digits that fit a long, whatever they are. */
  private static final int DIGITS_SAFE = 18;

  /** {@code YYYY-MM-DD hh:mm:ss.nnnnnnnnn}. */
  private static final int TIMESTAMP_LENGTH = 29;

  private ScalarText() {}

  /** A whole number or a time. */
  static long number(Scalar type, char[] text, int from, int length) {
    if (type == Scalar.TIMESTAMP && length == TIMESTAMP_LENGTH) {
      long nanos = usualTimestamp(text, from);
      if (nanos >= 0) {
        return nanos;
      }
    } else if ((type == Scalar.BIGINT || type == Scalar.INTEGER) && length <= DIGITS_SAFE) {
      boolean negative = length > 1 && text[from] == '-';
      long digits = digits(text, negative ? from + 1 : from, negative ? length - 1 : length);
      if (digits >= 0) {
        return negative ? -digits : digits;
      }
    }
    return number(type, new String(text, from, length));
  }

  /** A double; NaN and the infinities as Java writes them. */
  static double decimal(char[] text, int from, int length) {
    try {
      return NumberInput.parseDouble(text, from, length, true);
    } catch (NumberFormatException e) {
      throw unreadable(Scalar.DOUBLE, new String(text, from, length), e);
    }
  }

  /** A truth. */
  static boolean truth(char[] text, int from, int length) {
    String word = new String(text, from, length);
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default -> throw unreadable(Scalar.BOOLEAN, word, null);
    };
  }

  /** Nanoseconds since the epoch, or -1 where the text is not of the usual form or before 1970. */
  private static long usualTimestamp(char[] text, int from) {
    long year = digits(text, from, 4);
    long month = digits(text, from + 5, 2);
    long day = digits(text, from + 8, 2);
    long hour = digits(text, from + 11, 2);
    long minute = digits(text, from + 14, 2);
    long second = digits(text, from + 17, 2);
    long nanos = digits(text, from + 20, 9);
    boolean numbers = (year | month | day | hour | minute | second | nanos) >= 0;
    boolean marks =
        text[from + 4] == '-'
            && text[from + 7] == '-'
            && text[from + 10] == ' '
            && text[from + 13] == ':'
            && text[from + 16] == ':'
            && text[from + 19] == '.';
    // Days after the 28th and years near the ends of the range are left to those who know them all.
    if (!numbers || !marks || month < 1 || month > 12 || day < 1 || !isShortDay(day, month, year)) {
      return -1;
    }
    if (year < 1970 || year > 2261 || hour > 23 || minute > 59 || second > 59) {
      return -1;
    }
    long seconds = ((epochDay(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    return seconds * NANOS_PER_SECOND + nanos;
  }

  private static boolean isShortDay(long day, long month, long year) {
    return day <= 28
        || switch ((int) month) {
          case 2 -> day == 29 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
          case 4, 6, 9, 11 -> day <= 30;
          default -> day <= 31;
        };
  }

  /** Days since the epoch, by counting years from March so that the leap day is the last. */
  private static long epochDay(long year, long month, long day) {
    long marchYear = month > 2 ? year : year - 1;
    long dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    long days = marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear;
    return days - 719_468;
  }

  /** The number that digits write, or -1 where there is anything else. */
  private static long digits(char[] text, int from, int length) {
    long number = length == 0 ? -1 : 0;
    for (int i = from; i < from + length; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** A whole number or a time, of any form. */
  static long number(Scalar type, String text) {
    try {
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
    } catch (DateTimeException
        | NumberFormatException
        | ArithmeticException
        | StringIndexOutOfBoundsException e) {
      throw unreadable(type, text, e);
    }
  }

  private static long timestamp(String text) {
    int space = text.indexOf(' ');
    long day = LocalDate.parse(text.substring(0, space)).toEpochDay();
    long nanos = LocalTime.parse(text.substring(space + 1)).toNanoOfDay();
    // The first day of the range begins before the range: its start alone does not fit.
    return day < 0
        ? Math.addExact(Math.multiplyExact(day + 1, NANOS_PER_DAY), nanos - NANOS_PER_DAY)
        : Math.addExact(Math.multiplyExact(day, NANOS_PER_DAY), nanos);
  }

  private static long dayToSecond(String text) {
    int space = text.indexOf(' ');
    boolean negative = text.startsWith("-");
    long days = Long.parseLong(text.substring(negative ? 1 : 0, space));
    long rest = LocalTime.parse(text.substring(space + 1)).toNanoOfDay();
    // Negative all the way: the smallest number has no positive twin.
    return Math.addExact(
        Math.multiplyExact(negative ? -days : days, NANOS_PER_DAY), negative ? -rest : rest);
  }

  private static long yearToMonth(String text) {
    int dash = text.indexOf('-', 1);
    boolean negative = text.startsWith("-");
    long years = Long.parseLong(text.substring(negative ? 1 : 0, dash));
    long months = years * MONTHS_PER_YEAR + Long.parseLong(text.substring(dash + 1));
    return negative ? -months : months;
  }

  private static RuntimeException unreadable(
      Scalar type, String text, @org.jspecify.annotations.Nullable Throwable cause) {
    return Unreadable.answer("\"%s\" is no %s".formatted(text, type), cause);
  }
}
