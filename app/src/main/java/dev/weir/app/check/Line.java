// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import dev.weir.app.logging.Escapes;
import java.util.ArrayList;
import java.util.List;

/** Text that fits a terminal, whatever a site has put into it. */
final class Line {

  static final int COLUMNS = 100;

  private Line() {}

  /** Without what would move the cursor. */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    Escapes.appendControls(printable, text);
    return printable.toString();
  }

  /** At most so many characters. */
  static String cut(String text, int columns, Style style) {
    String printable = printable(text);
    if (printable.length() <= columns) {
      return printable;
    }
    return printable.substring(0, columns - style.ellipsis().length()) + style.ellipsis();
  }

  /**
   * Broken between words, and within those that are longer than a line.
   *
   * @param indent of all lines but the first
   */
  static List<String> wrapped(String text, int indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(indent));
      } else if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(word);
      while (line.length() > COLUMNS) {
        lines.add(line.substring(0, COLUMNS));
        line = new StringBuilder(" ".repeat(indent)).append(line.substring(COLUMNS));
      }
    }
    lines.add(line.toString());
    return lines;
  }
}
