// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Expression.Call;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Position;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What types alone don't say about a call; constants are judged before anything runs. */
final class CallChecks {

  private static final Set<String> TRUNCATED =
      Set.of("millisecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year");
  private static final Set<String> MOVED =
      Set.of(
          "nanosecond",
          "microsecond",
          "millisecond",
          "second",
          "minute",
          "hour",
          "day",
          "week",
          "month",
          "quarter",
          "year");

  private CallChecks() {}

  static void check(Call call) {
    if (call.window() != null) {
      call.children().forEach(child -> Aggregation.forbidWindows(child, "a window function"));
    }
    if (call.distinct()) {
      call.arguments().forEach(CallChecks::checkComparable);
    }
    List<Expression> arguments = call.arguments();
    switch (call.function().name()) {
      case "date_trunc" -> checkUnit(arguments.getFirst(), TRUNCATED);
      case "date_add", "date_diff" -> checkUnit(arguments.getFirst(), MOVED);
      case "bin" -> checkWidth(arguments.get(1));
      case "array_join" -> checkJoined(arguments.getFirst());
      case "regexp_like",
          "regexp_extract",
          "regexp_extract_all",
          "regexp_replace",
          "regexp_split" ->
          checkPattern(arguments.get(1));
      default -> {}
    }
  }

  private static void checkComparable(Expression argument) {
    if (!TypeRules.comparable(argument.type())) {
      throw SqlErrors.at(
          argument.position(),
          "DISTINCT can only be applied to comparable types (actual: %s)"
              .formatted(TypeRules.text(argument.type())));
    }
  }

  private static void checkUnit(Expression unit, Set<String> allowed) {
    if (unit instanceof Literal.OfString(String name, Position at)
        && !allowed.contains(name.toLowerCase(Locale.ROOT))) {
      throw SqlErrors.at(at, "'" + name + "' is not a valid TIMESTAMP field");
    }
  }

  /** Only what has a text of its own can be joined: no array or row inside of the array. */
  private static void checkJoined(Expression array) {
    if (array.type() instanceof ValueType.ArrayOf(ValueType element)
        && !(element instanceof ValueType.Scalar)) {
      throw SqlErrors.at(
          array.position(), "Input type %s not supported".formatted(TypeRules.text(element)));
    }
  }

  private static void checkWidth(Expression width) {
    if (width instanceof Literal.OfLong literal && literal.value() <= 0) {
      throw SqlErrors.at(literal.position(), "the width of a bin must be greater than zero");
    }
  }

  private static void checkPattern(Expression pattern) {
    if (pattern instanceof Literal.OfString(String text, Position at)) {
      try {
        Pattern.compile(text);
      } catch (PatternSyntaxException e) {
        throw SqlErrors.at(at, "Invalid regular expression: " + e.getDescription());
      }
    }
  }
}
