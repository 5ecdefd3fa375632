// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.query.ResultPage;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Makes one answer out of as many pages of the store as it takes: theirs are small, and may be
 * empty. Used once, by one thread.
 */
final class PageFilling {

  private final OpenQuery query;
  private final QueryRunner queries;
  private final int rowsMax;
  private final Instant deadline;
  private @Nullable JsonPage json;
  private long scannedBytes;

  PageFilling(OpenQuery query, QueryRunner queries, int rowsMax, Instant deadline) {
    this.query = query;
    this.queries = queries;
    this.rowsMax = rowsMax;
    this.deadline = deadline;
  }

  /** Writes rows from a place on; what is left begins at the place that comes back, or null. */
  OpenQuery.@Nullable Place from(OpenQuery.Place start) {
    ResultPage page = start.held();
    String token = start.token();
    int row = start.row();
    while (true) {
      if (page == null) {
        QueryPage fetched = fetch(token);
        if (fetched == null) {
          return new OpenQuery.Place(null, 0, token);
        }
        page = fetched.page();
        token = fetched.resumeToken();
        scannedBytes = fetched.scannedBytes();
        row = 0;
      }
      if (json == null) {
        json = new JsonPage(query.key().id(), page.columns());
      }
      row += json.write(page, row, rowsMax - json.rows());
      if (row < page.rowCount()) {
        return new OpenQuery.Place(page, row, token);
      }
      if (token == null) {
        return null;
      }
      if (json.rows() == rowsMax || json.full()) {
        return new OpenQuery.Place(null, 0, token);
      }
      page = null;
    }
  }

  byte[] end(@Nullable String next, long elapsedMillis) {
    if (json == null) {
      throw new IllegalStateException("nothing was written");
    }
    return json.end(next, elapsedMillis, scannedBytes);
  }

  /** The next page; null where it can't be had now, but there are rows to answer with already. */
  private @Nullable QueryPage fetch(@Nullable String token) {
    try {
      return query.fetch(queries, token, rowsMax, deadline);
    } catch (StoreException e) {
      if (json == null || json.rows() == 0 || e.kind() == Kind.CANCELLED) {
        throw e;
      }
      return null;
    }
  }
}
