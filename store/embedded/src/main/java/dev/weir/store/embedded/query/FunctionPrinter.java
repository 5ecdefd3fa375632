// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import static java.util.Map.entry;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls of Timestream's functions in the engine's words. What no chapter knows is refused: an
 * unknown name never reaches the engine.
 */
final class FunctionPrinter {

  /** Prints the functions of one chapter. Arguments are printed already. */
  @FunctionalInterface
  interface Chapter {

    /** The call in the engine's words, or null where it is none of this chapter's. */
    @Nullable String print(Expression.Call call, List<String> arguments);
  }

  private static final List<Chapter> CHAPTERS =
      List.of(
          new ArrayFunctions(),
          new DateTimeChapter(),
          new MathChapter(),
          new RegexChapter(),
          new SeriesFunctions(),
          new TextChapter());

  /** Functions in which the engine agrees to the letter. */
  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          entry("ceil", "ceil"),
          entry("floor", "floor"),
          entry("grouping", "grouping"),
          entry("is_finite", "isfinite"),
          entry("is_infinite", "isinf"),
          entry("is_nan", "isnan"),
          entry("length", "length"),
          entry("sqrt", "sqrt"),
          entry("starts_with", "starts_with"),
          entry("truncate", "trunc"));

  private FunctionPrinter() {}

  /** The call of a scalar function; arguments are printed already. */
  static String print(Expression.Call call, List<String> arguments) {
    for (Chapter chapter : CHAPTERS) {
      String printed = chapter.print(call, arguments);
      if (printed != null) {
        return printed;
      }
    }
    String name = RENAMED.get(call.function().name());
    if (name == null) {
      throw unsupported(call);
    }
    return name + "(" + String.join(", ", arguments) + ")";
  }

  /** Whether the engine's type of the result may differ from ours. */
  static boolean needsCast(Expression.Call call) {
    return call.type() instanceof Scalar scalar
        && scalar != Scalar.VARCHAR
        && scalar != Scalar.BOOLEAN
        && scalar != Scalar.UNKNOWN;
  }

  static StoreException unsupported(Expression.Call call) {
    return new StoreException(
        Kind.BAD_REQUEST,
        "%s: Function '%s' is not supported by the embedded store with these arguments"
            .formatted(call.position(), call.function().name()));
  }
}
