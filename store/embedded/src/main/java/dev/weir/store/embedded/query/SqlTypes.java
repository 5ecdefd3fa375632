// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;

/**
 * How Timestream's types stand in the engine. Times, dates and intervals are BIGINT in the unit of
 * their type (nanoseconds, days, months): DuckDB's own types lose nanoseconds in arithmetic. Fields
 * of rows are called f0, f1, …; a time series is a list of rows of time and value.
 */
final class SqlTypes {

  private SqlTypes() {}

  static String of(ValueType type) {
    return switch (type) {
      case Scalar scalar ->
          switch (scalar) {
            case VARCHAR -> "VARCHAR";
            case BOOLEAN -> "BOOLEAN";
            case DOUBLE -> "DOUBLE";
            case INTEGER -> "INTEGER";
            case BIGINT, TIMESTAMP, DATE, TIME, INTERVAL_DAY_TO_SECOND, INTERVAL_YEAR_TO_MONTH ->
                "BIGINT";
            case UNKNOWN -> "INTEGER";
          };
      case ValueType.ArrayOf array -> of(array.element()) + "[]";
      case ValueType.TimeSeriesOf series -> "STRUCT(f0 BIGINT, f1 " + of(series.value()) + ")[]";
      case ValueType.RowOf row -> {
        StringBuilder sql = new StringBuilder("STRUCT(");
        for (int i = 0; i < row.fields().size(); i++) {
          sql.append(i == 0 ? "f" : ", f").append(i).append(' ');
          sql.append(of(row.fields().get(i).type()));
        }
        yield sql.append(')').toString();
      }
    };
  }

  /** A text as a literal of the engine; only the quote is special in it. */
  static String literal(String text) {
    // A zero byte can't stand in a statement's text.
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\0') < 0 ? quoted : quoted.replace("\0", "' || chr(0) || '");
  }
}
