// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Body;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Query;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Knows what may fail for some values, and keeps it away from rows that other conditions rule out.
 * The engine moves a condition to the rows that it reads from, before joins; so {@code host = 'a'
 * AND CAST(text AS bigint) > 1} would fail for the texts of other hosts. A condition that may fail
 * is therefore put behind the others.
 */
final class Fallible {

  /** Functions that give a value for every value. */
  private static final Set<String> SURE =
      Set.of(
          "abs",
          "acos",
          "array_join",
          "asin",
          "atan",
          "atan2",
          "bitwise_and",
          "bitwise_not",
          "bitwise_or",
          "bitwise_xor",
          "cardinality",
          "cbrt",
          "ceil",
          "concat",
          "contains",
          "cos",
          "cosh",
          "date",
          "day",
          "day_of_week",
          "day_of_year",
          "degrees",
          "element_at",
          "exp",
          "floor",
          "format_datetime",
          "greatest",
          "hour",
          "is_finite",
          "is_infinite",
          "is_nan",
          "last_day_of_month",
          "least",
          "length",
          "ln",
          "log",
          "log10",
          "log2",
          "lower",
          "ltrim",
          "millisecond",
          "minute",
          "month",
          "nanosecond",
          "power",
          "quarter",
          "radians",
          "replace",
          "reverse",
          "round",
          "rtrim",
          "second",
          "sign",
          "sin",
          "sqrt",
          "starts_with",
          "substr",
          "tan",
          "tanh",
          "to_iso8601",
          "to_milliseconds",
          "to_nanoseconds",
          "to_unixtime",
          "trim",
          "truncate",
          "upper",
          "week",
          "year",
          "year_of_week");

  /** Functions that give a value for every value if all other arguments are constants. */
  private static final Set<String> SURE_WITH_CONSTANTS =
      Set.of(
          "bin",
          "date_format",
          "date_trunc",
          "lpad",
          "regexp_extract",
          "regexp_extract_all",
          "regexp_like",
          "regexp_split",
          "rpad",
          "split",
          "split_part",
          "strpos",
          "strrpos");

  private final Map<Integer, BitSet> relations = new HashMap<>();
  private final Map<Integer, BitSet> commonTables = new HashMap<>();

  /** Notes which columns of a subquery may fail where they are computed. */
  void relation(int number, Query query) {
    relations.put(number, columns(query));
  }

  void commonTable(int number, Query query) {
    commonTables.put(number, columns(query));
  }

  void use(int relation, int commonTable) {
    relations.put(relation, commonTables.getOrDefault(commonTable, new BitSet()));
  }

  /** The conditions as one; {@code printer} prints each. */
  String all(List<Expression> conditions, Function<Expression, String> printer) {
    List<String> sure = new ArrayList<>();
    List<String> guards = new ArrayList<>();
    List<String> doubtful = new ArrayList<>();
    for (Expression condition : conditions) {
      String sql = printer.apply(condition);
      if (mayFail(condition)) {
        doubtful.add(sql);
      } else {
        sure.add(sql);
        if (!asksElsewhere(condition)) {
          guards.add(sql);
        }
      }
    }
    if (doubtful.isEmpty() || guards.isEmpty()) {
      sure.addAll(doubtful);
      return String.join(" AND ", sure);
    }
    return "%s AND CASE WHEN %s THEN %s ELSE FALSE END"
        .formatted(
            String.join(" AND ", sure),
            String.join(" AND ", guards),
            String.join(" AND ", doubtful));
  }

  private BitSet columns(Query query) {
    BitSet columns = new BitSet();
    if (query.body() instanceof Body.Select select) {
      for (int i = 0; i < select.projections().size(); i++) {
        columns.set(i, mayFail(select.projections().get(i).expression()));
      }
    } else if (query.body() instanceof Query inner) {
      return columns(inner);
    }
    return columns;
  }

  private boolean mayFail(Expression expression) {
    boolean itself =
        switch (expression) {
          case Expression.Column column ->
              relations.getOrDefault(column.relation(), new BitSet()).get(column.index());
          case Expression.Cast cast -> !cast.safe() && narrows(cast.value().type(), cast.type());
          case Expression.Arithmetic arithmetic -> divides(arithmetic);
          case Expression.Call call -> call.window() == null && mayFail(call);
          case Expression.Like like ->
              like.escape() != null && !(like.pattern() instanceof Literal.OfString);
          case Expression.Subscript ignored -> true;
          default -> false;
        };
    if (expression instanceof Expression.Try || asksElsewhere(expression)) {
      return false;
    }
    return itself || expression.children().stream().anyMatch(this::mayFail);
  }

  private static boolean mayFail(Expression.Call call) {
    String name = call.function().name();
    if (call.function().aggregate() || SURE.contains(name)) {
      return false;
    }
    List<Expression> arguments = call.arguments();
    long constants = arguments.stream().filter(Literal.class::isInstance).count();
    return !SURE_WITH_CONSTANTS.contains(name) || constants + 1 < arguments.size();
  }

  private static boolean narrows(ValueType from, ValueType to) {
    if (!(from instanceof Scalar source) || !(to instanceof Scalar target)) {
      return true;
    }
    return switch (target) {
      case VARCHAR -> false;
      case INTEGER -> source != Scalar.BOOLEAN && source != Scalar.UNKNOWN;
      case BIGINT -> source == Scalar.VARCHAR || source == Scalar.DOUBLE;
      default -> source == Scalar.VARCHAR;
    };
  }

  private static boolean divides(Expression.Arithmetic arithmetic) {
    boolean division =
        arithmetic.operator() == Expression.Arithmetic.Operator.DIVIDE
            || arithmetic.operator() == Expression.Arithmetic.Operator.MODULO;
    boolean safe =
        arithmetic.type() == Scalar.DOUBLE
            || (arithmetic.right() instanceof Literal.OfLong literal && literal.value() != 0);
    return division && !safe;
  }

  /** Whether a subquery is in it; such a condition is asked once. */
  private static boolean asksElsewhere(Expression expression) {
    return switch (expression) {
      case Expression.ScalarSubquery ignored -> true;
      case Expression.Exists ignored -> true;
      case Expression.InSubquery ignored -> true;
      case Expression.Quantified ignored -> true;
      default -> expression.children().stream().anyMatch(Fallible::asksElsewhere);
    };
  }
}
