// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.sql.tree.Body.Grouping;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Relation;
import dev.weir.sql.tree.Trees;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of grouped queries: a column that is no key may only occur inside an aggregate. */
final class Aggregation {

  /** The function that tells which keys a row is grouped by. */
  static final String GROUPING = "grouping";

  private final Set<Expression> keys;
  private final Set<Integer> own;

  Aggregation(Grouping grouping, @Nullable Relation from) {
    this.keys = new HashSet<>(grouping.keys());
    this.own = from == null ? Set.of() : Trees.numbers(from);
  }

  /** Whether the expression has an aggregate of its own query in it. */
  static boolean in(Expression expression) {
    if (expression instanceof Expression.Call call && (call.aggregates() || grouping(call))) {
      return true;
    }
    return expression.children().stream().anyMatch(Aggregation::in);
  }

  static void forbid(Expression expression, String clause) {
    forbid(expression, clause, true);
  }

  static void forbidWindows(Expression expression, String clause) {
    forbid(expression, clause, false);
  }

  private static void forbid(Expression expression, String clause, boolean aggregatesToo) {
    if (expression instanceof Expression.Call call
        && (call.window() != null || (aggregatesToo && (call.aggregates() || grouping(call))))) {
      throw SqlErrors.at(
          call.position(),
          "%s cannot contain aggregations, window functions or grouping operations: [%s]"
              .formatted(clause, call.function().name()));
    }
    for (Expression child : expression.children()) {
      forbid(child, clause, aggregatesToo);
    }
  }

  void check(Expression expression) {
    if (keys.contains(expression)) {
      return;
    }
    switch (expression) {
      case Literal ignored -> {}
      case Expression.Call call when call.aggregates() -> {
        call.children().forEach(child -> forbid(child, "an aggregate"));
        constantsOf(call).forEach(this::check);
      }
      case Expression.Column column when own.contains(column.relation()) ->
          throw SqlErrors.at(
              column.position(),
              "'%s' must be an aggregate expression or appear in GROUP BY clause"
                  .formatted(column.name()));
      default -> expression.children().forEach(this::check);
    }
    Trees.query(expression).ifPresent(query -> Trees.eachExpression(query, this::checkInner));
  }

  /** Arguments that are the same for all rows of a group: which percentiles, how exact. */
  private static List<Expression> constantsOf(Expression.Call call) {
    int count = call.arguments().size();
    return call.function().name().equals("approx_percentile")
        ? call.arguments().subList(count == 2 ? 1 : 2, count)
        : List.of();
  }

  private static boolean grouping(Expression.Call call) {
    return call.function().name().equals(GROUPING);
  }

  /** Inside a subquery, columns of the grouped query must be keys too. */
  private void checkInner(Expression expression) {
    if (expression instanceof Expression.Column column
        && own.contains(column.relation())
        && !keys.contains(column)) {
      check(column);
    }
  }
}
