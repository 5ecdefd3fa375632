// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import dev.weir.app.logging.Escapes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, texts, numbers, booleans and null as JSON, on one line. */
final class Json {

  private Json() {}

  static String of(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  private static void append(StringBuilder text, @Nullable Object value) {
    switch (value) {
      case Map<?, ?> members -> {
        text.append('{');
        String comma = "";
        for (Map.Entry<?, ?> member : members.entrySet()) {
          text.append(comma);
          append(text, String.valueOf(member.getKey()));
          append(text.append(':'), member.getValue());
          comma = ",";
        }
        text.append('}');
      }
      case List<?> elements -> {
        text.append('[');
        String comma = "";
        for (Object element : elements) {
          append(text.append(comma), element);
          comma = ",";
        }
        text.append(']');
      }
      case String string -> {
        Escapes.append(text.append('"'), string);
        text.append('"');
      }
      case null -> text.append("null");
      default -> text.append(value);
    }
  }
}
