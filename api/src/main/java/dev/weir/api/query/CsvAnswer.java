// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.exchange.Response;
import dev.weir.query.CsvText;
import dev.weir.store.QueryPage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * All rows of a result, fetched as they are sent; memory holds one page of the store. A failure on
 * the way cuts the connection, since the status is out.
 */
record CsvAnswer(QueryPage first, Runnable begin, Pages pages, End end)
    implements Response.Streamed {

  /** Where the pages after the first come from. */
  @FunctionalInterface
  interface Pages {
    QueryPage next(String token);
  }

  /** Hears that nothing more is sent, and whether that was all. */
  @FunctionalInterface
  interface End {
    void told(boolean whole);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    boolean whole = false;
    begin.run();
    try {
      Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
      CsvText text = new CsvText(writer);
      text.page(first.page());
      String token = first.resumeToken();
      while (token != null) {
        writer.flush();
        QueryPage page = pages.next(token);
        text.page(page.page());
        token = page.resumeToken();
      }
      writer.flush();
      whole = true;
    } finally {
      end.told(whole);
    }
  }
}
