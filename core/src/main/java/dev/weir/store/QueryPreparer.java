// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import dev.weir.query.Scope;

/** Checks queries without running them. Thread-safe. */
public interface QueryPreparer {

  /**
   * Checks a query, which may have {@code @name} parameters; only prepared queries may.
   *
   * @throws StoreException {@code BAD_REQUEST} with {@code line L:C: …} for text that is no valid
   *     query
   */
  PreparedQuery prepare(String text, Scope scope);
}
