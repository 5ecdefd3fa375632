// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Spells implicit conversions out: as another literal, or as a cast. */
final class Conversions {

  private Conversions() {}

  /** The expression as a type to which it converts; the caller has checked that it does. */
  static Expression to(Expression expression, ValueType type) {
    if (expression.type().equals(type)) {
      return expression;
    }
    Position position = expression.position();
    return switch (expression) {
      case Literal.OfNull ignored -> new Literal.OfNull(type, position);
      case Literal.OfLong(long value, Scalar from, Position ignored)
          when type == Scalar.BIGINT && from == Scalar.INTEGER ->
          new Literal.OfLong(value, Scalar.BIGINT, position);
      case Literal.OfLong(long value, Scalar from, Position ignored)
          when type == Scalar.DOUBLE && TypeRules.numeric(from) ->
          new Literal.OfDouble(value, position);
      case Literal.OfLong(long value, Scalar from, Position ignored)
          when type == Scalar.TIMESTAMP && from == Scalar.DATE ->
          new Literal.OfLong(TimeText.dayNanos(value, position), Scalar.TIMESTAMP, position);
      case Literal.OfString(String value, Position ignored) when type == Scalar.TIMESTAMP ->
          new Literal.OfLong(TimeText.timestamp(value, position), Scalar.TIMESTAMP, position);
      case Expression.ArrayOf(List<Expression> elements, ValueType.ArrayOf ignored, Position at)
          when type instanceof ValueType.ArrayOf target ->
          new Expression.ArrayOf(
              elements.stream().map(element -> to(element, target.element())).toList(), target, at);
      // Whatever has no type is NULL in every row.
      default ->
          expression.type() == Scalar.UNKNOWN
              ? new Literal.OfNull(type, position)
              : new Expression.Cast(expression, type, false, position);
    };
  }

  /** Gives all the type in which they meet. */
  static List<Expression> align(List<Expression> expressions, String what) {
    ValueType common = expressions.getFirst().type();
    for (Expression expression : expressions) {
      Optional<ValueType> next = TypeRules.common(common, expression.type());
      if (next.isEmpty()) {
        throw SqlErrors.at(
            expression.position(),
            "%s must be the same type or coercible to a common type. Cannot find common type between %s and %s"
                .formatted(what, TypeRules.text(common), TypeRules.text(expression.type())));
      }
      common = next.get();
    }
    List<Expression> aligned = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      aligned.add(to(expression, common));
    }
    return aligned;
  }
}
