// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import static dev.weir.store.embedded.function.JavaFunction.Type.BIGINT;
import static dev.weir.store.embedded.function.JavaFunction.Type.DOUBLE;
import static dev.weir.store.embedded.function.JavaFunction.Type.VARCHAR;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Arithmetic with times, and their fields (AWS developer guide, "Date / time functions"). */
final class CalendarFunctions {

  static final List<JavaFunction> ALL = all();

  private static final BigDecimal NANOS = BigDecimal.valueOf(Calendar.NANOS_PER_SECOND);

  private CalendarFunctions() {}

  private static List<JavaFunction> all() {
    List<JavaFunction> all = new ArrayList<>();
    field(all, "year", LocalDate::getYear);
    field(all, "quarter", date -> date.get(IsoFields.QUARTER_OF_YEAR));
    field(all, "month", LocalDate::getMonthValue);
    field(all, "day", LocalDate::getDayOfMonth);
    field(all, "day_of_week", date -> date.getDayOfWeek().getValue());
    field(all, "day_of_year", LocalDate::getDayOfYear);
    field(all, "week", date -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    field(all, "year_of_week", date -> date.get(IsoFields.WEEK_BASED_YEAR));
    field(all, "last_day_of_month", date -> date.withDayOfMonth(date.lengthOfMonth()).toEpochDay());
    units(all);
    all.add(numbers("timestamp_plus", row -> Calendar.plusNanos(row.number(0), row.number(1)), 2));
    all.add(numbers("timestamp_minus", CalendarFunctions::minus, 2));
    all.add(
        numbers(
            "timestamp_plus_months", row -> Calendar.plusMonths(row.number(0), row.number(1)), 2));
    all.add(
        numbers(
            "date_plus_months", row -> Calendar.datePlusMonths(row.number(0), row.number(1)), 2));
    all.add(numbers("date_plus", CalendarFunctions::datePlus, 2));
    all.add(
        numbers(
            "time_plus",
            row -> Calendar.addToTime(TimeUnit.NANOSECOND, row.number(1), row.number(0)),
            2));
    all.add(numbers("bin", CalendarFunctions::bin, 2));
    all.add(numbers("bin_months", CalendarFunctions::binMonths, 2));
    all.add(numbers("day_nanos", row -> Calendar.dayNanos(row.number(0)), 1));
    all.add(numbers("nanos_day", row -> Math.floorDiv(row.number(0), Calendar.NANOS_PER_DAY), 1));
    all.add(numbers("to_milliseconds", row -> Math.floorDiv(row.number(0), 1_000_000L), 1));
    all.add(numbers("from_milliseconds", CalendarFunctions::fromMilliseconds, 1));
    all.add(JavaFunction.of("from_unixtime", BIGINT, CalendarFunctions::fromSeconds, DOUBLE));
    all.add(JavaFunction.of("at_timezone", BIGINT, CalendarFunctions::atTimeZone, BIGINT, VARCHAR));
    all.add(
        JavaFunction.of(
            "interval_times",
            BIGINT,
            row -> interval(row.number(0) * row.real(1)),
            BIGINT,
            DOUBLE));
    all.add(
        JavaFunction.of("interval_divided", BIGINT, CalendarFunctions::divided, BIGINT, DOUBLE));
    return List.copyOf(all);
  }

  /** A field of the day: of dates under its name, of timestamps as {@code name_of_timestamp}. */
  private static void field(List<JavaFunction> all, String name, ToLongFunction<LocalDate> field) {
    all.add(numbers(name, row -> field.applyAsLong(LocalDate.ofEpochDay(row.number(0))), 1));
    all.add(
        numbers(name + "_of_timestamp", row -> field.applyAsLong(Calendar.date(row.number(0))), 1));
  }

  /** Units are handed over by number, so that their names are read once for all rows. */
  private static void units(List<JavaFunction> all) {
    for (String type : List.of("TIMESTAMP", "DATE", "TIME")) {
      all.add(
          JavaFunction.of(
              "unit_of_" + type.toLowerCase(Locale.ROOT),
              BIGINT,
              row -> (long) TimeUnit.of(row.text(0), type).ordinal(),
              VARCHAR));
    }
    all.add(ofUnit("date_trunc_timestamp", row -> Calendar.truncate(unit(row), row.number(1)), 1));
    all.add(ofUnit("date_trunc_date", row -> Calendar.truncateDate(unit(row), row.number(1)), 1));
    all.add(ofUnit("date_trunc_time", row -> row.number(1) - row.number(1) % unit(row).size(), 1));
    all.add(
        ofUnit(
            "date_add_timestamp", row -> Calendar.add(unit(row), row.number(1), row.number(2)), 2));
    all.add(
        ofUnit(
            "date_add_date",
            row -> Calendar.addToDate(unit(row), row.number(1), row.number(2)),
            2));
    all.add(
        ofUnit(
            "date_add_time",
            row -> Calendar.addToTime(unit(row), row.number(1), row.number(2)),
            2));
    all.add(
        ofUnit(
            "date_diff_timestamp",
            row -> Calendar.difference(unit(row), row.number(1), row.number(2)),
            2));
    all.add(
        ofUnit(
            "date_diff_date",
            row -> Calendar.differenceOfDates(unit(row), row.number(1), row.number(2)),
            2));
    all.add(ofUnit("date_diff_time", row -> (row.number(2) - row.number(1)) / unit(row).size(), 2));
  }

  private static JavaFunction numbers(String name, ToLongFunction<Row> body, int count) {
    JavaFunction.Type[] types = new JavaFunction.Type[count];
    java.util.Arrays.fill(types, BIGINT);
    return JavaFunction.of(name, BIGINT, body::applyAsLong, types);
  }

  private static JavaFunction ofUnit(String name, ToLongFunction<Row> body, int count) {
    return numbers(name, body, count + 1);
  }

  private static TimeUnit unit(Row row) {
    return TimeUnit.ALL.get((int) row.number(0));
  }

  private static long minus(Row row) {
    try {
      return Math.subtractExact(row.number(0), row.number(1));
    } catch (ArithmeticException e) {
      throw Calendar.outOfRange();
    }
  }

  private static long datePlus(Row row) {
    long nanos = row.number(1);
    if (nanos % Calendar.NANOS_PER_DAY != 0) {
      throw new BadValueException("Cannot add hour, minutes or seconds to a date");
    }
    return Calendar.datePlusDays(row.number(0), nanos / Calendar.NANOS_PER_DAY);
  }

  private static long bin(Row row) {
    long width = row.number(1);
    if (width <= 0) {
      throw new BadValueException("the width of a bin must be greater than zero");
    }
    long time = row.number(0);
    return Calendar.plusNanos(time, -Math.floorMod(time, width));
  }

  /** Whole months, counted from January 1970. */
  private static long binMonths(Row row) {
    long width = row.number(1);
    if (width <= 0) {
      throw new BadValueException("the width of a bin must be greater than zero");
    }
    LocalDate date = Calendar.date(row.number(0));
    long months = (date.getYear() - 1970) * 12L + date.getMonthValue() - 1;
    LocalDate start = LocalDate.EPOCH.plusMonths(months - Math.floorMod(months, width));
    return Calendar.dayNanos(start.toEpochDay());
  }

  private static long fromMilliseconds(Row row) {
    try {
      return Math.multiplyExact(row.number(0), 1_000_000L);
    } catch (ArithmeticException e) {
      throw Calendar.outOfRange();
    }
  }

  /** Whole nanoseconds, through the shortest decimal: a double has no exact microseconds. */
  private static long fromSeconds(Row row) {
    try {
      return new BigDecimal(Double.toString(row.real(0)))
          .multiply(NANOS)
          .setScale(0, RoundingMode.HALF_UP)
          .longValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      throw Calendar.outOfRange();
    }
  }

  /** What a clock in that zone shows. */
  private static long atTimeZone(Row row) {
    LocalDateTime utc = Calendar.dateTime(row.number(0));
    return Calendar.nanos(
        utc.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone(row.text(1))).toLocalDateTime());
  }

  static ZoneId zone(String name) {
    try {
      return ZoneId.of(name, ZoneId.SHORT_IDS);
    } catch (DateTimeException e) {
      throw new BadValueException("Time zone not supported: " + name);
    }
  }

  private static long divided(Row row) {
    if (row.real(1) == 0) {
      throw new BadValueException("Division by zero");
    }
    return interval(row.number(0) / row.real(1));
  }

  private static long interval(double amount) {
    if (!(Math.abs(amount) < 0x1p63)) {
      throw new BadValueException("Interval is out of range");
    }
    return (long) amount;
  }
}
