// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.query;

import dev.weir.query.CsvText;
import dev.weir.query.ResultPage;
import java.io.IOException;
import java.io.Writer;

/** {@link CsvText}, flushed after each page. */
final class CsvWriter implements ResultWriter {

  private final Writer out;
  private final CsvText text;

  CsvWriter(Writer out) {
    this.out = out;
    this.text = new CsvText(out);
  }

  @Override
  public void page(ResultPage page) throws IOException {
    text.page(page);
    out.flush();
  }

  @Override
  public void end() throws IOException {
    out.flush();
  }
}
