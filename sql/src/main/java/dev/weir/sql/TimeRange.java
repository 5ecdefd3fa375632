// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.FunctionTable;
import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Expression.Comparison;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Relation;
import dev.weir.store.TableDescription.ColumnRole;
import java.util.List;

/**
 * A closed interval of nanoseconds since the epoch; empty where {@code from > to}. Rows outside of
 * it can't be in the result, rows inside may or may not.
 */
public record TimeRange(long from, long to) {

  /** Everything. */
  public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

  private static final TimeRange NOTHING = new TimeRange(Long.MAX_VALUE, Long.MIN_VALUE);

  /** Whether nothing can be in it. */
  public boolean isEmpty() {
    return from > to;
  }

  public boolean contains(long nanos) {
    return from <= nanos && nanos <= to;
  }

  /** What both hold. */
  public TimeRange and(TimeRange other) {
    return new TimeRange(Math.max(from, other.from), Math.min(to, other.to));
  }

  /** The smallest interval around both. */
  public TimeRange or(TimeRange other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    return new TimeRange(Math.min(from, other.from), Math.max(to, other.to));
  }

  /**
   * What a SELECT implies for the time of one of its tables: by WHERE, and by the conditions of
   * inner joins. (A condition on {@code time} in WHERE holds for the outer side of a join as well:
   * a row that is filled with NULL does not pass it.)
   */
  public static TimeRange of(Body.Select select, Relation.BaseTable table) {
    TimeRange range = ALL;
    if (select.where() != null) {
      range = implied(select.where(), table);
    }
    return select.from() == null ? range : range.and(joined(select.from(), table));
  }

  /** What a condition implies for the time of a table. */
  public static TimeRange implied(Expression condition, Relation.BaseTable table) {
    return switch (condition) {
      case Expression.Logical(boolean and, List<Expression> terms, var ignored) -> {
        TimeRange range = and ? ALL : NOTHING;
        for (Expression term : terms) {
          TimeRange next = implied(term, table);
          range = and ? range.and(next) : range.or(next);
        }
        yield range;
      }
      case Comparison comparison -> compared(comparison, table);
      case Expression.Between(Expression value, Expression low, Expression high, var ignored) ->
          at(value, low, Comparison.Operator.GREATER_OR_EQUAL, table)
              .and(at(value, high, Comparison.Operator.LESS_OR_EQUAL, table));
      case Expression.In(Expression value, List<Expression> candidates, var ignored) -> {
        TimeRange range = NOTHING;
        for (Expression candidate : candidates) {
          range = range.or(at(value, candidate, Comparison.Operator.EQUAL, table));
        }
        yield range;
      }
      case Literal.OfBoolean(boolean value, var ignored) -> value ? ALL : NOTHING;
      default -> ALL;
    };
  }

  /** Whether a condition says nothing but that the time is in the range that it implies. */
  static boolean exact(Expression condition, Relation.BaseTable table) {
    return switch (condition) {
      case Comparison comparison ->
          ordering(comparison.operator())
              && ((isTime(comparison.left(), table) && constant(comparison.right()))
                  || (isTime(comparison.right(), table) && constant(comparison.left())));
      case Expression.Between between ->
          isTime(between.value(), table) && constant(between.low()) && constant(between.high());
      default -> false;
    };
  }

  private static TimeRange joined(Relation relation, Relation.BaseTable table) {
    if (!(relation instanceof Relation.Join join)) {
      return ALL;
    }
    return switch (join.kind()) {
      case INNER, CROSS -> {
        TimeRange range = joined(join.left(), table).and(joined(join.right(), table));
        yield join.condition() == null ? range : range.and(implied(join.condition(), table));
      }
      case LEFT, RIGHT, FULL -> ALL;
    };
  }

  private static TimeRange compared(Comparison comparison, Relation.BaseTable table) {
    Comparison.Operator operator = comparison.operator();
    return at(comparison.left(), comparison.right(), operator, table)
        .and(at(comparison.right(), comparison.left(), mirrored(operator), table));
  }

  private static TimeRange at(
      Expression value, Expression bound, Comparison.Operator operator, Relation.BaseTable table) {
    if (bound instanceof Literal.OfNull) {
      return isTime(value, table) && ordering(operator) ? NOTHING : ALL;
    }
    if (!(bound instanceof Literal.OfLong literal) || literal.type() != Scalar.TIMESTAMP) {
      return ALL;
    }
    long nanos = literal.value();
    if (isTime(value, table)) {
      return bounded(operator, nanos);
    }
    // bin(time, w) <= time < bin(time, w) + w
    if (value instanceof Expression.Call call
        && call.function() == Bin.FUNCTION
        && isTime(call.arguments().getFirst(), table)
        && call.arguments().get(1) instanceof Literal.OfLong(long width, var type, var ignored)
        && width > 0) {
      TimeRange bins = bounded(operator, nanos);
      long last = bins.to > Long.MAX_VALUE - width ? Long.MAX_VALUE : bins.to + width - 1;
      return bins.isEmpty() ? NOTHING : new TimeRange(bins.from, last);
    }
    return ALL;
  }

  private static TimeRange bounded(Comparison.Operator operator, long nanos) {
    return switch (operator) {
      case EQUAL, NOT_DISTINCT_FROM -> new TimeRange(nanos, nanos);
      case LESS -> nanos == Long.MIN_VALUE ? NOTHING : new TimeRange(Long.MIN_VALUE, nanos - 1);
      case LESS_OR_EQUAL -> new TimeRange(Long.MIN_VALUE, nanos);
      case GREATER -> nanos == Long.MAX_VALUE ? NOTHING : new TimeRange(nanos + 1, Long.MAX_VALUE);
      case GREATER_OR_EQUAL -> new TimeRange(nanos, Long.MAX_VALUE);
      case NOT_EQUAL, DISTINCT_FROM -> ALL;
    };
  }

  private static boolean ordering(Comparison.Operator operator) {
    return switch (operator) {
      case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
      case NOT_EQUAL, DISTINCT_FROM, NOT_DISTINCT_FROM -> false;
    };
  }

  private static Comparison.Operator mirrored(Comparison.Operator operator) {
    return switch (operator) {
      case LESS -> Comparison.Operator.GREATER;
      case LESS_OR_EQUAL -> Comparison.Operator.GREATER_OR_EQUAL;
      case GREATER -> Comparison.Operator.LESS;
      case GREATER_OR_EQUAL -> Comparison.Operator.LESS_OR_EQUAL;
      default -> operator;
    };
  }

  private static boolean constant(Expression expression) {
    return expression instanceof Literal.OfLong literal && literal.type() == Scalar.TIMESTAMP;
  }

  private static boolean isTime(Expression expression, Relation.BaseTable table) {
    return expression instanceof Expression.Column column
        && column.relation() == table.number()
        && table.table().columns().get(column.index()).role() == ColumnRole.TIMESTAMP;
  }

  /** Found once, so that a call is recognised without comparing names. */
  private static final class Bin {
    private static final FunctionTable.Function FUNCTION =
        FunctionTable.standard().find("bin").orElseThrow();
  }
}
