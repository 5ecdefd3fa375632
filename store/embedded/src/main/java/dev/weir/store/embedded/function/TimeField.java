// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;

/** A field in a pattern for times; the name as in messages, and what values it may have. */
enum TimeField {
  ERA("era", 0, 1),
  CENTURY_OF_ERA("centuryOfEra", 0, 99_999),
  YEAR_OF_ERA("yearOfEra", 1, 999_999_999),
  YEAR("year", -999_999_999, 999_999_999),
  WEEK_YEAR("weekyear", -999_999_999, 999_999_999),
  WEEK("weekOfWeekyear", 1, 53),
  DAY_OF_WEEK("dayOfWeek", 1, 7),
  DAY_OF_YEAR("dayOfYear", 1, 366),
  MONTH("monthOfYear", 1, 12),
  DAY("dayOfMonth", 1, 31),
  HALF("halfdayOfDay", 0, 1),
  HOUR_OF_HALF("hourOfHalfday", 0, 11),
  CLOCK_HOUR_OF_HALF("clockhourOfHalfday", 1, 12),
  HOUR("hourOfDay", 0, 23),
  CLOCK_HOUR("clockhourOfDay", 1, 24),
  MINUTE("minuteOfHour", 0, 59),
  SECOND("secondOfMinute", 0, 59);

  private final String text;
  private final long least;
  private final long most;

  TimeField(String text, long least, long most) {
    this.text = text;
    this.least = least;
    this.most = most;
  }

  String text() {
    return text;
  }

  boolean allows(long value) {
    return value >= least && value <= most;
  }

  String range() {
    return "[" + least + "," + most + "]";
  }

  long of(LocalDateTime time) {
    return switch (this) {
      case ERA -> time.getYear() > 0 ? 1 : 0;
      case CENTURY_OF_ERA -> Math.abs(time.getYear()) / 100;
      case YEAR_OF_ERA -> time.getYear() > 0 ? time.getYear() : 1L - time.getYear();
      case YEAR -> time.getYear();
      case WEEK_YEAR -> time.get(IsoFields.WEEK_BASED_YEAR);
      case WEEK -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case DAY_OF_WEEK -> time.getDayOfWeek().getValue();
      case DAY_OF_YEAR -> time.getDayOfYear();
      case MONTH -> time.getMonthValue();
      case DAY -> time.getDayOfMonth();
      case HALF -> time.getHour() / 12;
      case HOUR_OF_HALF -> time.getHour() % 12;
      case CLOCK_HOUR_OF_HALF -> time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
      case HOUR -> time.getHour();
      case CLOCK_HOUR -> time.getHour() == 0 ? 24 : time.getHour();
      case MINUTE -> time.getMinute();
      case SECOND -> time.getSecond();
    };
  }

  String nameOf(LocalDateTime time, TextStyle style) {
    return names(style).get((int) (of(time) - least));
  }

  /** Its names in the order of its values; empty where it has none. */
  List<String> names(TextStyle style) {
    return switch (this) {
      case ERA -> List.of("BC", "AD");
      case HALF -> List.of("AM", "PM");
      case MONTH ->
          List.of(Month.values()).stream()
              .map(month -> month.getDisplayName(style, Locale.ENGLISH))
              .toList();
      case DAY_OF_WEEK ->
          List.of(DayOfWeek.values()).stream()
              .map(day -> day.getDisplayName(style, Locale.ENGLISH))
              .toList();
      default -> List.of();
    };
  }

  long least() {
    return least;
  }
}
