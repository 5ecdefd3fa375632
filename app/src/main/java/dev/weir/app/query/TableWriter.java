// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.query;

import dev.weir.app.logging.Escapes;
import dev.weir.query.ResultPage;
import dev.weir.query.ResultPage.Column;
import dev.weir.query.ValueText;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import java.io.IOException;
import java.io.Writer;

/**
 * Columns for the eye. Their widths come from the first page that has rows; a later value that is
 * wider is shown whole and pushes its line out of place, since nothing is cut.
 */
final class TableWriter implements ResultWriter {

  /** One very long text in the first page doesn't fill every other line with blanks. */
  private static final int WIDTH_MAX = 256;

  private static final String GAP = "  ";

  private final Writer out;
  private int[] widths = new int[0];

  TableWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void page(ResultPage page) throws IOException {
    if (page.rowCount() == 0) {
      return;
    }
    String[][] cells = new String[page.rowCount()][page.columns().size()];
    for (int column = 0; column < page.columns().size(); column++) {
      Column values = page.columns().get(column);
      for (int row = 0; row < page.rowCount(); row++) {
        cells[row][column] = shown(ValueText.of(values.type(), values.values(), row));
      }
    }
    if (widths.length == 0) {
      head(page, cells);
    }
    for (String[] row : cells) {
      for (int column = 0; column < row.length; column++) {
        cell(page, column, row[column]);
      }
      out.append('\n');
    }
    out.flush();
  }

  @Override
  public void end() throws IOException {
    out.flush();
  }

  private void head(ResultPage page, String[][] cells) throws IOException {
    widths = new int[page.columns().size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = width(shown(page.columns().get(column).name()));
      for (String[] row : cells) {
        widths[column] = Math.max(widths[column], Math.min(width(row[column]), WIDTH_MAX));
      }
    }
    for (int column = 0; column < widths.length; column++) {
      cell(page, column, shown(page.columns().get(column).name()));
    }
    out.append('\n');
    for (int column = 0; column < widths.length; column++) {
      out.append(column == 0 ? "" : GAP).append("-".repeat(Math.max(1, widths[column])));
    }
    out.append('\n');
  }

  private void cell(ResultPage page, int column, String text) throws IOException {
    boolean last = column == widths.length - 1;
    String padding = " ".repeat(Math.max(0, widths[column] - width(text)));
    boolean number = isNumber(page.columns().get(column).type());
    out.append(column == 0 ? "" : GAP);
    out.append(number ? padding : "").append(text).append(number || last ? "" : padding);
  }

  private static boolean isNumber(ValueType type) {
    return type == Scalar.BIGINT || type == Scalar.INTEGER || type == Scalar.DOUBLE;
  }

  /** Control characters would reach the terminal as commands, so they are spelled out. */
  private static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    Escapes.appendControls(shown, text);
    return shown.toString();
  }

  private static int width(String text) {
    return text.codePoints().map(CellWidth::of).sum();
  }
}
