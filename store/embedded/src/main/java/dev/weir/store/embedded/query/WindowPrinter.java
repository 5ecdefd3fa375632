// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.SortKey;
import dev.weir.sql.tree.Window;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.function.BadValueException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Prints what stands in the parentheses of OVER. */
final class WindowPrinter {

  private static final String NANOS_PER_DAY = "86400000000000";

  private final ExpressionPrinter expressions;

  WindowPrinter(ExpressionPrinter expressions) {
    this.expressions = expressions;
  }

  String print(Window window) {
    StringBuilder sql = new StringBuilder();
    if (!window.partitionBy().isEmpty()) {
      sql.append("PARTITION BY ");
      sql.append(
          window.partitionBy().stream().map(expressions::print).collect(Collectors.joining(", ")));
      sql.append(' ');
    }
    if (!window.orderBy().isEmpty()) {
      sql.append("ORDER BY ").append(sortKeys(window)).append(' ');
    }
    Window.Frame frame = window.frame();
    if (frame != null) {
      sql.append(frame.unit()).append(" BETWEEN ").append(bound(window, frame.start()));
      sql.append(" AND ").append(bound(window, frame.end()));
    }
    return sql.toString();
  }

  private String sortKeys(Window window) {
    List<SortKey> keys = window.orderBy();
    if (!countsMonths(window)) {
      return expressions.sortKeys(keys);
    }
    // The engine goes back by months on timestamps of its own only, which count microseconds.
    SortKey key = keys.getFirst();
    String micros = key.expression().type() == Scalar.DATE ? "(%s * 86400000000)" : "(%s // 1000)";
    return "make_timestamp(%s) %s NULLS %s"
        .formatted(
            micros.formatted(expressions.print(key.expression())),
            key.descending() ? "DESC" : "ASC",
            key.nullsFirst() ? "FIRST" : "LAST");
  }

  private static boolean countsMonths(Window window) {
    Window.Frame frame = window.frame();
    return frame != null
        && frame.unit() == Window.Unit.RANGE
        && (isMonths(frame.start()) || isMonths(frame.end()));
  }

  private static boolean isMonths(Window.Bound bound) {
    return bound.distance() != null && bound.distance().type() == Scalar.INTERVAL_YEAR_TO_MONTH;
  }

  private String bound(Window window, Window.Bound bound) {
    String kind = bound.kind().name().replace('_', ' ');
    if (bound.distance() == null) {
      return kind;
    }
    Expression distance = Objects.requireNonNull(bound.distance());
    String sql = checked(distance);
    if (Objects.requireNonNull(window.frame()).unit() == Window.Unit.RANGE) {
      ValueType key = window.orderBy().getFirst().expression().type();
      sql = ofKey(sql, key, distance);
    }
    return sql + " " + kind;
  }

  /** The distance in the unit of the sort key. */
  private static String ofKey(String sql, ValueType key, Expression distance) {
    ValueType type = distance.type();
    boolean time = key == Scalar.TIMESTAMP || key == Scalar.DATE;
    if (type == Scalar.INTERVAL_YEAR_TO_MONTH && time) {
      return "to_months(CAST(" + sql + " AS INTEGER))";
    }
    if (type == Scalar.INTERVAL_DAY_TO_SECOND && key == Scalar.DATE) {
      return "(" + sql + " // " + NANOS_PER_DAY + ")";
    }
    boolean fits =
        switch (key) {
          case Scalar.TIMESTAMP, Scalar.TIME -> type == Scalar.INTERVAL_DAY_TO_SECOND;
          case Scalar.INTERVAL_DAY_TO_SECOND, Scalar.INTERVAL_YEAR_TO_MONTH -> type == key;
          default -> TypeRules.numeric(key) && TypeRules.numeric(type);
        };
    if (!fits) {
      throw new StoreException(
          Kind.BAD_REQUEST,
          "%s: Window frame RANGE value type (%s) not compatible with sort item type (%s)"
              .formatted(distance.position(), TypeRules.text(type), TypeRules.text(key)));
    }
    return sql;
  }

  private String checked(Expression distance) {
    String sql = expressions.print(distance);
    boolean fine =
        switch (distance) {
          case Literal.OfLong literal -> literal.value() >= 0;
          case Literal.OfDouble literal -> literal.value() >= 0;
          default -> false;
        };
    return fine
        ? sql
        : "CASE WHEN %1$s >= 0 THEN %1$s ELSE %2$s END"
            .formatted(
                sql,
                BadValueException.raising(
                    "Window frame offset value must not be negative or null"));
  }
}
