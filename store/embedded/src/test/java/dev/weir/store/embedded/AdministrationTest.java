// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import dev.weir.store.administration.TableProperties;
import dev.weir.store.embedded.catalog.CatalogChange.PutDatabase;
import dev.weir.store.embedded.catalog.CatalogChange.PutTable;
import dev.weir.store.embedded.catalog.DatabaseState;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.TableState;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Limits of an account, decided on a catalog that is filled without a store. */
class AdministrationTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  private final StoreCatalog catalog = new StoreCatalog();

  @Test
  void refusesTheDatabaseBeyondTheLimit() {
    for (int i = 0; i < Administration.DATABASES_MAX; i++) {
      Administration.newDatabase("db" + i, null, Map.of())
          .decide(catalog, NOW)
          .changes()
          .forEach(catalog::apply);
    }

    assertThat(catalog.databases()).hasSize(500);
    assertThatThrownBy(
            () -> Administration.newDatabase("more", null, Map.of()).decide(catalog, NOW))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.QUOTA))
        .hasMessageContaining("500 databases");
  }

  @Test
  void refusesTheTableBeyondTheLimit() {
    catalog.apply(new PutDatabase(DatabaseState.plain("plant", NOW)));
    for (int i = 0; i < Administration.TABLES_MAX; i++) {
      TableName name = new TableName("plant", "t" + i + "_");
      catalog.apply(
          new PutTable(
              TableState.account(
                  i, name, TableProperties.DEFAULT, Instant.EPOCH, Map.of(), NOW, NOW),
              0));
    }

    assertThat(catalog.tables("plant")).hasSize(50_000);
    TableName more = new TableName("plant", "more");
    assertThatThrownBy(() ->
            Administration.newTable(more, TableProperties.DEFAULT, Map.of()).decide(catalog, NOW))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.QUOTA))
        .hasMessageContaining("50000 tables");
  }
}
