// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import dev.weir.store.CatalogReader;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import java.util.List;
import java.util.Optional;

/** A catalog of tables that are given at birth; a database is there when it has a table. */
public record FixedCatalogReader(List<TableDescription> all) implements CatalogReader {

  public FixedCatalogReader {
    all = List.copyOf(all);
  }

  public static FixedCatalogReader of(TableDescription... tables) {
    return new FixedCatalogReader(List.of(tables));
  }

  @Override
  public List<String> databases() {
    return all.stream().map(table -> table.name().database()).distinct().sorted().toList();
  }

  @Override
  public List<String> tables(String database) {
    return all.stream()
        .filter(table -> table.name().database().equals(database))
        .map(table -> table.name().table())
        .sorted()
        .toList();
  }

  @Override
  public Optional<TableDescription> describe(TableName name) {
    return all.stream().filter(table -> table.name().equals(name)).findFirst();
  }
}
