// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

/** Runs Timestream SQL. Thread-safe. */
public interface QueryRunner {

  /**
   * Runs a query to its first page, or goes on with an earlier one. Nothing stays open in the store
   * between two pages but what a resume token stands for, and that is bounded in count, size and
   * age.
   *
   * @throws StoreException {@code BAD_REQUEST} with {@code line L:C: …} for text that is no valid
   *     query, {@code DENIED} for a database outside of the scope, {@code TIMED_OUT}, {@code
   *     CANCELLED}, {@code THROTTLED} when too many run
   */
  QueryPage run(QueryRequest request);

  /**
   * Ends a running query and forgets its remaining pages.
   *
   * @return whether there was such a query
   */
  boolean cancel(String queryId);
}
