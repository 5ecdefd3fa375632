// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static dev.weir.prometheus.TimestreamNames.METRIC_LABEL;

import dev.weir.query.SqlText;
import dev.weir.store.TableName;
import java.util.List;

/**
 * The statements of remote read. Columns are asked for in the order of {@link TableColumns}: the
 * dimensions, the measure name, then the count, the samples, or time and values.
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
    return statement("count(*)", conditions, startMillis, endMillis, 0);
  }

  /**
   * The samples of the series that fit the conditions.
   *
   * @param rowMillis the time that one row may hold, or 0 for one row a series
   */
  String samples(
      boolean bits, List<String> conditions, long startMillis, long endMillis, long rowMillis) {
    String value = "CREATE_TIME_SERIES(time, " + column(bits) + ")";
    return statement(value, conditions, startMillis, endMillis, rowMillis);
  }

  /** The samples that fit the conditions, each in a row of its own: time, then the values. */
  String rows(List<String> conditions, long startMillis, long endMillis) {
    SqlText sql = new SqlText().raw("SELECT ");
    keys(sql).raw(", time");
    if (columns.hasDoubles()) {
      sql.raw(", ").raw(column(false));
    }
    if (columns.hasBigints()) {
      sql.raw(", ").raw(column(true));
    }
    from(sql, conditions, startMillis, endMillis);
    return sql.toString();
  }

  /** What tells the measure names of a metric apart from all others; free on Timestream. */
  static String showMeasures(TableName table, String prefix) {
    SqlText sql = new SqlText().raw("SHOW MEASURES FROM ");
    sql.identifier(table.database()).raw(".").identifier(table.table());
    return sql.raw(" LIKE ").literal(prefix + '%').toString();
  }

  /** Holds where a point has a value of the type that is asked for. */
  static String hasValue(boolean bits) {
    return column(bits) + " IS NOT NULL";
  }

  private static String column(boolean bits) {
    return bits ? "measure_value::bigint" : "measure_value::double";
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

  private String statement(
      String value, List<String> conditions, long start, long end, long rowMillis) {
    SqlText sql = new SqlText().raw("SELECT ");
    keys(sql).raw(", ").raw(value).raw(" AS weir_samples");
    from(sql, conditions, start, end).raw(" GROUP BY ");
    keys(sql);
    if (rowMillis > 0) {
      sql.raw(", bin(time, ").number(rowMillis).raw("ms)");
    }
    return sql.toString();
  }

  private SqlText from(SqlText sql, List<String> conditions, long start, long end) {
    sql.raw(" FROM ").identifier(table.database()).raw(".").identifier(table.table());
    sql.raw(" WHERE ");
    for (String condition : conditions) {
      sql.raw(condition).raw(" AND ");
    }
    sql.raw("time BETWEEN from_milliseconds(").number(start);
    return sql.raw(") AND from_milliseconds(").number(end).raw(")");
  }

  private SqlText keys(SqlText sql) {
    for (String dimension : columns.dimensions()) {
      sql.identifier(dimension).raw(", ");
    }
    return sql.identifier("measure_name");
  }
}
