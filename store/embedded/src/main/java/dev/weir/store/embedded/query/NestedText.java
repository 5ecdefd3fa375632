// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Arrays, rows and time series as one text each: vectors can only be read of scalar values, and a
 * result that is read as objects is gathered whole in the engine's memory before.
 *
 * <p>NULL is {@code -;}. A number or a truth is itself and a semicolon. A text has its length in
 * characters and a colon before it. An array has the count of its elements and a bracket before
 * them; a row has a parenthesis before its fields.
 */
final class NestedText {

  private NestedText() {}

  /** SQL that writes a value; never NULL. */
  static String sql(ValueType type, String value) {
    return sql(type, value, 0);
  }

  private static String sql(ValueType type, String value, int depth) {
    String element = "e" + depth;
    return switch (type) {
      case Scalar.VARCHAR -> "coalesce(length(%1$s) || ':' || %1$s, '-;')".formatted(value);
      case Scalar _ -> "coalesce(CAST(%s AS VARCHAR), '-') || ';'".formatted(value);
      case ValueType.ArrayOf array ->
          list(value, element, sql(array.element(), element, depth + 1));
      case ValueType.TimeSeriesOf series ->
          list(
              value,
              element,
              sql(Scalar.TIMESTAMP, field(element, 0), depth + 1)
                  + " || "
                  + sql(series.value(), field(element, 1), depth + 1));
      case ValueType.RowOf row ->
          IntStream.range(0, row.fields().size())
              .mapToObj(i -> sql(row.fields().get(i).type(), field(value, i), depth))
              .collect(
                  Collectors.joining(
                      " || ", "(CASE WHEN " + value + " IS NULL THEN '-;' ELSE '(' || ", " END)"));
    };
  }

  private static String list(String value, String element, String written) {
    return "coalesce(len(%1$s) || '[' || array_to_string(list_transform(%1$s, lambda %2$s: %3$s), ''), '-;')"
        .formatted(value, element, written);
  }

  private static String field(String row, int index) {
    return "(" + row + ").f" + index;
  }

  /** Reads such a text from its start. */
  static final class Cursor {
    private final String text;
    private int at;

    Cursor(String text) {
      this.text = text;
    }

    /** Passes over a NULL, if one stands here. */
    boolean skipNull() {
      boolean none = text.startsWith("-;", at);
      at += none ? 2 : 0;
      return none;
    }

    /** What stands before the next such character, which is passed over. */
    String before(char end) {
      int start = at;
      at = text.indexOf(end, at) + 1;
      return text.substring(start, at - 1);
    }

    long number(char end) {
      int start = at;
      at = text.indexOf(end, at) + 1;
      return Long.parseLong(text, start, at - 1, 10);
    }

    String string() {
      int characters = (int) number(':');
      int start = at;
      at = text.offsetByCodePoints(at, characters);
      return text.substring(start, at);
    }

    void skip() {
      at++;
    }
  }
}
