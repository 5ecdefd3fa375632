// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.sites;

import java.util.List;

/** Texts of others on a terminal: on one line, and without what would steer it. */
final class Shown {

  private static final int CHARACTERS_MAX = 200;

  private Shown() {}

  static String text(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
              if (steers(c)) {
                shown.append("\\u{%x}".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            }
          }
        });
    return shown.toString();
  }

  /** For a line that must not grow. */
  static String brief(String text) {
    String shown = text(text);
    return shown.length() > CHARACTERS_MAX ? shown.substring(0, CHARACTERS_MAX) + "…" : shown;
  }

  /** Columns as wide as their widest cell; the last one as it is. */
  static String aligned(List<List<String>> rows, String indent) {
    int columns = rows.isEmpty() ? 0 : rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        line.append(cell);
        if (i + 1 < columns) {
          line.repeat(' ', widths[i] - cell.codePointCount(0, cell.length()) + 2);
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static boolean steers(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
