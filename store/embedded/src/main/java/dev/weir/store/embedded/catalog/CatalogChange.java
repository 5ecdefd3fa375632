// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.catalog;

import dev.weir.store.administration.AccountSettings;

/**
 * One step of what an owner does to the catalog, whole in itself: made twice it leaves the same
 * state. In the log before it takes effect.
 */
public sealed interface CatalogChange {

  /** Makes a database or gives it another state. */
  record PutDatabase(DatabaseState state) implements CatalogChange {}

  /** Deletes an empty database. */
  record DeleteDatabase(String name) implements CatalogChange {}

  /**
   * Makes a table or gives it another state.
   *
   * @param goneBeforeNanos points before it had grown too old and do not come back, although the
   *     new state may have room for them; 0 where nothing has gone
   */
  record PutTable(TableState state, long goneBeforeNanos) implements CatalogChange {}

  /** Deletes a table with everything in it. */
  record DeleteTable(int id) implements CatalogChange {}

  /** Replaces the settings of the account. */
  record PutAccount(AccountSettings settings) implements CatalogChange {}
}
