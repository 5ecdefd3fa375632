// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static dev.weir.prometheus.TimestreamNames.METRIC_LABEL;

import dev.weir.query.SqlText;
import dev.weir.store.TableName;
import java.util.List;

/**
 * The two statements of remote read. Columns are asked for in the order of {@link TableColumns}:
 * the dimensions, the measure name, then the count or the samples.
 */
final class Statements {

  private final TableName table;
  private final TableColumns columns;

  Statements(TableName table, TableColumns columns) {
    this.table = table;
    this.columns = columns;
  }

  /** The series that fit the conditions, each with the count of its samples. */
  String list(List<String> conditions, long startMillis, long endMillis) {
    return statement("count(*)", conditions, startMillis, endMillis);
  }

  /** The samples of the series that fit the conditions. */
  String samples(boolean bits, List<String> conditions, long startMillis, long endMillis) {
    String value =
        bits
            ? "CREATE_TIME_SERIES(time, measure_value::bigint)"
            : "CREATE_TIME_SERIES(time, measure_value::double)";
    return statement(value, conditions, startMillis, endMillis);
  }

  /** Exactly one series: what it has, and that it has no other of these dimensions. */
  String only(ListedSeries series, String measure, List<String> dimensions) {
    SqlText sql = new SqlText();
    sql.raw("(").identifier("measure_name").raw(" = ").literal(measure);
    for (int i = 0; i < series.labels().size(); i++) {
      String name = series.labels().name(i);
      String dimension = columns.dimension(name);
      if (dimension != null && !name.equals(METRIC_LABEL)) {
        sql.raw(" AND ").identifier(dimension).raw(" = ").literal(series.labels().value(i));
      }
    }
    for (String dimension : dimensions) {
      if (series.labels().value(label(dimension)).isEmpty()) {
        sql.raw(" AND ").identifier(dimension).raw(" IS NULL");
      }
    }
    return sql.raw(")").toString();
  }

  /** A column among values, or NULL where that is allowed. */
  static String among(String column, List<String> values, boolean orNull) {
    SqlText sql = new SqlText();
    if (values.isEmpty()) {
      return sql.identifier(column).raw(orNull ? " IS NULL" : " IS NOT NULL").toString();
    }
    if (orNull) {
      sql.raw("(").identifier(column).raw(" IS NULL OR ");
    }
    Conditions.among(sql.identifier(column), values, false);
    return (orNull ? sql.raw(")") : sql).toString();
  }

  private String label(String dimension) {
    return columns.labels()[columns.dimensions().indexOf(dimension)];
  }

  private String statement(String value, List<String> conditions, long start, long end) {
    SqlText sql = new SqlText().raw("SELECT ");
    keys(sql).raw(", ").raw(value).raw(" AS weir_samples FROM ");
    sql.identifier(table.database()).raw(".").identifier(table.table()).raw(" WHERE ");
    for (String condition : conditions) {
      sql.raw(condition).raw(" AND ");
    }
    sql.raw("time BETWEEN from_milliseconds(").number(start);
    sql.raw(") AND from_milliseconds(").number(end).raw(") GROUP BY ");
    return keys(sql).toString();
  }

  private SqlText keys(SqlText sql) {
    for (String dimension : columns.dimensions()) {
      sql.identifier(dimension).raw(", ");
    }
    return sql.identifier("measure_name");
  }
}
