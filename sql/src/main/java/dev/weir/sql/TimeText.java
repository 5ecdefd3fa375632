// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.sql.tree.Position;
import dev.weir.store.StoreException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads times as text, and turns java.time into the units of literals and back. */
public final class TimeText {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long SECONDS_PER_DAY = 86_400;

  /** {@code 2021-11-15 14:26:49.123456789}, or with T, or only a date; perhaps a zone. */
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "\\s*(-?\\d{1,6}-\\d{1,2}-\\d{1,2})(?:["
              + " T]+(\\d{1,2}:\\d{1,2}(?::\\d{1,2}(?:\\.\\d{1,9})?)?))?"
              + "\\s*(Z|[+-]\\d{1,2}:?\\d{2}|[A-Za-z][A-Za-z0-9_/+-]*)?\\s*");

  private TimeText() {}

  static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
  }

  static LocalDateTime dateTime(long nanos) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND),
        (int) Math.floorMod(nanos, NANOS_PER_SECOND),
        ZoneOffset.UTC);
  }

  static long nanos(LocalDateTime dateTime, Position position) {
    try {
      return nanos(dateTime.toInstant(ZoneOffset.UTC));
    } catch (ArithmeticException e) {
      throw outOfRange(dateTime.toString(), position);
    }
  }

  /** Midnight of a day, given as days since the epoch. */
  static long dayNanos(long days, Position position) {
    try {
      return Math.multiplyExact(days, SECONDS_PER_DAY * NANOS_PER_SECOND);
    } catch (ArithmeticException e) {
      throw outOfRange(LocalDate.ofEpochDay(days).toString(), position);
    }
  }

  /** Nanoseconds since the epoch; a text without zone is UTC. */
  static long timestamp(String text, Position position) {
    Long nanos = tryTimestamp(text, position);
    if (nanos == null) {
      throw SqlErrors.at(position, "'" + text + "' is not a valid timestamp literal");
    }
    return nanos;
  }

  private static @Nullable Long tryTimestamp(String text, Position position) {
    Matcher matcher = TIMESTAMP.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    try {
      LocalDate date = localDate(matcher.group(1));
      LocalTime time = matcher.group(2) == null ? LocalTime.MIDNIGHT : localTime(matcher.group(2));
      LocalDateTime dateTime = LocalDateTime.of(date, time);
      String zone = matcher.group(3);
      if (zone == null) {
        return nanos(dateTime, position);
      }
      return nanos(dateTime.atZone(ZoneId.of(zone)).toInstant());
    } catch (DateTimeException e) {
      return null;
    } catch (ArithmeticException e) {
      throw outOfRange(text, position);
    }
  }

  /** Nanoseconds since the epoch, or empty where the text is no timestamp or out of range. */
  public static OptionalLong parseTimestamp(String text) {
    try {
      Long nanos = tryTimestamp(text, new Position(1, 1));
      return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
    } catch (StoreException e) {
      return OptionalLong.empty();
    }
  }

  /** Days since the epoch, or empty where the text is no date. */
  public static OptionalLong parseDate(String text) {
    try {
      return OptionalLong.of(localDate(text.strip()).toEpochDay());
    } catch (DateTimeException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Nanoseconds since midnight, or empty where the text is no time. */
  public static OptionalLong parseTime(String text) {
    try {
      return OptionalLong.of(localTime(text.strip()).toNanoOfDay());
    } catch (DateTimeException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Days since the epoch. */
  static long date(String text, Position position) {
    return parseDate(text)
        .orElseThrow(() -> SqlErrors.at(position, "'" + text + "' is not a valid date literal"));
  }

  /** Nanoseconds since midnight. */
  static long time(String text, Position position) {
    return parseTime(text)
        .orElseThrow(() -> SqlErrors.at(position, "'" + text + "' is not a valid time literal"));
  }

  private static LocalDate localDate(String text) {
    int second = text.lastIndexOf('-');
    int first = text.lastIndexOf('-', second - 1);
    if (first < 1) {
      throw new DateTimeException("no date: " + text);
    }
    return LocalDate.of(
        Integer.parseInt(text.substring(0, first)),
        Integer.parseInt(text.substring(first + 1, second)),
        Integer.parseInt(text.substring(second + 1)));
  }

  private static LocalTime localTime(String text) {
    String[] parts = text.split(":", 3);
    if (parts.length < 2) {
      throw new DateTimeException("no time: " + text);
    }
    int seconds = 0;
    int nanos = 0;
    if (parts.length == 3) {
      int dot = parts[2].indexOf('.');
      seconds = Integer.parseInt(dot < 0 ? parts[2] : parts[2].substring(0, dot));
      if (dot >= 0) {
        String digits = (parts[2].substring(dot + 1) + "000000000").substring(0, 9);
        nanos = Integer.parseInt(digits);
      }
    }
    return LocalTime.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), seconds, nanos);
  }

  static RuntimeException outOfRange(String what, Position position) {
    return SqlErrors.at(
        position,
        what + " is outside the range of timestamps, 1677-09-21 00:12:44 to 2262-04-11 23:47:16");
  }
}
