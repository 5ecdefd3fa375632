// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Expression.Arithmetic;
import dev.weir.sql.tree.Expression.Arithmetic.Operator;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Position;
import io.trino.sql.tree.ArithmeticBinaryExpression;
import io.trino.sql.tree.ArithmeticUnaryExpression;
import org.jspecify.annotations.Nullable;

/** Types {@code + - * / %} over numbers, times and intervals. */
final class ArithmeticAnalyzer {

  private ArithmeticAnalyzer() {}

  static Expression binary(ArithmeticBinaryExpression node, Expression left, Expression right) {
    Position at = SqlErrors.position(node);
    Operator operator =
        switch (node.getOperator()) {
          case ADD -> Operator.ADD;
          case SUBTRACT -> Operator.SUBTRACT;
          case MULTIPLY -> Operator.MULTIPLY;
          case DIVIDE -> Operator.DIVIDE;
          case MODULO -> Operator.MODULO;
        };
    if (TypeRules.numeric(left.type()) || TypeRules.numeric(right.type())) {
      ValueType number = number(left.type(), right.type());
      if (number != null) {
        return new Arithmetic(
            operator, Conversions.to(left, number), Conversions.to(right, number), number, at);
      }
    }
    Expression timed = timed(operator, left, right, at);
    if (timed == null) {
      throw SqlErrors.at(
          at,
          "Cannot apply operator: %s %s %s"
              .formatted(
                  TypeRules.text(left.type()), operator.symbol(), TypeRules.text(right.type())));
    }
    return timed instanceof Arithmetic arithmetic ? Constants.fold(arithmetic) : timed;
  }

  static Expression unary(ArithmeticUnaryExpression node, Expression value) {
    Position at = SqlErrors.position(node);
    boolean number = TypeRules.numeric(value.type());
    if (!number && !Constants.interval(value.type()) && value.type() != Scalar.UNKNOWN) {
      throw SqlErrors.at(
          at,
          "Cannot apply operator: %s%s"
              .formatted(
                  node.getSign() == ArithmeticUnaryExpression.Sign.MINUS ? "-" : "+",
                  TypeRules.text(value.type())));
    }
    if (node.getSign() == ArithmeticUnaryExpression.Sign.PLUS) {
      return value;
    }
    return switch (value) {
      case Literal.OfLong(long amount, Scalar type, var ignored) when amount != Long.MIN_VALUE ->
          new Literal.OfLong(-amount, type, at);
      case Literal.OfDouble(double amount, var ignored) -> new Literal.OfDouble(-amount, at);
      default -> new Expression.Negate(value, at);
    };
  }

  private static @Nullable ValueType number(ValueType left, ValueType right) {
    ValueType known = left == Scalar.UNKNOWN ? right : left;
    ValueType other = right == Scalar.UNKNOWN ? known : right;
    if (!TypeRules.numeric(known) || !TypeRules.numeric(other)) {
      return null;
    }
    return TypeRules.common(known, other).orElse(null);
  }

  private static @Nullable Expression timed(
      Operator operator, Expression left, Expression right, Position at) {
    boolean intervalLeft = Constants.interval(left.type());
    boolean intervalRight = Constants.interval(right.type());
    return switch (operator) {
      case ADD -> {
        if (intervalLeft && intervalRight) {
          yield sameKind(operator, left, right, at);
        }
        if (intervalRight) {
          yield moved(operator, left, right, at);
        }
        // The time stands left, so that a printer has one form to know.
        yield intervalLeft ? moved(operator, right, left, at) : null;
      }
      case SUBTRACT -> {
        if (intervalLeft && intervalRight) {
          yield sameKind(operator, left, right, at);
        }
        yield intervalRight ? moved(operator, left, right, at) : difference(left, right, at);
      }
      case MULTIPLY -> {
        if (intervalLeft && TypeRules.numeric(right.type())) {
          yield new Arithmetic(operator, left, right, left.type(), at);
        }
        yield intervalRight && TypeRules.numeric(left.type())
            ? new Arithmetic(operator, right, left, right.type(), at)
            : null;
      }
      case DIVIDE ->
          intervalLeft && TypeRules.numeric(right.type())
              ? new Arithmetic(operator, left, right, left.type(), at)
              : null;
      case MODULO -> null;
    };
  }

  private static @Nullable Expression sameKind(
      Operator operator, Expression left, Expression right, Position at) {
    return left.type() == right.type()
        ? new Arithmetic(operator, left, right, left.type(), at)
        : null;
  }

  private static @Nullable Expression moved(
      Operator operator, Expression point, Expression by, Position at) {
    Expression time =
        point.type() == Scalar.VARCHAR ? Conversions.to(point, Scalar.TIMESTAMP) : point;
    boolean fits =
        time.type() == Scalar.TIMESTAMP
            || time.type() == Scalar.DATE
            || time.type() == Scalar.UNKNOWN
            || (time.type() == Scalar.TIME && by.type() == Scalar.INTERVAL_DAY_TO_SECOND);
    return fits ? new Arithmetic(operator, time, by, time.type(), at) : null;
  }

  private static @Nullable Expression difference(Expression left, Expression right, Position at) {
    boolean timestamp =
        left.type() == Scalar.TIMESTAMP
            || right.type() == Scalar.TIMESTAMP
            || (left.type() == Scalar.DATE && right.type() == Scalar.DATE);
    if (!timestamp
        || TypeRules.conversionCost(left.type(), Scalar.TIMESTAMP) < 0
        || TypeRules.conversionCost(right.type(), Scalar.TIMESTAMP) < 0) {
      return null;
    }
    return new Arithmetic(
        Operator.SUBTRACT,
        Conversions.to(left, Scalar.TIMESTAMP),
        Conversions.to(right, Scalar.TIMESTAMP),
        Scalar.INTERVAL_DAY_TO_SECOND,
        at);
  }
}
