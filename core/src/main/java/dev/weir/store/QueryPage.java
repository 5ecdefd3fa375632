// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import static java.util.Objects.requireNonNull;

import dev.weir.query.ResultPage;
import org.jspecify.annotations.Nullable;

/**
 * A page of a result.
 *
 * @param queryId names the query while it has pages left; letters and digits
 * @param page rows; may have none though more follow
 * @param resumeToken null on the last page
 * @param scannedBytes about how many bytes of stored points the whole query has read
 */
public record QueryPage(
    String queryId, ResultPage page, @Nullable String resumeToken, long scannedBytes) {
  public QueryPage {
    requireNonNull(queryId, "queryId");
    requireNonNull(page, "page");
  }

  /** A page of a query that read nothing that is stored. */
  public QueryPage(String queryId, ResultPage page, @Nullable String resumeToken) {
    this(queryId, page, resumeToken, 0);
  }
}
