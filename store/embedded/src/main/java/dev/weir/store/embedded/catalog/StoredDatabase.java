// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A database and its tables. Changed by the committer, read by any thread. */
public final class StoredDatabase {

  private volatile DatabaseState state;
  private final ConcurrentSkipListMap<String, StoredTable> tables = new ConcurrentSkipListMap<>();

  StoredDatabase(DatabaseState state) {
    this.state = state;
  }

  public DatabaseState state() {
    return state;
  }

  void state(DatabaseState changed) {
    state = changed;
  }

  public int tableCount() {
    return tables.size();
  }

  List<String> tableNames() {
    return new ArrayList<>(tables.keySet());
  }

  @Nullable StoredTable table(String name) {
    return tables.get(name);
  }

  void put(StoredTable table) {
    tables.put(table.name().table(), table);
  }

  void remove(StoredTable table) {
    tables.remove(table.name().table(), table);
  }
}
