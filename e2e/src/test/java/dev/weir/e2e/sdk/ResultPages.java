// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.sdk;

import dev.weir.query.ResultPage;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.ArrayOf;
import dev.weir.query.ValueType.Field;
import dev.weir.query.ValueType.RowOf;
import dev.weir.query.ValueType.Scalar;
import dev.weir.query.ValueType.TimeSeriesOf;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.timestreamquery.model.ColumnInfo;
import software.amazon.awssdk.services.timestreamquery.model.Datum;
import software.amazon.awssdk.services.timestreamquery.model.Row;
import software.amazon.awssdk.services.timestreamquery.model.Type;

/** Turns rows of Datums into typed columns, as the column information says. */
final class ResultPages {

  private ResultPages() {}

  static ResultPage of(List<ColumnInfo> infos, List<Row> rows) {
    List<ResultPage.Column> columns = new ArrayList<>(infos.size());
    for (int i = 0; i < infos.size(); i++) {
      ValueType type = type(infos.get(i).type());
      List<Datum> values = new ArrayList<>(rows.size());
      for (Row row : rows) {
        values.add(row.data().get(i));
      }
      String name = String.valueOf(infos.get(i).name());
      columns.add(new ResultPage.Column(name, type, Columns.of(type, values)));
    }
    return new ResultPage(columns, rows.size());
  }

  private static ValueType type(Type type) {
    if (type.scalarType() != null) {
      return scalar(type);
    }
    if (type.arrayColumnInfo() != null) {
      return new ArrayOf(type(type.arrayColumnInfo().type()));
    }
    if (type.timeSeriesMeasureValueColumnInfo() != null) {
      return new TimeSeriesOf(type(type.timeSeriesMeasureValueColumnInfo().type()));
    }
    return new RowOf(
        type.rowColumnInfo().stream()
            .map(field -> new Field(field.name(), type(field.type())))
            .toList());
  }

  private static Scalar scalar(Type type) {
    return switch (type.scalarType()) {
      case VARCHAR -> Scalar.VARCHAR;
      case BOOLEAN -> Scalar.BOOLEAN;
      case BIGINT -> Scalar.BIGINT;
      case INTEGER -> Scalar.INTEGER;
      case DOUBLE -> Scalar.DOUBLE;
      case TIMESTAMP -> Scalar.TIMESTAMP;
      case DATE -> Scalar.DATE;
      case TIME -> Scalar.TIME;
      case INTERVAL_DAY_TO_SECOND -> Scalar.INTERVAL_DAY_TO_SECOND;
      case INTERVAL_YEAR_TO_MONTH -> Scalar.INTERVAL_YEAR_TO_MONTH;
      case UNKNOWN -> Scalar.UNKNOWN;
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException(type.scalarTypeAsString());
    };
  }
}
