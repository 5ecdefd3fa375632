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

  private static final List<Chapter> CHAPTERS =
      List.of(new RegexChapter(), new ArrayFunctions(), new SeriesFunctions());

  /** Functions that only have another name, or not even that. */
  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          entry("abs", "abs"),
          entry("acos", "acos"),
          entry("asin", "asin"),
          entry("atan", "atan"),
          entry("atan2", "atan2"),
          entry("bitwise_not", "~"),
          entry("cbrt", "cbrt"),
          entry("ceil", "ceil"),
          entry("cos", "cos"),
          entry("degrees", "degrees"),
          entry("exp", "exp"),
          entry("floor", "floor"),
          entry("greatest", "greatest"),
          entry("grouping", "grouping"),
          entry("hamming_distance", "hamming"),
          entry("is_finite", "isfinite"),
          entry("is_infinite", "isinf"),
          entry("is_nan", "isnan"),
          entry("least", "least"),
          entry("length", "length"),
          entry("levenshtein_distance", "levenshtein"),
          entry("ln", "ln"),
          entry("log10", "log10"),
          entry("log2", "log2"),
          entry("lower", "lower"),
          entry("ltrim", "ltrim"),
          entry("pi", "pi"),
          entry("power", "power"),
          entry("radians", "radians"),
          entry("replace", "replace"),
          entry("reverse", "reverse"),
          entry("rtrim", "rtrim"),
          entry("sign", "sign"),
          entry("sin", "sin"),
          entry("split", "string_split"),
          entry("split_part", "split_part"),
          entry("sqrt", "sqrt"),
          entry("starts_with", "starts_with"),
          entry("strpos", "strpos"),
          entry("substr", "substr"),
          entry("tan", "tan"),
          entry("tanh", "tanh"),
          entry("trim", "trim"),
          entry("truncate", "trunc"),
          entry("upper", "upper"));

  /** Functions that are written out; {@code $0} is the first argument. */
  private static final Map<String, String> TEMPLATES =
      Map.ofEntries(
          entry("bin", "($0 - (($0 % $1) + $1) % $1)"),
          entry("bitwise_and", "($0 & $1)"),
          entry("bitwise_or", "($0 | $1)"),
          entry("bitwise_xor", "xor($0, $1)"),
          entry("cosh", "((exp($0) + exp(-($0))) / 2)"),
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
          entry("date_trunc", "epoch_ns(date_trunc($0, make_timestamp_ns($1)))"));

  private FunctionPrinter() {}

  /** The call of a scalar function; arguments are printed already. */
  static String print(Expression.Call call, List<String> arguments) {
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
    } else if (RENAMED.containsKey(name)) {
      sql = RENAMED.get(name) + "(" + String.join(", ", arguments) + ")";
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
        || call.type() == Scalar.INTERVAL_YEAR_TO_MONTH
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
