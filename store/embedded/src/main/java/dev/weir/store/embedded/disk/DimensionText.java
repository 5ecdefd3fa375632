// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import dev.weir.model.Dimension;
import java.util.ArrayList;
import java.util.List;

/** The dimensions of a series as one text: names and values, each ended by a tab. */
final class DimensionText {

  private DimensionText() {}

  static String write(List<Dimension> dimensions) {
    StringBuilder text = new StringBuilder();
    for (Dimension dimension : dimensions) {
      escape(text, dimension.name());
      escape(text, dimension.value());
    }
    return text.toString();
  }

  static List<Dimension> read(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '\t') {
        parts.add(part.toString());
        part.setLength(0);
      } else if (character == '\\') {
        i++;
        part.append(text.charAt(i) == 't' ? '\t' : '\\');
      } else {
        part.append(character);
      }
    }
    List<Dimension> dimensions = new ArrayList<>(parts.size() / 2);
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      dimensions.add(new Dimension(parts.get(i), parts.get(i + 1)));
    }
    return dimensions;
  }

  private static void escape(StringBuilder text, String part) {
    for (int i = 0; i < part.length(); i++) {
      switch (part.charAt(i)) {
        case '\t' -> text.append("\\t");
        case '\\' -> text.append("\\\\");
        default -> text.append(part.charAt(i));
      }
    }
    text.append('\t');
  }
}
