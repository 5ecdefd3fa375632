// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.FunctionTable;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Expression.Comparison;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Relation;
import dev.weir.store.TableDescription.ColumnRole;
import java.util.List;
import java.util.Optional;

/**
 * A closed interval of nanoseconds since the epoch; empty where the first is after the last. Rows
 * outside of it can't be in the result, rows inside may or may not.
 */
public record TimeRange(long fromNanos, long toNanos) {

  /** Everything. */
  public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

  private static final TimeRange NOTHING = new TimeRange(Long.MAX_VALUE, Long.MIN_VALUE);

  /** Whether nothing can be in it. */
  public boolean isEmpty() {
    return fromNanos > toNanos;
  }

  public boolean contains(long nanos) {
    return fromNanos <= nanos && nanos <= toNanos;
  }

  /** What both hold. */
  public TimeRange and(TimeRange other) {
    return new TimeRange(Math.max(fromNanos, other.fromNanos), Math.min(toNanos, other.toNanos));
  }

  /** The smallest interval around both. */
  public TimeRange or(TimeRange other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    return new TimeRange(Math.min(fromNanos, other.fromNanos), Math.max(toNanos, other.toNanos));
  }

  /** What conditions imply for the time of a table if all of them hold. */
  public static TimeRange impliedByAll(List<Expression> conditions, Relation.BaseTable table) {
    TimeRange range = ALL;
    for (Expression condition : conditions) {
      range = range.and(implied(condition, table));
    }
    return range;
  }

  /**
   * What a condition implies, if that is all that it says: it holds for a row if and only if the
   * time of the row is in the range. Empty for any other condition.
   */
  public static Optional<TimeRange> exactly(Expression condition, Relation.BaseTable table) {
    return exact(condition, table) ? Optional.of(implied(condition, table)) : Optional.empty();
  }

  /**
   * What a condition implies for the time of a table. (It holds for the outer side of a join as
   * well when it stands in WHERE: a row that is filled with NULL does not pass it.)
   */
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

  private static boolean exact(Expression condition, Relation.BaseTable table) {
    return switch (condition) {
      case Comparison comparison ->
          bounds(comparison.operator())
              && ((isTime(comparison.left(), table) && constant(comparison.right()))
                  || (isTime(comparison.right(), table) && constant(comparison.left())));
      case Expression.Between between ->
          isTime(between.value(), table) && constant(between.low()) && constant(between.high());
      default -> false;
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
      return isTime(value, table) && operator != Comparison.Operator.DISTINCT_FROM ? NOTHING : ALL;
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
      long last = bins.toNanos > Long.MAX_VALUE - width ? Long.MAX_VALUE : bins.toNanos + width - 1;
      return bins.isEmpty() ? NOTHING : new TimeRange(bins.fromNanos, last);
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

  private static boolean bounds(Comparison.Operator operator) {
    return switch (operator) {
      case EQUAL, NOT_DISTINCT_FROM, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
      case NOT_EQUAL, DISTINCT_FROM -> false;
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
