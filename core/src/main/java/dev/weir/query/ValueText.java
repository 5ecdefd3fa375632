// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.query;

import java.time.LocalDate;

/**
 * Prints values as Timestream prints them (recorded answers of the service): times with nine
 * digits, doubles as Java does, intervals as {@code 1 21:00:00.000000000} and {@code 2-7}. Nested
 * values, which have a form of their own on the wire, become {@code [1, 2]}, {@code (1, a)} and
 * {@code [{2026-03-10 10:00:00.000000000, 1.5}]} here; NULL becomes {@code null}.
 */
public final class ValueText {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;
  private static final int MONTHS_PER_YEAR = 12;
  private static final String NULL = "null";

  private ValueText() {}

  /** A value of a column, whatever its type. */
  public static String of(ValueType type, ColumnVector values, int index) {
    StringBuilder text = new StringBuilder(32);
    append(text, type, values, index);
    return text.toString();
  }

  /** Appends a value of a column, whatever its type. */
  public static void append(StringBuilder text, ValueType type, ColumnVector values, int index) {
    if (values.isNull(index)) {
      text.append(NULL);
      return;
    }
    switch (type) {
      case ValueType.Scalar scalar -> appendScalar(text, scalar, values, index);
      case ValueType.ArrayOf(ValueType element) -> {
        ColumnVector.Arrays arrays = (ColumnVector.Arrays) values;
        int from = arrays.offsets()[index];
        int to = arrays.offsets()[index + 1];
        text.append('[');
        for (int i = from; i < to; i++) {
          text.append(i == from ? "" : ", ");
          append(text, element, arrays.elements(), i);
        }
        text.append(']');
      }
      case ValueType.RowOf row -> {
        ColumnVector.Rows rows = (ColumnVector.Rows) values;
        text.append('(');
        for (int field = 0; field < row.fields().size(); field++) {
          text.append(field == 0 ? "" : ", ");
          append(text, row.fields().get(field).type(), rows.fields().get(field), index);
        }
        text.append(')');
      }
      case ValueType.TimeSeriesOf(ValueType value) -> {
        ColumnVector.TimeSeries series = (ColumnVector.TimeSeries) values;
        int from = series.offsets()[index];
        int to = series.offsets()[index + 1];
        text.append('[');
        for (int i = from; i < to; i++) {
          text.append(i == from ? "{" : ", {");
          appendTimestamp(text, series.epochNanos()[i]);
          text.append(", ");
          append(text, value, series.values(), i);
          text.append('}');
        }
        text.append(']');
      }
    }
  }

  /** Appends a value that is not NULL, of a type without parts, as it stands in a ScalarValue. */
  public static void appendScalar(
      StringBuilder text, ValueType.Scalar type, ColumnVector values, int index) {
    switch (values) {
      case ColumnVector.Strings strings -> text.append(strings.value(index));
      case ColumnVector.Booleans booleans -> text.append(booleans.values()[index]);
      case ColumnVector.Doubles doubles -> text.append(doubles.values()[index]);
      case ColumnVector.Longs longs -> appendLong(text, type, longs.values()[index]);
      case ColumnVector.Arrays _,
          ColumnVector.Rows _,
          ColumnVector.TimeSeries _,
          ColumnVector.AllNull _ ->
          throw new IllegalArgumentException("no scalar in " + values.getClass().getSimpleName());
    }
  }

  private static void appendLong(StringBuilder text, ValueType.Scalar type, long value) {
    switch (type) {
      case TIMESTAMP -> appendTimestamp(text, value);
      case DATE -> appendDate(text, value);
      case TIME -> appendTime(text, value);
      case INTERVAL_DAY_TO_SECOND -> appendDayToSecond(text, value);
      case INTERVAL_YEAR_TO_MONTH -> appendYearToMonth(text, value);
      case BIGINT, INTEGER, VARCHAR, BOOLEAN, DOUBLE, UNKNOWN -> text.append(value);
    }
  }

  /** Appends {@code YYYY-MM-DD hh:mm:ss.nnnnnnnnn}, UTC. */
  public static void appendTimestamp(StringBuilder text, long epochNanos) {
    appendDate(text, Math.floorDiv(epochNanos, NANOS_PER_DAY));
    text.append(' ');
    appendTime(text, Math.floorMod(epochNanos, NANOS_PER_DAY));
  }

  private static void appendDate(StringBuilder text, long epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    if (date.getYear() < 0 || date.getYear() > 9_999) {
      text.append(date);
      return;
    }
    digits(text, date.getYear(), 1_000);
    digits(text.append('-'), date.getMonthValue(), 10);
    digits(text.append('-'), date.getDayOfMonth(), 10);
  }

  /** A time of less than a day; also the rest of an interval. */
  private static void appendTime(StringBuilder text, long nanosOfDay) {
    long seconds = nanosOfDay / NANOS_PER_SECOND;
    digits(text, seconds / 3_600, 10);
    digits(text.append(':'), seconds / 60 % 60, 10);
    digits(text.append(':'), seconds % 60, 10);
    digits(text.append('.'), nanosOfDay % NANOS_PER_SECOND, 100_000_000);
  }

  private static void appendDayToSecond(StringBuilder text, long nanos) {
    // The sign stands before the whole; days and rest are cut apart first, since the smallest
    // number has no positive twin.
    text.append(nanos < 0 ? "-" : "").append(Math.abs(nanos / NANOS_PER_DAY)).append(' ');
    appendTime(text, Math.abs(nanos % NANOS_PER_DAY));
  }

  private static void appendYearToMonth(StringBuilder text, long months) {
    text.append(months < 0 ? "-" : "").append(Math.abs(months / MONTHS_PER_YEAR)).append('-');
    text.append(Math.abs(months % MONTHS_PER_YEAR));
  }

  /** Appends a number with leading zeros; the highest digit's weight says how many. */
  private static void digits(StringBuilder text, long number, long highest) {
    for (long weight = highest; weight > 0; weight /= 10) {
      text.append((char) ('0' + number / weight % 10));
    }
  }
}
