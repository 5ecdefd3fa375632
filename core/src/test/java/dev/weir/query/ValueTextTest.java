// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.query;

import static dev.weir.query.ValueType.Scalar.BIGINT;
import static dev.weir.query.ValueType.Scalar.BOOLEAN;
import static dev.weir.query.ValueType.Scalar.DATE;
import static dev.weir.query.ValueType.Scalar.DOUBLE;
import static dev.weir.query.ValueType.Scalar.INTERVAL_DAY_TO_SECOND;
import static dev.weir.query.ValueType.Scalar.INTERVAL_YEAR_TO_MONTH;
import static dev.weir.query.ValueType.Scalar.TIME;
import static dev.weir.query.ValueType.Scalar.TIMESTAMP;
import static dev.weir.query.ValueType.Scalar.UNKNOWN;
import static dev.weir.query.ValueType.Scalar.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueTextTest {

  @Test
  void timestampsHaveNineDigits() {
    long time = Instant.parse("2026-03-10T10:00:00Z").getEpochSecond() * 1_000_000_000L;
    assertThat(print(TIMESTAMP, time)).isEqualTo("2026-03-10 10:00:00.000000000");
    assertThat(print(TIMESTAMP, time + 1)).isEqualTo("2026-03-10 10:00:00.000000001");
    assertThat(print(TIMESTAMP, 0)).isEqualTo("1970-01-01 00:00:00.000000000");
  }

  @Test
  void timestampsReachBothEndsOfTheirRange() {
    assertThat(print(TIMESTAMP, Long.MAX_VALUE)).isEqualTo("2262-04-11 23:47:16.854775807");
    assertThat(print(TIMESTAMP, Long.MIN_VALUE)).isEqualTo("1677-09-21 00:12:43.145224192");
    assertThat(print(TIMESTAMP, -1)).isEqualTo("1969-12-31 23:59:59.999999999");
  }

  @Test
  void datesAndTimesStandAlone() {
    assertThat(print(DATE, 18_482)).isEqualTo("2020-08-08");
    assertThat(print(TIME, 3_600_000_000_000L)).isEqualTo("01:00:00.000000000");
  }

  @Test
  void intervalsCarryOneSignInFront() {
    long hours = 3_600_000_000_000L;
    assertThat(print(INTERVAL_DAY_TO_SECOND, 45 * hours)).isEqualTo("1 21:00:00.000000000");
    assertThat(print(INTERVAL_DAY_TO_SECOND, -26 * hours)).isEqualTo("-1 02:00:00.000000000");
    assertThat(print(INTERVAL_DAY_TO_SECOND, -1)).isEqualTo("-0 00:00:00.000000001");
    assertThat(print(INTERVAL_DAY_TO_SECOND, Long.MIN_VALUE))
        .isEqualTo("-106751 23:47:16.854775808");
    assertThat(print(INTERVAL_YEAR_TO_MONTH, 31)).isEqualTo("2-7");
    assertThat(print(INTERVAL_YEAR_TO_MONTH, -31)).isEqualTo("-2-7");
    assertThat(print(INTERVAL_YEAR_TO_MONTH, 8)).isEqualTo("0-8");
  }

  @Test
  void doublesArePrintedAsJavaDoes() {
    assertThat(print(1.6554878837710001E9)).isEqualTo("1.6554878837710001E9");
    assertThat(print(34.840635191284385)).isEqualTo("34.840635191284385");
    assertThat(print(1.0)).isEqualTo("1.0");
    assertThat(print(Double.NaN)).isEqualTo("NaN");
    assertThat(print(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
  }

  @Test
  void integersBooleansAndTextsAreThemselves() {
    assertThat(print(BIGINT, Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
    assertThat(
            ValueText.of(BOOLEAN, new ColumnVector.Booleans(new boolean[] {true, false}, null), 1))
        .isEqualTo("false");
    assertThat(ValueText.of(VARCHAR, texts("a b"), 0)).isEqualTo("a b");
  }

  @Test
  void nestedValuesShowTheirParts() {
    ColumnVector numbers = new ColumnVector.Arrays(new int[] {0, 2, 2}, longs(1, 2), new BitSet());
    assertThat(ValueText.of(new ValueType.ArrayOf(BIGINT), numbers, 0)).isEqualTo("[1, 2]");
    assertThat(ValueText.of(new ValueType.ArrayOf(BIGINT), numbers, 1)).isEqualTo("[]");

    ValueType row =
        new ValueType.RowOf(
            List.of(new ValueType.Field("n", BIGINT), new ValueType.Field(null, VARCHAR)));
    ColumnVector rows = new ColumnVector.Rows(List.of(longs(1), texts("a")), 1, null);
    assertThat(ValueText.of(row, rows, 0)).isEqualTo("(1, a)");

    ColumnVector series =
        new ColumnVector.TimeSeries(
            new int[] {0, 2},
            new long[] {0, 1_000_000_000},
            new ColumnVector.Doubles(new double[] {1.5, 2}, null),
            null);
    assertThat(ValueText.of(new ValueType.TimeSeriesOf(DOUBLE), series, 0))
        .isEqualTo("[{1970-01-01 00:00:00.000000000, 1.5}, {1970-01-01 00:00:01.000000000, 2.0}]");
  }

  @Test
  void nullIsNullAtAnyDepth() {
    assertThat(ValueText.of(UNKNOWN, new ColumnVector.AllNull(1), 0)).isEqualTo("null");
    BitSet second = new BitSet();
    second.set(1);
    ColumnVector numbers =
        new ColumnVector.Arrays(
            new int[] {0, 2}, new ColumnVector.Longs(new long[] {7, 0}, second), null);
    assertThat(ValueText.of(new ValueType.ArrayOf(BIGINT), numbers, 0)).isEqualTo("[7, null]");
  }

  private static String print(ValueType type, long value) {
    return ValueText.of(type, longs(value), 0);
  }

  private static String print(double value) {
    return ValueText.of(DOUBLE, new ColumnVector.Doubles(new double[] {value}, null), 0);
  }

  private static ColumnVector longs(long... values) {
    return new ColumnVector.Longs(values, null);
  }

  private static ColumnVector texts(String value) {
    return new ColumnVector.Strings(new int[] {0}, new String[] {value});
  }
}
