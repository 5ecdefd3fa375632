// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.store.embedded.function.JavaFunction;
import dev.weir.store.embedded.function.QueryCalls;
import java.util.List;

/**
 * Prints TRY. The engine's own TRY goes through a failing chunk row by row, 40 µs each. Where a
 * failure below could only ever make all of it NULL, the Java functions are told to give NULL.
 *
 * <p>The engine also computes equal parts of a statement once, before and so outside of its TRY.
 * What may fail in one is therefore made unlike everything else.
 */
final class Tries {

  private Tries() {}

  static String print(Expression.Try tried, String value) {
    String quiet =
        QueryCalls.unlike(passesNullsOn(tried.value()) ? QueryCalls.quiet(value) : value);
    // What is drawn anew for each row can't be tried by the engine; it does not fail either.
    return isRandom(tried.value()) ? quiet : "TRY(" + quiet + ")";
  }

  /**
   * A whole number that is an operand inside of TRY, so that the operation is unlike others; to be
   * printed before the TRY itself.
   */
  static String operand(Scalar type, String value) {
    String sql = JavaFunction.sql("same", value);
    return type == Scalar.INTEGER ? "CAST(" + sql + " AS INTEGER)" : sql;
  }

  /**
   * Collects what an expression takes from a group or a window, and the columns beside it.
   *
   * @return whether there is any aggregate or window function
   */
  static boolean findFolded(Expression expression, List<Expression> found) {
    boolean folds =
        expression instanceof Expression.Call call && (call.aggregates() || call.window() != null);
    if (folds || expression instanceof Expression.Column) {
      found.add(expression);
      return folds;
    }
    boolean any = false;
    for (Expression child : expression.children()) {
      any |= findFolded(child, found);
    }
    return any;
  }

  /** Whether a NULL anywhere below is a NULL of the whole. */
  private static boolean passesNullsOn(Expression expression) {
    boolean strict =
        switch (expression) {
          case Literal ignored -> true;
          case Expression.Column ignored -> true;
          case Expression.Arithmetic ignored -> true;
          case Expression.Negate ignored -> true;
          case Expression.Cast cast -> !cast.safe();
          case Expression.Comparison comparison ->
              comparison.operator() != Expression.Comparison.Operator.DISTINCT_FROM
                  && comparison.operator() != Expression.Comparison.Operator.NOT_DISTINCT_FROM;
          case Expression.Call call -> isStrict(call);
          default -> false;
        };
    return strict && expression.children().stream().allMatch(Tries::passesNullsOn);
  }

  private static boolean isStrict(Expression.Call call) {
    return switch (call.function().name()) {
      case "regexp_like",
          "regexp_extract",
          "regexp_extract_all",
          "regexp_split",
          "date_parse",
          "parse_datetime",
          "from_iso8601_timestamp",
          "from_iso8601_date",
          "parse_duration",
          "hamming_distance",
          "from_base",
          "to_base" ->
          true;
      default -> false;
    };
  }

  private static boolean isRandom(Expression expression) {
    return (expression instanceof Expression.Call call
            && (call.function().name().equals("random")
                || call.function().name().equals("shuffle")))
        || expression.children().stream().anyMatch(Tries::isRandom);
  }
}
