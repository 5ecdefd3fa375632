// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.sql.tree.Expression;
import dev.weir.store.embedded.function.JavaFunction;
import dev.weir.store.embedded.function.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Regular expressions: all in Java, so that their syntax is Java's. */
final class RegexChapter implements FunctionPrinter.Chapter {

  @Override
  public @Nullable String print(Expression.Call call, List<String> arguments) {
    String name = call.function().name();
    return switch (name) {
      case "regexp_like" -> JavaFunction.sql(name, arguments);
      case "regexp_extract" -> JavaFunction.sql(name, withGroup(arguments));
      case "regexp_extract_all" -> Json.toArray(JavaFunction.sql(name, withGroup(arguments)));
      case "regexp_split" -> Json.toArray(JavaFunction.sql(name, arguments));
      case "regexp_replace" -> replace(call, arguments);
      default -> null;
    };
  }

  private static List<String> withGroup(List<String> arguments) {
    return arguments.size() == 3
        ? arguments
        : List.of(arguments.get(0), arguments.get(1), "0::BIGINT");
  }

  private static String replace(Expression.Call call, List<String> arguments) {
    String text = arguments.get(0);
    String pattern = arguments.get(1);
    if (arguments.size() == 2) {
      return JavaFunction.sql("regexp_replace", text, pattern, "''");
    }
    if (!(call.arguments().get(2) instanceof Expression.Lambda)) {
      return JavaFunction.sql("regexp_replace", arguments);
    }
    // The lambda maps the groups of each match; what stands between the matches is put around it.
    // A NULL from the lambda makes all of it NULL.
    String between = Json.toArray(JavaFunction.sql("regexp_split", text, pattern));
    String groups = Json.toArrays(JavaFunction.sql("regexp_groups", text, pattern));
    String both =
        "{'b': %s, 'r': list_transform(%s, %s)}".formatted(between, groups, arguments.get(2));
    return ("list_transform([%s], lambda m: CASE WHEN m.b IS NULL OR len(m.r) <> list_count(m.r)"
            + " THEN NULL ELSE array_to_string(list_transform(range(1, len(m.b) + 1),"
            + " lambda i: m.b[i] || coalesce(m.r[i], '')), '') END)[1]")
        .formatted(both);
  }
}
