// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text that is read by a {@link TimePattern}, and the fields found in it so far. */
final class ReadTime {

  private final String text;
  private final Map<TimeField, Long> fields = new EnumMap<>(TimeField.class);
  private int position;
  private int nanos;
  private @Nullable ZoneId zone;

  ReadTime(String text) {
    this.text = text;
  }

  void literal(String expected) {
    if (!text.regionMatches(true, position, expected, 0, expected.length())) {
      throw malformed();
    }
    position += expected.length();
  }

  void number(TimeField field, int digitsMax, boolean signed) {
    int start = position;
    boolean sign =
        signed && start < text.length() && (text.charAt(start) == '-' || text.charAt(start) == '+');
    int digits = start + (sign ? 1 : 0);
    int end = digits(digits, digitsMax);
    long value = Long.parseLong(text, digits, end, 10);
    position = end;
    set(field, sign && text.charAt(start) == '-' ? -value : value);
  }

  /** Two digits mean a year near the pivot; any other number of digits is the year itself. */
  void shortYear(TimeField field, int pivot, boolean digitsFollow) {
    int start = position;
    int end = digits(start, digitsFollow ? 2 : 9);
    long value = Long.parseLong(text, start, end, 10);
    position = end;
    if (end - start == 2) {
      long first = pivot - 50L;
      value = first + Math.floorMod(value - first, 100);
    }
    set(field, value);
  }

  void fraction(int digitsMax) {
    int end = digits(position, digitsMax);
    String digits = text.substring(position, end);
    position = end;
    nanos = Integer.parseInt((digits + "000000000").substring(0, 9));
  }

  void name(TimeField field) {
    for (TextStyle style : new TextStyle[] {TextStyle.FULL, TextStyle.SHORT}) {
      var names = field.names(style);
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        if (text.regionMatches(true, position, name, 0, name.length())) {
          position += name.length();
          set(field, field.least() + i);
          return;
        }
      }
    }
    throw malformed();
  }

  /** An offset such as +0530, an id such as Europe/Berlin, or an old name such as PST. */
  void zone() {
    int end = position;
    while (end < text.length() && isZoneCharacter(text.charAt(end))) {
      end++;
    }
    String name = text.substring(position, end);
    try {
      zone = ZoneId.of(name, ZoneId.SHORT_IDS);
    } catch (DateTimeException e) {
      throw malformed();
    }
    position = end;
  }

  void end() {
    if (position < text.length()) {
      throw malformed();
    }
  }

  /** In UTC. */
  LocalDateTime time() {
    try {
      LocalDateTime local = LocalDateTime.of(date(), clock());
      return zone == null
          ? local
          : local.atZone(zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
    } catch (DateTimeException e) {
      throw new BadValueException("Cannot parse \"" + text + "\": " + e.getMessage());
    }
  }

  private LocalDate date() {
    if (fields.containsKey(TimeField.WEEK_YEAR) || fields.containsKey(TimeField.WEEK)) {
      LocalDate first = LocalDate.of((int) get(TimeField.WEEK_YEAR, 1970), 1, 4);
      return first
          .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, get(TimeField.WEEK, 1))
          .with(java.time.temporal.ChronoField.DAY_OF_WEEK, get(TimeField.DAY_OF_WEEK, 1));
    }
    int year = (int) year();
    if (fields.containsKey(TimeField.DAY_OF_YEAR)) {
      return LocalDate.ofYearDay(year, (int) get(TimeField.DAY_OF_YEAR, 1));
    }
    LocalDate date = LocalDate.of(year, (int) get(TimeField.MONTH, 1), (int) get(TimeField.DAY, 1));
    boolean onlyDayOfWeek =
        fields.containsKey(TimeField.DAY_OF_WEEK) && !fields.containsKey(TimeField.DAY);
    return onlyDayOfWeek
        ? date.with(java.time.temporal.ChronoField.DAY_OF_WEEK, get(TimeField.DAY_OF_WEEK, 1))
        : date;
  }

  private long year() {
    if (fields.containsKey(TimeField.YEAR_OF_ERA)) {
      long year = get(TimeField.YEAR_OF_ERA, 1970);
      return get(TimeField.ERA, 1) == 1 ? year : 1 - year;
    }
    return get(TimeField.YEAR, 1970);
  }

  private LocalTime clock() {
    long hour;
    if (fields.containsKey(TimeField.HOUR)) {
      hour = get(TimeField.HOUR, 0);
    } else if (fields.containsKey(TimeField.CLOCK_HOUR)) {
      hour = get(TimeField.CLOCK_HOUR, 24) % 24;
    } else {
      long half = get(TimeField.CLOCK_HOUR_OF_HALF, get(TimeField.HOUR_OF_HALF, 0)) % 12;
      hour = half + 12 * get(TimeField.HALF, 0);
    }
    return LocalTime.of(
        (int) hour, (int) get(TimeField.MINUTE, 0), (int) get(TimeField.SECOND, 0), nanos);
  }

  private long get(TimeField field, long otherwise) {
    return fields.getOrDefault(field, otherwise);
  }

  private void set(TimeField field, long value) {
    if (!field.allows(value)) {
      throw new BadValueException(
          "Cannot parse \"%s\": Value %d for %s must be in the range %s"
              .formatted(text, value, field.text(), field.range()));
    }
    fields.put(field, value);
  }

  private int digits(int start, int max) {
    int end = start;
    while (end < text.length() && end - start < max && isDigit(text.charAt(end))) {
      end++;
    }
    if (end == start) {
      position = start;
      throw malformed();
    }
    return end;
  }

  private BadValueException malformed() {
    return new BadValueException(
        position >= text.length()
            ? "Invalid format: \"" + text + "\" is too short"
            : position == 0
                ? "Invalid format: \"" + text + "\""
                : "Invalid format: \"%s\" is malformed at \"%s\""
                    .formatted(text, text.substring(position)));
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isZoneCharacter(char character) {
    return isDigit(character)
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z')
        || "+-:/_".indexOf(character) >= 0;
  }
}
