// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import java.util.List;
import java.util.Optional;

/** Tells which tables and columns there are. Thread-safe; cheap enough to ask for every query. */
public interface CatalogReader {

  /** All databases, sorted by name. */
  List<String> databases();

  /** The tables of a database, sorted; empty where there is no such database. */
  List<String> tables(String database);

  /** A table with its columns in the order of {@code SELECT *}, or empty where there is none. */
  Optional<TableDescription> describe(TableName table);

  /**
   * The same, asked of the store itself: for whoever must know what there is now. A reader that
   * remembers descriptions overrides it, and remembers what it learns.
   */
  default Optional<TableDescription> describeNow(TableName table) {
    return describe(table);
  }
}
