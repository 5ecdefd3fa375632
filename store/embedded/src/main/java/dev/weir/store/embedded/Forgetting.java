// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredTable;
import org.jspecify.annotations.Nullable;

/**
 * Takes the series of deleted tables out of memory, a few at a time, so that no writer waits for
 * it, and only when nobody reads any more who may have seen the table. Belongs to the committer.
 */
final class Forgetting {

  /** Takes about a millisecond. */
  private static final int SERIES_AT_ONCE = 5_000;

  private final StoreCatalog catalog;
  private final Readers readers;
  private @Nullable StoredTable table;
  private long moment;

  Forgetting(StoreCatalog catalog, Readers readers) {
    this.catalog = catalog;
    this.readers = readers;
  }

  /** Does a little; whether something is left to do. */
  boolean work() {
    if (table == null) {
      table = catalog.nextDeleted();
      if (table == null) {
        return false;
      }
      moment = readers.moment();
    }
    if (readers.leftSince(moment) && catalog.forget(table, SERIES_AT_ONCE)) {
      table = null;
    }
    return true;
  }
}
