// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.query;

import dev.weir.query.ResultPage.Column;
import java.io.IOException;

/**
 * A result as RFC 4180 has it, page by page: a line of names, CRLF, quotes where they are needed.
 * NULL is nothing at all, an empty text is {@code ""}. Not thread-safe.
 */
public final class CsvText {

  private static final String LINE_END = "\r\n";

  private final Appendable out;
  private boolean begun;

  public CsvText(Appendable out) {
    this.out = out;
  }

  /** Appends a page; the first one that has columns brings the line of names. */
  public void page(ResultPage page) throws IOException {
    if (!begun && !page.columns().isEmpty()) {
      begun = true;
      for (int column = 0; column < page.columns().size(); column++) {
        out.append(column == 0 ? "" : ",").append(field(page.columns().get(column).name()));
      }
      out.append(LINE_END);
    }
    for (int row = 0; row < page.rowCount(); row++) {
      for (int column = 0; column < page.columns().size(); column++) {
        Column values = page.columns().get(column);
        out.append(column == 0 ? "" : ",");
        if (!values.values().isNull(row)) {
          out.append(field(ValueText.of(values.type(), values.values(), row)));
        }
      }
      out.append(LINE_END);
    }
  }

  private static String field(String text) {
    boolean plain =
        !text.isEmpty()
            && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
