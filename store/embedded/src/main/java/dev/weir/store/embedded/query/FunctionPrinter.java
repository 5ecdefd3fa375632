// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls of Timestream's functions in the engine's words. What is not in these tables is refused: an
 * unknown name never reaches the engine.
 */
final class FunctionPrinter {

  /**
   * Prints the functions of one chapter; asked before the tables below. Arguments are printed
   * already.
   */
  @FunctionalInterface
  interface Chapter {

    /** The call in the engine's words, or null where it is none of this chapter's. */
    @Nullable String print(Expression.Call call, List<String> arguments);
  }

  private static final List<Chapter> CHAPTERS = List.of(new RegexChapter());

  /** Functions that only have another name, or not even that. */
  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          entry("abs", "abs"),
          entry("acos", "acos"),
          entry("approx_distinct", "approx_count_distinct"),
          entry("arbitrary", "any_value"),
          entry("array_agg", "list"),
          entry("asin", "asin"),
          entry("atan", "atan"),
          entry("atan2", "atan2"),
          entry("avg", "avg"),
          entry("bitwise_not", "~"),
          entry("bool_and", "bool_and"),
          entry("bool_or", "bool_or"),
          entry("cardinality", "len"),
          entry("cbrt", "cbrt"),
          entry("ceil", "ceil"),
          entry("contains", "list_contains"),
          entry("corr", "corr"),
          entry("cos", "cos"),
          entry("count", "count"),
          entry("covar_pop", "covar_pop"),
          entry("covar_samp", "covar_samp"),
          entry("cume_dist", "cume_dist"),
          entry("degrees", "degrees"),
          entry("dense_rank", "dense_rank"),
          entry("element_at", "list_extract"),
          entry("exp", "exp"),
          entry("first_value", "first_value"),
          entry("floor", "floor"),
          entry("geometric_mean", "geometric_mean"),
          entry("greatest", "greatest"),
          entry("hamming_distance", "hamming"),
          entry("is_finite", "isfinite"),
          entry("is_infinite", "isinf"),
          entry("is_nan", "isnan"),
          entry("lag", "lag"),
          entry("last_value", "last_value"),
          entry("lead", "lead"),
          entry("least", "least"),
          entry("length", "length"),
          entry("levenshtein_distance", "levenshtein"),
          entry("ln", "ln"),
          entry("log10", "log10"),
          entry("log2", "log2"),
          entry("lower", "lower"),
          entry("ltrim", "ltrim"),
          entry("max", "max"),
          entry("max_by", "max_by"),
          entry("min", "min"),
          entry("min_by", "min_by"),
          entry("nth_value", "nth_value"),
          entry("ntile", "ntile"),
          entry("percent_rank", "percent_rank"),
          entry("pi", "pi"),
          entry("power", "power"),
          entry("radians", "radians"),
          entry("rank", "rank"),
          entry("regr_intercept", "regr_intercept"),
          entry("regr_slope", "regr_slope"),
          entry("replace", "replace"),
          entry("reverse", "reverse"),
          entry("row_number", "row_number"),
          entry("rtrim", "rtrim"),
          entry("sign", "sign"),
          entry("sin", "sin"),
          entry("skewness", "skewness"),
          entry("split", "string_split"),
          entry("split_part", "split_part"),
          entry("sqrt", "sqrt"),
          entry("starts_with", "starts_with"),
          entry("stddev_pop", "stddev_pop"),
          entry("stddev_samp", "stddev_samp"),
          entry("strpos", "strpos"),
          entry("substr", "substr"),
          entry("sum", "sum"),
          entry("tan", "tan"),
          entry("tanh", "tanh"),
          entry("trim", "trim"),
          entry("truncate", "trunc"),
          entry("upper", "upper"),
          entry("var_pop", "var_pop"),
          entry("var_samp", "var_samp"));

  /** Functions that are written out; {@code $0} is the first argument. */
  private static final Map<String, String> TEMPLATES =
      Map.ofEntries(
          entry("bin", "($0 - (($0 % $1) + $1) % $1)"),
          entry("bitwise_and", "($0 & $1)"),
          entry("bitwise_or", "($0 | $1)"),
          entry("bitwise_xor", "xor($0, $1)"),
          entry("cosh", "((exp($0) + exp(-($0))) / 2)"),
          entry("count_if", "count(CASE WHEN $0 THEN 1 END)"),
          entry("day", "date_part('day', make_timestamp_ns($0))"),
          entry("day_of_week", "date_part('isodow', make_timestamp_ns($0))"),
          entry("day_of_year", "date_part('doy', make_timestamp_ns($0))"),
          entry("e", "exp(1::DOUBLE)"),
          entry("from_milliseconds", "($0 * 1000000)"),
          entry("from_nanoseconds", "$0"),
          entry("from_unixtime", "CAST(round($0 * 1000.0::DOUBLE) AS BIGINT) * 1000000"),
          entry("hour", "date_part('hour', make_timestamp_ns($0))"),
          entry("infinity", "'Infinity'::DOUBLE"),
          entry("log", "(ln($1) / ln($0))"),
          entry("lpad", "lpad($0, CAST($1 AS INTEGER), $2)"),
          entry("millisecond", "(($0 // 1000000) % 1000)"),
          entry("minute", "date_part('minute', make_timestamp_ns($0))"),
          entry("mod", "($0 % $1)"),
          entry("month", "date_part('month', make_timestamp_ns($0))"),
          entry("nan", "'NaN'::DOUBLE"),
          entry("nanosecond", "($0 % 1000000000)"),
          entry("quarter", "date_part('quarter', make_timestamp_ns($0))"),
          entry("round", "round($0)"),
          entry("rpad", "rpad($0, CAST($1 AS INTEGER), $2)"),
          entry("second", "(($0 // 1000000000) % 60)"),
          entry("to_milliseconds", "($0 // 1000000)"),
          entry("to_nanoseconds", "$0"),
          entry("to_unixtime", "($0 / 1000000000.0::DOUBLE)"),
          entry("week", "date_part('week', make_timestamp_ns($0))"),
          entry("year", "date_part('year', make_timestamp_ns($0))"),
          entry("year_of_week", "date_part('isoyear', make_timestamp_ns($0))"),
          entry("create_time_series", "list({'f0': $0, 'f1': $1} ORDER BY $0)"),
          entry("date_trunc", "epoch_ns(date_trunc($0, make_timestamp_ns($1)))"));

  private FunctionPrinter() {}

  /** The call without FILTER and OVER; arguments are printed already. */
  static String print(Expression.Call call, List<String> arguments, String orderBy) {
    String name = call.function().name();
    for (Chapter chapter : CHAPTERS) {
      String printed = chapter.print(call, arguments);
      if (printed != null) {
        return printed;
      }
    }
    String sql;
    if (TEMPLATES.containsKey(name) && fitsTemplate(call)) {
      sql = fill(requireNonNull(TEMPLATES.get(name)), arguments);
    } else if (name.equals("round") && arguments.size() == 2) {
      sql = "round(%s, CAST(%s AS INTEGER))".formatted(arguments.get(0), arguments.get(1));
    } else if (name.equals("concat")) {
      // Unlike the engine's concat(), NULL when one of them is.
      sql = "(" + String.join(" || ", arguments) + ")";
    } else if (name.equals("approx_percentile") && arguments.size() == 2) {
      sql = "approx_quantile(%s, CAST(%s AS FLOAT))".formatted(arguments.get(0), arguments.get(1));
    } else if (RENAMED.containsKey(name)) {
      String all = arguments.isEmpty() && call.function().aggregate() ? "*" : "";
      String distinct = call.distinct() ? "DISTINCT " : "";
      String nulls = call.ignoreNulls() ? " IGNORE NULLS" : "";
      sql =
          "%s(%s%s%s%s%s)"
              .formatted(
                  RENAMED.get(name), distinct, all, String.join(", ", arguments), orderBy, nulls);
    } else {
      throw unsupported(call);
    }
    return sql;
  }

  /** In one pass, so that a text that looks like a place stays a text. */
  private static String fill(String template, List<String> arguments) {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      if (template.charAt(i) == '$') {
        i++;
        sql.append(arguments.get(template.charAt(i) - '0'));
      } else {
        sql.append(template.charAt(i));
      }
    }
    return sql.toString();
  }

  /** Whether the engine's type of the result may differ from ours. */
  static boolean needsCast(Expression.Call call) {
    return call.type() == Scalar.BIGINT
        || call.type() == Scalar.INTEGER
        || call.type() == Scalar.TIMESTAMP
        || call.type() == Scalar.INTERVAL_DAY_TO_SECOND
        || call.type() == Scalar.DOUBLE;
  }

  /** Fields of a time are taken from timestamps only, so far. */
  private static boolean fitsTemplate(Expression.Call call) {
    if (call.arguments().isEmpty()) {
      return true;
    }
    ValueType first = call.arguments().getFirst().type();
    ValueType last = call.arguments().getLast().type();
    return switch (call.function().name()) {
      case "day",
          "day_of_week",
          "day_of_year",
          "hour",
          "millisecond",
          "minute",
          "month",
          "nanosecond",
          "quarter",
          "second",
          "week",
          "year",
          "year_of_week" ->
          first == Scalar.TIMESTAMP;
      case "date_trunc" -> last == Scalar.TIMESTAMP;
      case "round" -> call.arguments().size() == 1;
      default -> true;
    };
  }

  static StoreException unsupported(Expression.Call call) {
    return new StoreException(
        Kind.BAD_REQUEST,
        "%s: Function '%s' is not supported by the embedded store with these arguments"
            .formatted(call.position(), call.function().name()));
  }
}
