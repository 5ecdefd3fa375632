// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit.script;

import dev.weir.query.ResultPage;
import dev.weir.query.ValueText;
import java.util.ArrayList;
import java.util.List;

/**
 * Results as lines of a script: a header of names and types, then one line per row, {@code " | "}
 * between the columns. A text that could be mistaken (empty, with spaces at an end, with a line
 * break, a tab or {@code |} in it, or spelled like NULL) stands in quotes. A NULL inside of an
 * array, a row or a time series is {@code null}.
 */
public final class ResultText {

  private static final String SEPARATOR = " | ";

  private ResultText() {}

  /** Names and types: {@code host varchar | usage array(double)}. */
  public static String header(ResultPage page) {
    return page.columns().stream()
        .map(column -> quoted(column.name()) + " " + column.type().text())
        .reduce((left, right) -> left + SEPARATOR + right)
        .orElse("");
  }

  /** The rows of a page. */
  public static List<String> rows(ResultPage page) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < page.rowCount(); i++) {
      StringBuilder row = new StringBuilder();
      for (ResultPage.Column column : page.columns()) {
        String text = ValueText.of(column.type(), column.values(), i);
        row.append(row.isEmpty() ? "" : SEPARATOR);
        row.append(column.values().isNull(i) ? "NULL" : quoted(text));
      }
      rows.add(row.toString());
    }
    return rows;
  }

  private static String quoted(String text) {
    boolean doubtful =
        text.isEmpty()
            || !text.equals(text.strip())
            || text.equals("NULL")
            || text.chars().anyMatch(c -> c == '|' || c < ' ');
    return doubtful
        ? "'" + text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r") + "'"
        : text;
  }
}
