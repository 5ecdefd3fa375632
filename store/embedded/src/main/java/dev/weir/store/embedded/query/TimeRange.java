// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Relation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Times from the first to the last nanosecond, both inclusive. Empty when from is after to. */
public record TimeRange(long fromNanos, long toNanos) {

  static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

  private static final TimeRange NOTHING = new TimeRange(Long.MAX_VALUE, Long.MIN_VALUE);

  TimeRange and(TimeRange other) {
    return new TimeRange(Math.max(fromNanos, other.fromNanos), Math.min(toNanos, other.toNanos));
  }

  boolean isEmpty() {
    return fromNanos > toNanos;
  }

  /**
   * What a condition says about the time column, or null when it says something else. Exact: the
   * condition holds for a time if and only if the time is in the range.
   */
  static @Nullable TimeRange of(Expression condition, int relation, int timeColumn) {
    return switch (condition) {
      case Expression.Between between when isTime(between.value(), relation, timeColumn) -> {
        Long low = nanos(between.low());
        Long high = nanos(between.high());
        yield low == null || high == null ? null : new TimeRange(low, high);
      }
      case Expression.Comparison comparison ->
          isTime(comparison.left(), relation, timeColumn)
              ? compare(comparison.operator(), nanos(comparison.right()))
              : isTime(comparison.right(), relation, timeColumn)
                  ? compare(mirrored(comparison.operator()), nanos(comparison.left()))
                  : null;
      default -> null;
    };
  }

  /**
   * The range that a list of conditions, all of which must hold, allows: no row outside of it can
   * fit, a row inside may not.
   */
  static TimeRange ofAll(List<Expression> conditions, Relation.BaseTable table) {
    TimeRange range = ALL;
    for (Expression condition : conditions) {
      dev.weir.sql.TimeRange implied = dev.weir.sql.TimeRange.implied(condition, table);
      range = range.and(new TimeRange(implied.from(), implied.to()));
    }
    return range;
  }

  private static @Nullable TimeRange compare(
      Expression.Comparison.Operator operator, @Nullable Long bound) {
    if (bound == null) {
      return null;
    }
    return switch (operator) {
      case EQUAL, NOT_DISTINCT_FROM -> new TimeRange(bound, bound);
      case GREATER -> bound == Long.MAX_VALUE ? NOTHING : new TimeRange(bound + 1, Long.MAX_VALUE);
      case GREATER_OR_EQUAL -> new TimeRange(bound, Long.MAX_VALUE);
      case LESS -> bound == Long.MIN_VALUE ? NOTHING : new TimeRange(Long.MIN_VALUE, bound - 1);
      case LESS_OR_EQUAL -> new TimeRange(Long.MIN_VALUE, bound);
      case NOT_EQUAL, DISTINCT_FROM -> null;
    };
  }

  private static Expression.Comparison.Operator mirrored(Expression.Comparison.Operator operator) {
    return switch (operator) {
      case GREATER -> Expression.Comparison.Operator.LESS;
      case GREATER_OR_EQUAL -> Expression.Comparison.Operator.LESS_OR_EQUAL;
      case LESS -> Expression.Comparison.Operator.GREATER;
      case LESS_OR_EQUAL -> Expression.Comparison.Operator.GREATER_OR_EQUAL;
      case EQUAL, NOT_EQUAL, DISTINCT_FROM, NOT_DISTINCT_FROM -> operator;
    };
  }

  private static boolean isTime(Expression expression, int relation, int timeColumn) {
    return expression instanceof Expression.Column column
        && column.relation() == relation
        && column.index() == timeColumn;
  }

  /** A constant time; the analyzer has folded what can be folded. */
  private static @Nullable Long nanos(Expression expression) {
    if (expression instanceof Literal.OfLong literal && literal.type() == Scalar.TIMESTAMP) {
      return literal.value();
    }
    if (expression instanceof Expression.Call call
        && call.function().name().equals("from_milliseconds")
        && call.arguments().getFirst() instanceof Literal.OfLong millis
        && Math.abs(millis.value()) <= Long.MAX_VALUE / 1_000_000) {
      return millis.value() * 1_000_000;
    }
    return null;
  }
}
