// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import static dev.weir.store.embedded.function.JavaFunction.Type.BIGINT;
import static dev.weir.store.embedded.function.JavaFunction.Type.BOOLEAN;
import static dev.weir.store.embedded.function.JavaFunction.Type.DOUBLE;
import static dev.weir.store.embedded.function.JavaFunction.Type.VARCHAR;

import dev.weir.query.ColumnVector;
import dev.weir.query.ValueText;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.DurationText;
import dev.weir.sql.TimeText;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conversions as Trino has them, and the texts that Timestream prints. */
final class CastFunctions {

  private static final Pattern DAY_TO_SECOND =
      Pattern.compile("\\s*(-?)(\\d{1,6}) (\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,9}))?\\s*");
  private static final Pattern YEAR_TO_MONTH = Pattern.compile("\\s*(-?)(\\d{1,9})-(\\d{1,2})\\s*");

  static final List<JavaFunction> ALL =
      List.of(
          JavaFunction.of("double_to_text", VARCHAR, row -> Double.toString(row.real(0)), DOUBLE),
          text("timestamp_to_text", Scalar.TIMESTAMP),
          text("date_to_text", Scalar.DATE),
          text("time_to_text", Scalar.TIME),
          text("interval_to_text", Scalar.INTERVAL_DAY_TO_SECOND),
          text("months_to_text", Scalar.INTERVAL_YEAR_TO_MONTH),
          JavaFunction.of("text_to_double", DOUBLE, CastFunctions::toDouble, VARCHAR),
          JavaFunction.of("text_to_bigint", BIGINT, CastFunctions::toBigint, VARCHAR),
          JavaFunction.of("text_to_integer", BIGINT, CastFunctions::toInteger, VARCHAR),
          JavaFunction.of("text_to_boolean", BOOLEAN, CastFunctions::toBoolean, VARCHAR),
          JavaFunction.of("text_to_timestamp", BIGINT, row -> toTimestamp(row.text(0)), VARCHAR),
          JavaFunction.of(
              "text_to_date",
              BIGINT,
              row -> found(TimeText.parseDate(row.text(0)), "date", row.text(0)),
              VARCHAR),
          JavaFunction.of("date", BIGINT, row -> dateOf(row.text(0)), VARCHAR),
          JavaFunction.of(
              "text_to_time",
              BIGINT,
              row -> found(TimeText.parseTime(row.text(0)), "time", row.text(0)),
              VARCHAR),
          JavaFunction.of("text_to_interval", BIGINT, CastFunctions::toInterval, VARCHAR),
          JavaFunction.of("text_to_months", BIGINT, CastFunctions::toMonths, VARCHAR),
          JavaFunction.of("double_to_bigint", BIGINT, CastFunctions::rounded, DOUBLE),
          JavaFunction.of("double_to_integer", BIGINT, CastFunctions::roundedInteger, DOUBLE),
          JavaFunction.of("bigint_to_integer", BIGINT, CastFunctions::narrowed, BIGINT),
          JavaFunction.of("parse_duration", BIGINT, CastFunctions::duration, VARCHAR),
          JavaFunction.of(
              "from_iso8601_timestamp", BIGINT, row -> IsoTime.timestamp(row.text(0)), VARCHAR),
          JavaFunction.of("from_iso8601_date", BIGINT, row -> IsoTime.date(row.text(0)), VARCHAR));

  private CastFunctions() {}

  private static JavaFunction text(String name, Scalar type) {
    return JavaFunction.of(
        name,
        VARCHAR,
        row -> {
          StringBuilder text = new StringBuilder(32);
          long[] value = {row.number(0)};
          ValueText.appendScalar(text, type, new ColumnVector.Longs(value, null), 0);
          return text.toString();
        },
        BIGINT);
  }

  private static double toDouble(Row row) {
    try {
      return Double.parseDouble(row.text(0));
    } catch (NumberFormatException e) {
      throw cannotCast(row.text(0), "DOUBLE");
    }
  }

  private static long toBigint(Row row) {
    try {
      return Long.parseLong(row.text(0));
    } catch (NumberFormatException e) {
      throw cannotCast(row.text(0), "BIGINT");
    }
  }

  private static long toInteger(Row row) {
    try {
      return Integer.parseInt(row.text(0));
    } catch (NumberFormatException e) {
      throw cannotCast(row.text(0), "INT");
    }
  }

  private static boolean toBoolean(Row row) {
    return switch (row.text(0).toLowerCase(Locale.ROOT)) {
      case "t", "true", "1" -> true;
      case "f", "false", "0" -> false;
      default -> throw cannotCast(row.text(0), "BOOLEAN");
    };
  }

  private static long toTimestamp(String text) {
    return found(TimeText.parseTimestamp(text), "timestamp", text);
  }

  /** Of a date, or of a timestamp. */
  private static long dateOf(String text) {
    OptionalLong date = TimeText.parseDate(text);
    if (date.isPresent()) {
      return date.getAsLong();
    }
    OptionalLong timestamp = TimeText.parseTimestamp(text);
    if (timestamp.isEmpty()) {
      throw cannotBeCast(text, "date");
    }
    return Math.floorDiv(timestamp.getAsLong(), Calendar.NANOS_PER_DAY);
  }

  private static long toInterval(Row row) {
    Matcher matcher = DAY_TO_SECOND.matcher(row.text(0));
    if (!matcher.matches()) {
      throw cannotBeCast(row.text(0), "interval day to second");
    }
    String fraction = matcher.group(6) == null ? "" : matcher.group(6);
    long seconds =
        Long.parseLong(matcher.group(2)) * 86_400
            + Long.parseLong(matcher.group(3)) * 3_600
            + Long.parseLong(matcher.group(4)) * 60
            + Long.parseLong(matcher.group(5));
    try {
      long nanos =
          Math.addExact(
              Math.multiplyExact(seconds, Calendar.NANOS_PER_SECOND),
              Long.parseLong((fraction + "000000000").substring(0, 9)));
      return matcher.group(1).isEmpty() ? nanos : -nanos;
    } catch (ArithmeticException e) {
      throw cannotBeCast(row.text(0), "interval day to second");
    }
  }

  private static long toMonths(Row row) {
    Matcher matcher = YEAR_TO_MONTH.matcher(row.text(0));
    if (!matcher.matches()) {
      throw cannotBeCast(row.text(0), "interval year to month");
    }
    long months = Long.parseLong(matcher.group(2)) * 12 + Long.parseLong(matcher.group(3));
    return matcher.group(1).isEmpty() ? months : -months;
  }

  /** Half away from zero. */
  private static long rounded(Row row) {
    double value = row.real(0);
    double down = Math.floor(Math.abs(value));
    double whole = Math.copySign(Math.abs(value) - down >= 0.5 ? down + 1 : down, value);
    if (!(whole >= -0x1p63 && whole < 0x1p63)) {
      throw new BadValueException("Unable to cast " + value + " to bigint");
    }
    return (long) whole;
  }

  private static long roundedInteger(Row row) {
    double value = row.real(0);
    if (Double.isNaN(value) || Math.abs(value) >= 0x1p32) {
      throw new BadValueException("Out of range for integer: " + value);
    }
    long rounded = rounded(row);
    if (rounded != (int) rounded) {
      throw new BadValueException("Out of range for integer: " + value);
    }
    return rounded;
  }

  private static long narrowed(Row row) {
    long value = row.number(0);
    if (value != (int) value) {
      throw new BadValueException("Out of range for integer: " + value);
    }
    return value;
  }

  private static long duration(Row row) {
    OptionalLong nanos = DurationText.parseNanos(row.text(0));
    if (nanos.isEmpty()) {
      throw new BadValueException("'" + row.text(0) + "' is not a duration such as '42.8ms'");
    }
    return nanos.getAsLong();
  }

  private static long found(OptionalLong value, String type, String text) {
    if (value.isEmpty()) {
      throw cannotBeCast(text, type);
    }
    return value.getAsLong();
  }

  private static BadValueException cannotCast(String text, String type) {
    return new BadValueException("Cannot cast '" + text + "' to " + type);
  }

  private static BadValueException cannotBeCast(String text, String type) {
    return new BadValueException("Value cannot be cast to " + type + ": " + text);
  }
}
