// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import static java.util.Objects.requireNonNull;

import dev.weir.query.Scope;
import java.time.Instant;
import java.util.regex.Pattern;
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
 * @param queryId the name under which {@link QueryRunner#cancel} finds the query while it runs: 1
 *     to 64 letters and digits that no other query has; null for one of the store's own
 */
public record QueryRequest(
    String text,
    Scope scope,
    Instant deadline,
    int rowsMax,
    @Nullable String resumeToken,
    @Nullable String queryId) {

  private static final Pattern QUERY_ID = Pattern.compile("[a-zA-Z0-9]{1,64}");

  public QueryRequest {
    requireNonNull(text, "text");
    requireNonNull(scope, "scope");
    requireNonNull(deadline, "deadline");
    if (rowsMax < 0) {
      throw new IllegalArgumentException("rowsMax " + rowsMax);
    }
    if (queryId != null && !QUERY_ID.matcher(queryId).matches()) {
      throw new IllegalArgumentException("query id " + queryId);
    }
  }

  /** A new query with the store's own page size. */
  public QueryRequest(String text, Scope scope, Instant deadline) {
    this(text, scope, deadline, 0, null, null);
  }

  /** The same query under a name of the caller's choice. */
  public QueryRequest named(String id) {
    return new QueryRequest(text, scope, deadline, rowsMax, resumeToken, id);
  }

  /** The same query with pages of so many rows at most. */
  public QueryRequest paged(int rows) {
    return new QueryRequest(text, scope, deadline, rows, resumeToken, queryId);
  }

  /** The same query, further on. */
  public QueryRequest resume(String token) {
    return new QueryRequest(text, scope, deadline, rowsMax, token, queryId);
  }
}
