// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import dev.weir.store.CatalogReader;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import java.util.List;
import java.util.Optional;

/** A catalog that does something the first time it is asked. */
record Recatalog(CatalogReader catalog, Runnable[] first) implements CatalogReader {

  Recatalog(CatalogReader catalog, Runnable first) {
    this(catalog, new Runnable[] {first});
  }

  @Override
  public List<String> databases() {
    return catalog.databases();
  }

  @Override
  public List<String> tables(String database) {
    return catalog.tables(database);
  }

  @Override
  public Optional<TableDescription> describe(TableName table) {
    Runnable action = first[0];
    first[0] = () -> {};
    action.run();
    return catalog.describe(table);
  }
}
