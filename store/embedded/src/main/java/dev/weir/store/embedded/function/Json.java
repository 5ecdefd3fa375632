// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of text on their way to the engine: written as JSON, read there by {@code from_json(text,
 * '["VARCHAR"]')}. Any character comes through.
 */
public final class Json {

  private Json() {}

  /** An array; null elements are NULL. */
  public static String array(List<@Nullable String> elements) {
    StringBuilder json = new StringBuilder();
    append(json, elements);
    return json.toString();
  }

  /** An array of arrays. */
  static String arrays(List<List<@Nullable String>> arrays) {
    StringBuilder json = new StringBuilder("[");
    for (List<@Nullable String> array : arrays) {
      if (json.length() > 1) {
        json.append(',');
      }
      append(json, array);
    }
    return json.append(']').toString();
  }

  /** SQL that reads a JSON text into VARCHAR[]. */
  public static String toArray(String sql) {
    return "from_json(" + sql + ", '[\"VARCHAR\"]')";
  }

  /** SQL that reads a JSON text into VARCHAR[][]. */
  public static String toArrays(String sql) {
    return "from_json(" + sql + ", '[[\"VARCHAR\"]]')";
  }

  private static void append(StringBuilder json, List<@Nullable String> elements) {
    json.append('[');
    boolean first = true;
    for (String element : elements) {
      if (!first) {
        json.append(',');
      }
      first = false;
      if (element == null) {
        json.append("null");
      } else {
        quote(json, element);
      }
    }
    json.append(']');
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        json.append('\\').append(character);
      } else if (character < ' ') {
        json.append("\\u00").append(Character.forDigit(character >> 4, 16));
        json.append(Character.forDigit(character & 15, 16));
      } else {
        json.append(character);
      }
    }
    json.append('"');
  }
}
