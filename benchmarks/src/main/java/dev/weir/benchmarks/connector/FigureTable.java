// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures with what was asked of them, printed with straight columns. */
final class FigureTable {

  private final List<String[]> rows = new ArrayList<>();

  FigureTable(String title) {
    rows.add(new String[] {title, "measured", "asked"});
  }

  /** A figure that nothing is asked of. */
  void row(String name, String format, Object... values) {
    asked("", name, format, values);
  }

  /** A figure with what is asked of it. */
  void asked(String asked, String name, String format, Object... values) {
    rows.add(new String[] {name, String.format(Locale.ROOT, format, values), asked});
  }

  void print() {
    int[] widths = new int[3];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (String[] row : rows) {
      String line =
          String.format(
              Locale.ROOT,
              "%-" + widths[0] + "s  %" + widths[1] + "s  %" + widths[2] + "s",
              (Object[]) row);
      System.out.println(line.stripTrailing());
    }
    System.out.println();
  }
}
