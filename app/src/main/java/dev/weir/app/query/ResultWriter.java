// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.query;

import dev.weir.query.ResultPage;
import java.io.IOException;

/** Writes a result as its pages come; keeps none of them. Not thread-safe. */
interface ResultWriter {

  /** Takes the next page; the first may have no rows though more follow. */
  void page(ResultPage page) throws IOException;

  /** Finishes what all pages together are, and flushes. */
  void end() throws IOException;
}
