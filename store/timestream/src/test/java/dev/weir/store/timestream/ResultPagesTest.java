// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.ResultPage;
import dev.weir.query.ValueText;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.timestreamquery.model.ColumnInfo;
import software.amazon.awssdk.services.timestreamquery.model.Datum;
import software.amazon.awssdk.services.timestreamquery.model.Row;
import software.amazon.awssdk.services.timestreamquery.model.ScalarType;
import software.amazon.awssdk.services.timestreamquery.model.TimeSeriesDataPoint;
import software.amazon.awssdk.services.timestreamquery.model.Type;

class ResultPagesTest {

  private static final Datum NULL = Datum.builder().nullValue(true).build();

  @Test
  void keepsEveryScalarAsItWasPrinted() {
    keeps(ScalarType.VARCHAR, "it's \"ü\"\n", "");
    keeps(ScalarType.BOOLEAN, "true", "false");
    keeps(ScalarType.BIGINT, "-9223372036854775808", "0");
    keeps(ScalarType.INTEGER, "1", "-1");
    keeps(ScalarType.DOUBLE, "1.6554878837710001E9", "-0.0", "NaN", "-Infinity", "4.9E-324");
    keeps(ScalarType.TIMESTAMP, "2026-03-10 12:00:00.000000001", "1970-01-01 00:00:00.000000000");
    keeps(ScalarType.DATE, "2020-08-08", "1970-01-01");
    keeps(ScalarType.TIME, "01:00:00.000000000", "23:59:59.999999999");
    keeps(ScalarType.INTERVAL_DAY_TO_SECOND, "1 21:00:00.000000000", "-1 02:00:00.000000000");
    keeps(ScalarType.INTERVAL_YEAR_TO_MONTH, "2-7", "-0-8");
  }

  private static void keeps(ScalarType type, String... texts) {
    List<Datum> values =
        Stream.concat(Stream.of(NULL), Stream.of(texts).map(ResultPagesTest::scalar)).toList();
    ResultPage page = page(Type.builder().scalarType(type).build(), values);
    assertThat(page.columns().getFirst().type()).isEqualTo(Scalar.valueOf(type.toString()));
    assertThat(page.columns().getFirst().values().isNull(0)).isTrue();
    for (int i = 0; i < texts.length; i++) {
      assertThat(page.columns().getFirst().values().isNull(i + 1)).isFalse();
      assertThat(text(page, i + 1)).isEqualTo(texts[i]);
    }
  }

  @Test
  void aBareNullHasTheTypeUnknown() {
    ResultPage page = page(Type.builder().scalarType(ScalarType.UNKNOWN).build(), List.of(NULL));
    assertThat(page.columns().getFirst().type()).isEqualTo(Scalar.UNKNOWN);
    assertThat(text(page, 0)).isEqualTo("null");
  }

  @Test
  void buildsArraysOfRowsAsShowMeasuresHasThem() {
    Type row =
        Type.builder()
            .rowColumnInfo(
                column("dimension_name", ScalarType.VARCHAR),
                column("data_type", ScalarType.VARCHAR))
            .build();
    Type type = Type.builder().arrayColumnInfo(ColumnInfo.builder().type(row).build()).build();
    Datum two = array(row(scalar("host"), scalar("varchar")), row(scalar("rack"), NULL));

    ResultPage page = page(type, List.of(two, NULL, array(), array(NULL)));

    assertThat(page.columns().getFirst().type())
        .isEqualTo(
            new ValueType.ArrayOf(
                new ValueType.RowOf(
                    List.of(
                        new ValueType.Field("dimension_name", Scalar.VARCHAR),
                        new ValueType.Field("data_type", Scalar.VARCHAR)))));
    assertThat(text(page, 0)).isEqualTo("[(host, varchar), (rack, null)]");
    assertThat(text(page, 1)).isEqualTo("null");
    assertThat(text(page, 2)).isEqualTo("[]");
    assertThat(text(page, 3)).isEqualTo("[null]");
  }

  @Test
  void buildsTimeSeries() {
    Type type =
        Type.builder()
            .timeSeriesMeasureValueColumnInfo(
                ColumnInfo.builder()
                    .type(Type.builder().scalarType(ScalarType.DOUBLE).build())
                    .build())
            .build();
    Datum series =
        Datum.builder()
            .timeSeriesValue(
                sample("2026-03-10 12:00:00.000000000", scalar("1.5")),
                sample("2026-03-10 12:00:01.000000000", NULL))
            .build();

    ResultPage page = page(type, List.of(NULL, series));

    assertThat(page.columns().getFirst().type())
        .isEqualTo(new ValueType.TimeSeriesOf(Scalar.DOUBLE));
    assertThat(text(page, 0)).isEqualTo("null");
    assertThat(text(page, 1))
        .isEqualTo("[{2026-03-10 12:00:00.000000000, 1.5}, {2026-03-10 12:00:01.000000000, null}]");
  }

  @Test
  void aPageMayHaveNoRows() {
    ResultPage page = page(Type.builder().scalarType(ScalarType.BIGINT).build(), List.of());
    assertThat(page.rowCount()).isZero();
    assertThat(page.columns()).hasSize(1);
  }

  private static String text(ResultPage page, int row) {
    ResultPage.Column column = page.columns().getFirst();
    return ValueText.of(column.type(), column.values(), row);
  }

  private static ResultPage page(Type type, List<Datum> values) {
    List<Row> rows = values.stream().map(value -> Row.builder().data(value).build()).toList();
    return ResultPages.of(List.of(ColumnInfo.builder().name("c").type(type).build()), rows);
  }

  private static ColumnInfo column(String name, ScalarType type) {
    return ColumnInfo.builder().name(name).type(Type.builder().scalarType(type).build()).build();
  }

  private static Datum scalar(String text) {
    return Datum.builder().scalarValue(text).build();
  }

  private static Datum array(Datum... values) {
    return Datum.builder().arrayValue(values).build();
  }

  private static Datum row(Datum... values) {
    return Datum.builder().rowValue(Row.builder().data(values).build()).build();
  }

  private static TimeSeriesDataPoint sample(String time, Datum value) {
    return TimeSeriesDataPoint.builder().time(time).value(value).build();
  }
}
