// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.store.embedded.function.JavaFunction;
import dev.weir.store.embedded.function.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions over text; those over arrays of the same name belong to the arrays. */
final class TextChapter implements FunctionPrinter.Chapter {

  @Override
  public @Nullable String print(Expression.Call call, List<String> arguments) {
    String name = call.function().name();
    return switch (name) {
      // Unlike the engine's concat(), NULL when one of them is.
      case "concat" -> "(" + String.join(" || ", arguments) + ")";
      case "chr",
          "codepoint",
          "hamming_distance",
          "levenshtein_distance",
          "lower",
          "lpad",
          "rpad",
          "split_part",
          "upper" ->
          JavaFunction.sql(name, arguments);
      case "trim", "ltrim", "rtrim" ->
          JavaFunction.sql(arguments.size() == 1 ? name : name + "_of", arguments);
      case "replace" -> JavaFunction.sql(name, with(arguments, 3, "''"));
      case "reverse" -> call.type() == Scalar.VARCHAR ? JavaFunction.sql(name, arguments) : null;
      case "split" ->
          Json.toArray(JavaFunction.sql(name, with(arguments, 3, Integer.MAX_VALUE + "::BIGINT")));
      case "strpos", "strrpos" -> JavaFunction.sql(name, with(arguments, 3, "1::BIGINT"));
      case "substr" -> JavaFunction.sql(name, with(arguments, 3, Integer.MAX_VALUE + "::BIGINT"));
      default -> null;
    };
  }

  private static List<String> with(List<String> arguments, int count, String last) {
    List<String> all = new ArrayList<>(arguments);
    while (all.size() < count) {
      all.add(last);
    }
    return all;
  }
}
