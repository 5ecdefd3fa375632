// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Arithmetic of the calendar over timestamps (nanoseconds since the epoch, UTC, 1677-09-21 00:12:44
 * to 2262-04-11 23:47:16) and dates (days since the epoch).
 */
final class Calendar {

  static final long NANOS_PER_SECOND = 1_000_000_000L;
  static final long NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;
  private static final int MONTHS_PER_YEAR = 12;

  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9_999, 12, 31).toEpochDay();

  /** The epoch was a Thursday; weeks begin on Monday. */
  private static final long DAYS_FROM_MONDAY_TO_EPOCH = 3;

  private Calendar() {}

  static LocalDateTime dateTime(long nanos) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND),
        (int) Math.floorMod(nanos, NANOS_PER_SECOND),
        ZoneOffset.UTC);
  }

  static LocalDate date(long nanos) {
    return LocalDate.ofEpochDay(Math.floorDiv(nanos, NANOS_PER_DAY));
  }

  static long nanos(LocalDateTime time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), NANOS_PER_SECOND), time.getNano());
    } catch (ArithmeticException e) {
      throw outOfRange();
    }
  }

  static BadValueException outOfRange() {
    return new BadValueException(
        "Timestamp is out of range: 1677-09-21 00:12:44 to 2262-04-11 23:47:16");
  }

  static long plusNanos(long nanos, long amount) {
    try {
      return Math.addExact(nanos, amount);
    } catch (ArithmeticException e) {
      throw outOfRange();
    }
  }

  /** The day of the month is cut to what the new month has. */
  static long plusMonths(long nanos, long months) {
    try {
      return nanos(dateTime(nanos).plusMonths(months));
    } catch (DateTimeException | ArithmeticException e) {
      throw outOfRange();
    }
  }

  static long datePlusMonths(long days, long months) {
    try {
      return checkedDate(LocalDate.ofEpochDay(days).plusMonths(months).toEpochDay());
    } catch (DateTimeException | ArithmeticException e) {
      throw dateOutOfRange();
    }
  }

  static long datePlusDays(long days, long count) {
    try {
      return checkedDate(Math.addExact(days, count));
    } catch (ArithmeticException e) {
      throw dateOutOfRange();
    }
  }

  private static long checkedDate(long days) {
    if (days < FIRST_DAY || days > LAST_DAY) {
      throw dateOutOfRange();
    }
    return days;
  }

  private static BadValueException dateOutOfRange() {
    return new BadValueException("Date is out of range: 0001-01-01 to 9999-12-31");
  }

  static long truncate(TimeUnit unit, long nanos) {
    long start =
        switch (unit) {
          case WEEK -> dayNanos(truncateDate(TimeUnit.WEEK, Math.floorDiv(nanos, NANOS_PER_DAY)));
          case MONTH, QUARTER, YEAR ->
              dayNanos(truncateDate(unit, Math.floorDiv(nanos, NANOS_PER_DAY)));
          default -> nanos - Math.floorMod(nanos, unit.size());
        };
    if (start > nanos) {
      throw outOfRange();
    }
    return start;
  }

  static long truncateDate(TimeUnit unit, long days) {
    LocalDate date = LocalDate.ofEpochDay(days);
    return switch (unit) {
      case WEEK -> days - Math.floorMod(days + DAYS_FROM_MONDAY_TO_EPOCH, 7);
      case MONTH -> date.withDayOfMonth(1).toEpochDay();
      case QUARTER ->
          date.withDayOfMonth(1).minusMonths((date.getMonthValue() - 1) % 3).toEpochDay();
      case YEAR -> date.withDayOfYear(1).toEpochDay();
      default -> days;
    };
  }

  static long add(TimeUnit unit, long count, long nanos) {
    try {
      long amount = Math.multiplyExact(count, unit.size());
      return unit.calendar() ? plusMonths(nanos, amount) : plusNanos(nanos, amount);
    } catch (ArithmeticException e) {
      throw outOfRange();
    }
  }

  static long addToDate(TimeUnit unit, long count, long days) {
    try {
      return unit.calendar()
          ? datePlusMonths(days, Math.multiplyExact(count, unit.size()))
          : datePlusDays(days, Math.multiplyExact(count, unit.size() / NANOS_PER_DAY));
    } catch (ArithmeticException e) {
      throw dateOutOfRange();
    }
  }

  /** Times of day go round. */
  static long addToTime(TimeUnit unit, long count, long nanosOfDay) {
    long units = NANOS_PER_DAY / unit.size();
    return Math.floorMod(nanosOfDay + count % units * unit.size(), NANOS_PER_DAY);
  }

  /** Whole units from one time to another, towards zero. */
  static long difference(TimeUnit unit, long from, long to) {
    if (unit.calendar()) {
      return months(dateTime(from), dateTime(to)) / unit.size();
    }
    long nanos = to - from;
    boolean overflows = ((to ^ from) & (to ^ nanos)) < 0;
    return overflows
        ? BigInteger.valueOf(to)
            .subtract(BigInteger.valueOf(from))
            .divide(BigInteger.valueOf(unit.size()))
            .longValueExact()
        : nanos / unit.size();
  }

  static long differenceOfDates(TimeUnit unit, long from, long to) {
    return unit.calendar()
        ? months(LocalDate.ofEpochDay(from).atStartOfDay(), LocalDate.ofEpochDay(to).atStartOfDay())
            / unit.size()
        : (to - from) / (unit.size() / NANOS_PER_DAY);
  }

  /** A month is full on the same day, or on the last one where the month is too short for it. */
  private static long months(LocalDateTime from, LocalDateTime to) {
    if (to.isBefore(from)) {
      return -months(to, from);
    }
    long months =
        (long) (to.getYear() - from.getYear()) * MONTHS_PER_YEAR
            + to.getMonthValue()
            - from.getMonthValue();
    return from.plusMonths(months).isAfter(to) ? months - 1 : months;
  }

  static long dayNanos(long days) {
    try {
      return Math.multiplyExact(days, NANOS_PER_DAY);
    } catch (ArithmeticException e) {
      // The first day of the range has begun before the range.
      throw outOfRange();
    }
  }
}
