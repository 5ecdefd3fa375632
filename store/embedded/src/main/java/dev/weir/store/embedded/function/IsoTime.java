// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.ValueRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times of ISO 8601 with dashes and colons, week and ordinal dates too. */
final class IsoTime {

  private static final Pattern DATE =
      Pattern.compile(
          "([+-]?\\d{4,6})"
              + "(?:-(?:(\\d{2})(?:-(\\d{2}))?|[Ww](\\d{2})(?:-([1-7]))?|(\\d{3})))?");
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{2})(?::(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)?"
              + "(?:([Zz])|([+-]\\d{2})(?::?(\\d{2}))?)?");

  private IsoTime() {}

  /** Nanoseconds since the epoch; a text without offset is UTC. */
  static long timestamp(String text) {
    int split = Math.max(text.indexOf('T'), text.indexOf('t'));
    String date = split < 0 ? text : text.substring(0, split);
    String time = split < 0 ? "" : text.substring(split + 1);
    try {
      LocalDate day = LocalDate.ofEpochDay(date(date));
      if (time.isEmpty()) {
        return Calendar.nanos(day.atStartOfDay());
      }
      Matcher matcher = TIME.matcher(time);
      if (!matcher.matches()) {
        throw invalid(text);
      }
      LocalTime clock =
          LocalTime.of(
              number(matcher, 1),
              number(matcher, 2),
              number(matcher, 3),
              Integer.parseInt(
                  matcher.group(4) == null
                      ? "0"
                      : (matcher.group(4) + "00000000").substring(0, 9)));
      LocalDateTime local = LocalDateTime.of(day, clock);
      if (matcher.group(6) == null) {
        return Calendar.nanos(local);
      }
      int hours = number(matcher, 6);
      int minutes = matcher.group(6).charAt(0) == '-' ? -number(matcher, 7) : number(matcher, 7);
      return Calendar.nanos(
          local
              .atOffset(ZoneOffset.ofHoursMinutes(hours, minutes))
              .withOffsetSameInstant(ZoneOffset.UTC)
              .toLocalDateTime());
    } catch (DateTimeException e) {
      throw invalid(text);
    }
  }

  /** Days since the epoch. */
  static long date(String text) {
    Matcher matcher = DATE.matcher(text);
    if (!matcher.matches()) {
      throw invalid(text);
    }
    try {
      int year = Integer.parseInt(matcher.group(1));
      if (matcher.group(6) != null) {
        return LocalDate.ofYearDay(year, number(matcher, 6)).toEpochDay();
      }
      if (matcher.group(4) != null) {
        return weekDate(year, number(matcher, 4), matcher.group(5) == null ? 1 : number(matcher, 5))
            .toEpochDay();
      }
      return LocalDate.of(
              year,
              matcher.group(2) == null ? 1 : number(matcher, 2),
              matcher.group(3) == null ? 1 : number(matcher, 3))
          .toEpochDay();
    } catch (DateTimeException e) {
      throw invalid(text);
    }
  }

  private static LocalDate weekDate(int year, int week, int day) {
    LocalDate first = LocalDate.of(year, 1, 4);
    ValueRange weeks = IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(first);
    if (!weeks.isValidValue(week)) {
      throw new DateTimeException("week " + week);
    }
    return first
        .plusWeeks(week - 1L)
        .minusDays(first.getDayOfWeek().getValue() - 1L)
        .plusDays(day - 1L);
  }

  private static int number(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group));
  }

  private static BadValueException invalid(String text) {
    return new BadValueException("Invalid format: \"" + text + "\"");
  }
}
