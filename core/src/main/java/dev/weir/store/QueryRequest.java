// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import static java.util.Objects.requireNonNull;

import dev.weir.query.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A query to run.
 *
 * @param text Timestream SQL, at most 256 KiB of UTF-8
 * @param scope the databases that the caller may see
 * @param deadline when to give up
 * @param rowsMax the most rows in a page, or 0 for as many as fit the store's page size
 * @param resumeToken null for a new query; else the token of the page before, with the same text
 *     and scope
 */
public record QueryRequest(
    String text, Scope scope, Instant deadline, int rowsMax, @Nullable String resumeToken) {

  public QueryRequest {
    requireNonNull(text, "text");
    requireNonNull(scope, "scope");
    requireNonNull(deadline, "deadline");
    if (rowsMax < 0) {
      throw new IllegalArgumentException("rowsMax " + rowsMax);
    }
  }

  /** A new query with the store's own page size. */
  public QueryRequest(String text, Scope scope, Instant deadline) {
    this(text, scope, deadline, 0, null);
  }

  /** The same query, further on. */
  public QueryRequest resume(String token) {
    return new QueryRequest(text, scope, deadline, rowsMax, token);
  }
}
