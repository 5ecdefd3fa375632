// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import dev.weir.store.embedded.function.TimePattern.Part;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads patterns for times: MySQL's specifiers as Trino takes them, and Joda's letters, with
 * java.time's {@code u} and {@code L} beside them, which the AWS guide uses.
 */
final class TimePatternSyntax {

  private static final int YEAR_DIGITS_MAX = 9;

  /** Two-digit years of MySQL are 1970 to 2069, of Joda those around the year 2000. */
  private static final int MYSQL_PIVOT = 2020;

  private static final int JODA_PIVOT = 2000;

  private TimePatternSyntax() {}

  static TimePattern mysql(String format) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < format.length(); i++) {
      char character = format.charAt(i);
      if (character != '%' || i + 1 == format.length()) {
        literal(parts, character);
      } else {
        i++;
        specifier(parts, format.charAt(i));
      }
    }
    return new TimePattern(parts);
  }

  private static void specifier(List<Part> parts, char specifier) {
    switch (specifier) {
      case 'a' -> parts.add(new TimePattern.Name(TimeField.DAY_OF_WEEK, TextStyle.SHORT));
      case 'b' -> parts.add(new TimePattern.Name(TimeField.MONTH, TextStyle.SHORT));
      case 'c' -> parts.add(number(TimeField.MONTH, 1, 2));
      case 'd' -> parts.add(number(TimeField.DAY, 2, 2));
      case 'e' -> parts.add(number(TimeField.DAY, 1, 2));
      case 'f' -> parts.add(new TimePattern.Fraction(6, 9));
      case 'H' -> parts.add(number(TimeField.HOUR, 2, 2));
      case 'h', 'I' -> parts.add(number(TimeField.CLOCK_HOUR_OF_HALF, 2, 2));
      case 'i' -> parts.add(number(TimeField.MINUTE, 2, 2));
      case 'j' -> parts.add(number(TimeField.DAY_OF_YEAR, 3, 3));
      case 'k' -> parts.add(number(TimeField.HOUR, 1, 2));
      case 'l' -> parts.add(number(TimeField.CLOCK_HOUR_OF_HALF, 1, 2));
      case 'M' -> parts.add(new TimePattern.Name(TimeField.MONTH, TextStyle.FULL));
      case 'm' -> parts.add(number(TimeField.MONTH, 2, 2));
      case 'p' -> parts.add(new TimePattern.Name(TimeField.HALF, TextStyle.SHORT));
      case 'r' -> {
        clock(parts, TimeField.CLOCK_HOUR_OF_HALF);
        literal(parts, ' ');
        parts.add(new TimePattern.Name(TimeField.HALF, TextStyle.SHORT));
      }
      case 'S', 's' -> parts.add(number(TimeField.SECOND, 2, 2));
      case 'T' -> clock(parts, TimeField.HOUR);
      case 'v' -> parts.add(number(TimeField.WEEK, 2, 2));
      case 'W' -> parts.add(new TimePattern.Name(TimeField.DAY_OF_WEEK, TextStyle.FULL));
      case 'x' -> parts.add(year(TimeField.WEEK_YEAR, 4, 4));
      case 'Y' -> parts.add(year(TimeField.YEAR, 4, 4));
      case 'y' -> parts.add(new TimePattern.ShortYear(TimeField.YEAR, MYSQL_PIVOT));
      case 'D', 'U', 'u', 'V', 'w', 'X' ->
          throw new BadValueException("%" + specifier + " not supported in date format string");
      default -> literal(parts, specifier);
    }
  }

  private static void clock(List<Part> parts, TimeField hour) {
    parts.add(number(hour, 2, 2));
    literal(parts, ':');
    parts.add(number(TimeField.MINUTE, 2, 2));
    literal(parts, ':');
    parts.add(number(TimeField.SECOND, 2, 2));
  }

  static TimePattern joda(String pattern) {
    if (pattern.isEmpty()) {
      throw new BadValueException("Invalid pattern specification");
    }
    List<Part> parts = new ArrayList<>();
    int i = 0;
    while (i < pattern.length()) {
      char character = pattern.charAt(i);
      if (character == '\'') {
        i = quoted(parts, pattern, i + 1);
      } else if ((character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')) {
        int end = i;
        while (end < pattern.length() && pattern.charAt(end) == character) {
          end++;
        }
        letters(parts, character, end - i);
        i = end;
      } else {
        literal(parts, character);
        i++;
      }
    }
    return new TimePattern(parts);
  }

  private static int quoted(List<Part> parts, String pattern, int start) {
    if (start < pattern.length() && pattern.charAt(start) == '\'') {
      literal(parts, '\'');
      return start + 1;
    }
    int i = start;
    while (i < pattern.length()) {
      boolean quote = pattern.charAt(i) == '\'';
      boolean doubled = quote && i + 1 < pattern.length() && pattern.charAt(i + 1) == '\'';
      if (quote && !doubled) {
        return i + 1;
      }
      literal(parts, pattern.charAt(i));
      i += doubled ? 2 : 1;
    }
    return i;
  }

  private static void letters(List<Part> parts, char letter, int count) {
    TextStyle style = count >= 4 ? TextStyle.FULL : TextStyle.SHORT;
    parts.add(
        switch (letter) {
          case 'G' -> new TimePattern.Name(TimeField.ERA, TextStyle.SHORT);
          case 'C' -> number(TimeField.CENTURY_OF_ERA, count, count);
          case 'Y' -> years(TimeField.YEAR_OF_ERA, count);
          case 'y', 'u' -> years(TimeField.YEAR, count);
          case 'x' -> years(TimeField.WEEK_YEAR, count);
          case 'w' -> number(TimeField.WEEK, count, 2);
          case 'e' -> number(TimeField.DAY_OF_WEEK, count, 1);
          case 'E' -> new TimePattern.Name(TimeField.DAY_OF_WEEK, style);
          case 'D' -> number(TimeField.DAY_OF_YEAR, count, 3);
          case 'M', 'L' ->
              count >= 3
                  ? new TimePattern.Name(TimeField.MONTH, style)
                  : number(TimeField.MONTH, count, 2);
          case 'd' -> number(TimeField.DAY, count, 2);
          case 'a' -> new TimePattern.Name(TimeField.HALF, TextStyle.SHORT);
          case 'K' -> number(TimeField.HOUR_OF_HALF, count, 2);
          case 'h' -> number(TimeField.CLOCK_HOUR_OF_HALF, count, 2);
          case 'H' -> number(TimeField.HOUR, count, 2);
          case 'k' -> number(TimeField.CLOCK_HOUR, count, 2);
          case 'm' -> number(TimeField.MINUTE, count, 2);
          case 's' -> number(TimeField.SECOND, count, 2);
          case 'S' -> new TimePattern.Fraction(count, count);
          case 'z' -> new TimePattern.Zone(style);
          case 'Z' ->
              count >= 3
                  ? new TimePattern.Zone(TextStyle.SHORT)
                  : new TimePattern.Offset(count == 2);
          default ->
              throw new BadValueException(
                  "Illegal pattern component: " + String.valueOf(letter).repeat(count));
        });
  }

  private static Part years(TimeField field, int count) {
    return count == 2
        ? new TimePattern.ShortYear(field, JODA_PIVOT)
        : year(field, count, YEAR_DIGITS_MAX);
  }

  private static Part year(TimeField field, int digits, int digitsMax) {
    return new TimePattern.Number(field, digits, digitsMax, true);
  }

  private static Part number(TimeField field, int digits, int digitsMax) {
    return new TimePattern.Number(field, digits, Math.max(digits, digitsMax), false);
  }

  private static void literal(List<Part> parts, char character) {
    if (!parts.isEmpty() && parts.getLast() instanceof TimePattern.Text(String before)) {
      parts.removeLast();
      parts.add(new TimePattern.Text(before + character));
    } else {
      parts.add(new TimePattern.Text(String.valueOf(character)));
    }
  }
}
