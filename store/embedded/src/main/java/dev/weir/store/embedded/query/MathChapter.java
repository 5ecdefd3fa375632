// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.store.embedded.function.JavaFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mathematics and the choice among values. */
final class MathChapter implements FunctionPrinter.Chapter {

  @Override
  public @Nullable String print(Expression.Call call, List<String> arguments) {
    String name = call.function().name();
    return switch (name) {
      case "acos",
          "asin",
          "atan",
          "atan2",
          "bit_count",
          "cbrt",
          "cos",
          "cosh",
          "degrees",
          "exp",
          "from_base",
          "ln",
          "log",
          "log10",
          "log2",
          "power",
          "radians",
          "sin",
          "tan",
          "tanh",
          "to_base" ->
          JavaFunction.sql(name, arguments);
      case "abs" ->
          call.type() == Scalar.BIGINT
              ? JavaFunction.sql(name, arguments)
              : "abs(" + arguments.getFirst() + ")";
      case "sign" ->
          call.type() == Scalar.DOUBLE
              ? JavaFunction.sql(name, arguments)
              : "sign(" + arguments.getFirst() + ")";
      case "round" -> round(call, arguments);
      case "mod" ->
          ArithmeticPrinter.modulo(
              call.type(), call.arguments().get(1), arguments.get(0), arguments.get(1));
      case "bitwise_and" -> "(" + arguments.get(0) + " & " + arguments.get(1) + ")";
      case "bitwise_or" -> "(" + arguments.get(0) + " | " + arguments.get(1) + ")";
      case "bitwise_xor" -> "xor(" + arguments.get(0) + ", " + arguments.get(1) + ")";
      case "bitwise_not" -> "(~ (" + arguments.getFirst() + "))";
      case "e" -> "'" + Math.E + "'::DOUBLE";
      case "pi" -> "'" + Math.PI + "'::DOUBLE";
      case "infinity" -> "'Infinity'::DOUBLE";
      case "nan" -> "'NaN'::DOUBLE";
      case "random" -> random(arguments);
      case "greatest", "least" -> chosen(name, call.type(), arguments);
      default -> null;
    };
  }

  private static String round(Expression.Call call, List<String> arguments) {
    String value = arguments.getFirst();
    String digits = arguments.size() == 2 ? arguments.get(1) : "0::BIGINT";
    if (call.type() == Scalar.DOUBLE) {
      return JavaFunction.sql("round", value, digits);
    }
    return arguments.size() == 2 ? JavaFunction.sql("round_bigint", value, digits) : value;
  }

  private static String random(List<String> arguments) {
    return switch (arguments.size()) {
      case 0 -> "random()";
      case 1 -> JavaFunction.sql("random", "random()", "0::BIGINT", arguments.getFirst());
      default -> JavaFunction.sql("random", "random()", arguments.get(0), arguments.get(1));
    };
  }

  /** NULL where one of them is; the engine's own would leave it out. */
  private static String chosen(String name, ValueType type, List<String> arguments) {
    String kind = type instanceof Scalar scalar ? suffix(scalar) : "";
    if (kind.isEmpty() || arguments.size() == 1) {
      String list = "[" + String.join(", ", arguments) + "]";
      String chosen = name.equals("greatest") ? "list_max(v)" : "list_min(v)";
      return "list_transform([%s], lambda v: CASE WHEN len(v) = list_count(v) THEN %s END)[1]"
          .formatted(list, chosen);
    }
    String all = arguments.getFirst();
    for (String next : arguments.subList(1, arguments.size())) {
      all = JavaFunction.sql(name + kind, all, next);
    }
    return type == Scalar.INTEGER ? "CAST(" + all + " AS INTEGER)" : all;
  }

  private static String suffix(Scalar type) {
    return switch (type) {
      case DOUBLE -> "_double";
      case VARCHAR -> "_varchar";
      case BOOLEAN, UNKNOWN -> "";
      case BIGINT, INTEGER, TIMESTAMP, DATE, TIME, INTERVAL_DAY_TO_SECOND, INTERVAL_YEAR_TO_MONTH ->
          "_bigint";
    };
  }
}
