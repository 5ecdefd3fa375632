// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.QueryRunner;
import dev.weir.store.TableCreator;
import dev.weir.store.administration.AccountSettings;
import dev.weir.store.administration.CatalogWriter;
import dev.weir.store.administration.ResourceTags;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.StoreUnderTest;
import java.nio.file.Path;
import java.time.Instant;

/** An embedded store for the contracts; between steps it does nothing, seals, or restarts. */
final class EmbeddedUnderTest implements StoreUnderTest {

  enum Between {
    NOTHING,
    SEAL,
    RESTART,
    SEAL_AND_RESTART
  }

  private final EmbeddedStoreOptions options;
  private final ManualClock clock;
  private final Between between;
  private EmbeddedStore store;

  EmbeddedUnderTest(Path folder, Instant now, Between between) {
    this.clock = new ManualClock(now);
    this.options = EmbeddedStoreOptions.of(folder).withClock(clock);
    this.between = between;
    this.store = EmbeddedStore.open(options);
  }

  @Override
  public PointWriter writer() {
    return store;
  }

  @Override
  public QueryRunner queries() {
    return store;
  }

  @Override
  public CatalogReader catalog() {
    return store;
  }

  @Override
  public TableCreator tables() {
    return store;
  }

  @Override
  public CatalogWriter administration() {
    return store;
  }

  @Override
  public ResourceTags tags() {
    return store;
  }

  @Override
  public AccountSettings.Keeper settings() {
    return store;
  }

  @Override
  public ManualClock clock() {
    return clock;
  }

  @Override
  public void betweenSteps() {
    if (between == Between.SEAL || between == Between.SEAL_AND_RESTART) {
      if (!store.seal()) {
        throw new IllegalStateException("the store could not seal");
      }
    }
    if (between == Between.RESTART || between == Between.SEAL_AND_RESTART) {
      store.close();
      store = EmbeddedStore.open(options);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
