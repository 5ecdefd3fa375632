// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.function.BadValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates and window functions. A call is printed together with its FILTER and OVER, since some
 * of Trino's are made of several of the engine's. NaN counts as the smallest number in {@code max}
 * and as the largest in {@code min}, as Trino has it.
 */
final class AggregatePrinter {

  /** Values at most that {@code max(x, n)} and {@code max_by(x, y, n)} keep, as in Trino. */
  private static final int KEPT_MAX = 10_000;

  /** Bounds of the standard error that {@code approx_distinct} takes, as in Trino. */
  private static final double ERROR_MIN = 0.0040625;

  private static final double ERROR_MAX = 0.26;

  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          Map.entry("arbitrary", "any_value"),
          Map.entry("array_agg", "list"),
          Map.entry("bitwise_and_agg", "bit_and"),
          Map.entry("bitwise_or_agg", "bit_or"));

  private final Expression.Call call;
  private final List<String> arguments;
  private final String orderBy;
  private final @Nullable String filter;
  private final String over;

  private AggregatePrinter(
      Expression.Call call,
      List<String> arguments,
      String orderBy,
      @Nullable String filter,
      String over) {
    this.call = call;
    this.arguments = arguments;
    this.orderBy = orderBy;
    this.filter = filter;
    this.over = over;
  }

  /**
   * The call.
   *
   * @param orderBy with its keyword, or empty
   * @param filter the condition, or null
   * @param over with its keyword and parentheses, or empty
   */
  static String print(
      Expression.Call call,
      List<String> arguments,
      String orderBy,
      @Nullable String filter,
      String over) {
    return new AggregatePrinter(call, arguments, orderBy, filter, over).print();
  }

  private String print() {
    String name = call.function().name();
    return switch (name) {
      case "count" -> plain("count", arguments.isEmpty() ? List.of("*") : arguments);
      case "count_if" -> plain("count", List.of("CASE WHEN " + arguments.get(0) + " THEN 1 END"));
      case "avg" -> average();
      case "max" -> arguments.size() == 2 ? kept("second argument of max_n/min_n") : max();
      case "min" -> arguments.size() == 2 ? kept("second argument of max_n/min_n") : plain("min");
      case "max_by" -> by("arg_max");
      case "min_by" -> by("arg_min");
      case "geometric_mean" -> geometricMean();
      // Without a spread there is no correlation and no slope: NULL rather than NaN.
      case "corr", "regr_slope", "regr_intercept" -> "nullif(" + plain(name) + ", 'NaN'::DOUBLE)";
      case "skewness" -> skewness();
      case "kurtosis" -> unlessConstant(plain("kurtosis"), 4);
      case "approx_distinct" -> approximateDistinct();
      case "approx_percentile" -> new PercentilePrinter(call, arguments, this::tail).print();
      case "create_time_series" -> timeSeries();
      case "ntile" -> checked(0, "Buckets must be greater than 0");
      case "nth_value" -> checked(1, "Offset must be at least 1");
      case "lag", "lead" ->
          arguments.size() == 1 ? plain(name) : notNegative("Offset must be at least 0");
      default -> plain(RENAMED.getOrDefault(name, name));
    };
  }

  private String plain(String function) {
    return plain(function, arguments);
  }

  private String plain(String function, List<String> values) {
    return "%s(%s%s%s%s)%s"
        .formatted(
            function,
            call.distinct() ? "DISTINCT " : "",
            String.join(", ", values),
            orderBy,
            call.ignoreNulls() ? " IGNORE NULLS" : "",
            tail(null));
  }

  /** FILTER and OVER; the condition is asked beside that of the call. */
  private String tail(@Nullable String condition) {
    StringBuilder sql = new StringBuilder();
    if (filter != null || condition != null) {
      sql.append(" FILTER (WHERE ").append(filter == null ? "TRUE" : filter);
      sql.append(condition == null ? "" : " AND " + condition).append(')');
    }
    return sql.append(over).toString();
  }

  private String average() {
    boolean number = call.type() == Scalar.DOUBLE;
    return number ? plain("avg") : "round(" + plain("avg") + ")";
  }

  private String max() {
    if (call.type() != Scalar.DOUBLE) {
      return plain("max");
    }
    String number = "CASE WHEN %1$s <> 'NaN'::DOUBLE THEN %1$s END".formatted(arguments.get(0));
    return "coalesce(" + plain("max", List.of(number)) + ", " + plain("max") + ")";
  }

  private String kept(String what) {
    return plain(call.function().name(), List.of(arguments.get(0), keptCount(1, what)));
  }

  /** NULL is a value that may come out, but never the one that is compared. */
  private String by(String function) {
    String key = arguments.get(1);
    if (call.arguments().get(1).type() == Scalar.DOUBLE && function.equals("arg_max")) {
      key = "CASE WHEN %1$s = 'NaN'::DOUBLE THEN '-Infinity'::DOUBLE ELSE %1$s END".formatted(key);
    }
    if (arguments.size() == 2) {
      return plain(function + "_null", List.of(arguments.get(0), key));
    }
    return "%s_nulls_last(%s, %s, %s)%s"
        .formatted(
            function,
            arguments.get(0),
            key,
            keptCount(2, "third argument of max_by/min_by"),
            tail("(" + arguments.get(1) + ") IS NOT NULL"));
  }

  private String keptCount(int index, String what) {
    return "CASE WHEN %1$s > %2$d THEN %3$s WHEN %1$s <= 0 THEN %4$s ELSE %1$s END"
        .formatted(
            arguments.get(index),
            KEPT_MAX,
            BadValueException.raising(
                what + " must be less than or equal to " + KEPT_MAX + "; found ",
                arguments.get(index)),
            BadValueException.raising(what + " must be a positive integer"));
  }

  private String geometricMean() {
    // The engine's logarithm refuses what is not positive.
    String logarithm =
        ("CASE WHEN %1$s > 0 THEN ln(%1$s) WHEN %1$s = 0 THEN '-Infinity'::DOUBLE"
                + " WHEN %1$s IS NULL THEN NULL ELSE 'NaN'::DOUBLE END")
            .formatted(arguments.get(0));
    return "exp(" + plain("avg", List.of(logarithm)) + ")";
  }

  /** The engine corrects for the size of the sample, Trino does not. */
  private String skewness() {
    String count = plain("count");
    return unlessConstant(
        "%s * (%s - 2) / sqrt((%s * (%s - 1))::DOUBLE)"
            .formatted(plain("skewness"), count, count, count),
        3);
  }

  /** NaN where all values are the same, NULL where there are too few. */
  private String unlessConstant(String moment, int least) {
    return "CASE WHEN %s >= %d THEN coalesce(%s, 'NaN'::DOUBLE) END"
        .formatted(plain("count"), least, moment);
  }

  /** Counted exactly: the same answer each time, and no sketch is small and exact at once. */
  private String approximateDistinct() {
    if (arguments.size() == 2
        && call.arguments().get(1) instanceof Literal.OfDouble error
        && !(error.value() >= ERROR_MIN && error.value() <= ERROR_MAX)) {
      throw new StoreException(
          Kind.BAD_REQUEST,
          "Standard error must be in [%s, %s]: %s".formatted(ERROR_MIN, ERROR_MAX, error.value()));
    }
    return "count(DISTINCT " + arguments.get(0) + ")" + tail(null);
  }

  /** Rows without a time or a value are left out; two values at one time are an error. */
  private String timeSeries() {
    String rows =
        "list({'f0': %1$s, 'f1': %2$s} ORDER BY %1$s)%3$s"
            .formatted(
                arguments.get(0),
                arguments.get(1),
                tail(
                    "(%s) IS NOT NULL AND (%s) IS NOT NULL"
                        .formatted(arguments.get(0), arguments.get(1))));
    return SeriesFunctions.distinctTimes(rows);
  }

  private String checked(int index, String message) {
    return argumentChecked(index, "<= 0", message);
  }

  private String notNegative(String message) {
    return argumentChecked(1, "< 0", message);
  }

  private String argumentChecked(int index, String wrong, String message) {
    List<String> values = new ArrayList<>(arguments);
    values.set(
        index,
        "CASE WHEN %1$s %2$s THEN %3$s ELSE %1$s END"
            .formatted(arguments.get(index), wrong, BadValueException.raising(message)));
    return plain(call.function().name(), values);
  }
}
