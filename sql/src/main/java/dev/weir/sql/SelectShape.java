// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Relation;
import dev.weir.sql.tree.Trees;
import dev.weir.store.TableDescription.ColumnRole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a SELECT over one stored table looks to an engine that keeps series and samples apart: which
 * conditions choose series, which choose times, and what is left.
 *
 * @param seriesConditions conjuncts of WHERE over dimensions and {@code measure_name} alone
 * @param time what all conjuncts together imply for {@code time}
 * @param timeConditions conjuncts that say nothing but that the time is in {@code time}: an engine
 *     that applies the range may drop them
 * @param otherConditions conjuncts that have to be tested row by row
 * @param groupsBySeries whether a group is exactly one series: the keys are series columns only,
 *     and all of them, where a column that a conjunct holds to one value need not be a key
 */
public record SelectShape(
    Relation.BaseTable table,
    List<Expression> seriesConditions,
    TimeRange time,
    List<Expression> timeConditions,
    List<Expression> otherConditions,
    boolean groupsBySeries) {

  public SelectShape {
    seriesConditions = List.copyOf(seriesConditions);
    timeConditions = List.copyOf(timeConditions);
    otherConditions = List.copyOf(otherConditions);
  }

  /** The shape of a SELECT, or empty where it does not read from just one stored table. */
  public static Optional<SelectShape> of(Body.Select select) {
    if (!(select.from() instanceof Relation.BaseTable table)) {
      return Optional.empty();
    }
    List<Expression> series = new ArrayList<>();
    List<Expression> times = new ArrayList<>();
    List<Expression> others = new ArrayList<>();
    for (Expression conjunct : conjuncts(select)) {
      if (TimeRange.exact(conjunct, table)) {
        times.add(conjunct);
      } else if (concernsSeries(conjunct, table)) {
        series.add(conjunct);
      } else {
        others.add(conjunct);
      }
    }
    return Optional.of(
        new SelectShape(
            table,
            series,
            TimeRange.of(select, table),
            times,
            others,
            groupsBySeries(select, series, table)));
  }

  /** The terms of WHERE that must all hold; none where there is no WHERE. */
  public static List<Expression> conjuncts(Body.Select select) {
    return switch (select.where()) {
      case null -> List.of();
      case Expression.Logical logical when logical.and() -> logical.terms();
      case Expression other -> List.of(other);
    };
  }

  /** Whether only columns of the series occur, and no row could change the outcome. */
  private static boolean concernsSeries(Expression expression, Relation.BaseTable table) {
    boolean here =
        switch (expression) {
          case Expression.Column column ->
              column.relation() == table.number() && isSeriesColumn(column, table);
          case Expression.Call call -> !call.function().name().equals("random");
          default -> Trees.query(expression).isEmpty();
        };
    if (!here) {
      return false;
    }
    for (Expression child : expression.children()) {
      if (!concernsSeries(child, table)) {
        return false;
      }
    }
    return true;
  }

  private static boolean groupsBySeries(
      Body.Select select, List<Expression> seriesConditions, Relation.BaseTable table) {
    if (select.grouping() == null || !select.grouping().simple()) {
      return false;
    }
    Set<Integer> known = new HashSet<>();
    for (Expression key : select.grouping().keys()) {
      if (!(key instanceof Expression.Column column)
          || column.relation() != table.number()
          || !isSeriesColumn(column, table)) {
        return false;
      }
      known.add(column.index());
    }
    for (Expression condition : seriesConditions) {
      pinned(condition).ifPresent(column -> known.add(column.index()));
    }
    for (int i = 0; i < table.table().columns().size(); i++) {
      if (isSeriesRole(table.table().columns().get(i).role()) && !known.contains(i)) {
        return false;
      }
    }
    return true;
  }

  /** The column that a condition holds to one value. */
  private static Optional<Expression.Column> pinned(Expression condition) {
    return switch (condition) {
      case Expression.Comparison comparison
          when comparison.operator() == Expression.Comparison.Operator.EQUAL
              && comparison.left() instanceof Expression.Column column
              && comparison.right() instanceof Literal ->
          Optional.of(column);
      case Expression.IsNull isNull when isNull.value() instanceof Expression.Column column ->
          Optional.of(column);
      default -> Optional.empty();
    };
  }

  private static boolean isSeriesColumn(Expression.Column column, Relation.BaseTable table) {
    return isSeriesRole(table.table().columns().get(column.index()).role());
  }

  private static boolean isSeriesRole(ColumnRole role) {
    return role == ColumnRole.DIMENSION || role == ColumnRole.MEASURE_NAME;
  }
}
