// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Expression.Arithmetic;
import dev.weir.sql.tree.Expression.Comparison;
import dev.weir.sql.tree.Literal;
import dev.weir.store.embedded.function.JavaFunction;

/**
 * Operators over numbers and times. The engine adds and compares as Trino does, but for times,
 * whose range it does not know, and for NaN, which it takes for a number above all others.
 */
final class ArithmeticPrinter {

  private ArithmeticPrinter() {}

  static String print(Arithmetic arithmetic, String left, String right) {
    ValueType type = arithmetic.type();
    ValueType by = arithmetic.right().type();
    boolean minus = arithmetic.operator() == Arithmetic.Operator.SUBTRACT;
    if (by == Scalar.INTERVAL_YEAR_TO_MONTH && type != by) {
      String function = type == Scalar.DATE ? "date_plus_months" : "timestamp_plus_months";
      return JavaFunction.sql(function, left, signed(right, minus));
    }
    if (type == Scalar.TIMESTAMP) {
      return JavaFunction.sql(minus ? "timestamp_minus" : "timestamp_plus", left, right);
    }
    if (type == Scalar.DATE || type == Scalar.TIME) {
      return JavaFunction.sql(
          type == Scalar.DATE ? "date_plus" : "time_plus", left, signed(right, minus));
    }
    boolean interval =
        type == Scalar.INTERVAL_DAY_TO_SECOND || type == Scalar.INTERVAL_YEAR_TO_MONTH;
    if (interval && arithmetic.operator() == Arithmetic.Operator.DIVIDE) {
      return JavaFunction.sql("interval_divided", left, right);
    }
    if (interval && arithmetic.operator() == Arithmetic.Operator.MULTIPLY && by == Scalar.DOUBLE) {
      return JavaFunction.sql("interval_times", left, right);
    }
    if (arithmetic.operator() == Arithmetic.Operator.MODULO) {
      return modulo(type, arithmetic.right(), left, right);
    }
    // With one slash the engine divides integers as doubles.
    boolean whole = arithmetic.operator() == Arithmetic.Operator.DIVIDE && type != Scalar.DOUBLE;
    return "(" + left + " " + (whole ? "//" : arithmetic.operator().symbol()) + " " + right + ")";
  }

  /** The engine fails for the rest of the least number by minus one. */
  static String modulo(ValueType type, Expression divisor, String left, String right) {
    boolean known = divisor instanceof Literal.OfLong literal && literal.value() != -1;
    if (known || type == Scalar.DOUBLE) {
      return "(" + left + " % " + right + ")";
    }
    String sql = JavaFunction.sql("modulo", left, right);
    return type == Scalar.INTEGER ? "CAST(" + sql + " AS INTEGER)" : sql;
  }

  private static String signed(String amount, boolean minus) {
    return minus ? "(- " + amount + ")" : amount;
  }

  static String print(Comparison comparison, String left, String right) {
    Comparison.Operator operator = comparison.operator();
    boolean ordered =
        operator != Comparison.Operator.DISTINCT_FROM
            && operator != Comparison.Operator.NOT_DISTINCT_FROM;
    if (comparison.left().type() != Scalar.DOUBLE || !ordered) {
      return "(" + left + " " + operator.symbol() + " " + right + ")";
    }
    boolean plain = isPlain(comparison.left()) && isPlain(comparison.right());
    return plain
        ? plain(comparison, left, right)
        : switch (operator) {
          case EQUAL -> JavaFunction.sql("equal", left, right);
          case NOT_EQUAL -> JavaFunction.sql("not_equal", left, right);
          case LESS -> JavaFunction.sql("less", left, right);
          case LESS_OR_EQUAL -> JavaFunction.sql("less_or_equal", left, right);
          case GREATER -> JavaFunction.sql("less", right, left);
          case GREATER_OR_EQUAL -> JavaFunction.sql("less_or_equal", right, left);
          case DISTINCT_FROM, NOT_DISTINCT_FROM -> throw new IllegalArgumentException();
        };
  }

  /** Two columns, or a column and a number: left to the engine, which skips rows by such. */
  private static String plain(Comparison comparison, String left, String right) {
    String sql = "(" + left + " " + comparison.operator().symbol() + " " + right + ")";
    boolean literal = comparison.left() instanceof Literal || comparison.right() instanceof Literal;
    return switch (comparison.operator()) {
      case EQUAL -> literal ? sql : "(" + sql + " AND NOT isnan(" + left + "))";
      case NOT_EQUAL -> literal ? sql : "(" + sql + " OR isnan(" + left + "))";
      case GREATER, GREATER_OR_EQUAL -> "(" + sql + " AND NOT isnan(" + left + "))";
      case LESS, LESS_OR_EQUAL -> "(" + sql + " AND NOT isnan(" + right + "))";
      case DISTINCT_FROM, NOT_DISTINCT_FROM -> sql;
    };
  }

  private static boolean isPlain(Expression expression) {
    return expression instanceof Expression.Column
        || expression instanceof Literal.OfDouble
        || expression instanceof Literal.OfNull;
  }
}
