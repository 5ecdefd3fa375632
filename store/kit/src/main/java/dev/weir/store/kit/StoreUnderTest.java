// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.QueryRunner;
import dev.weir.store.TableCreator;
import dev.weir.store.administration.AccountSettings;
import dev.weir.store.administration.CatalogWriter;
import dev.weir.store.administration.ResourceTags;
import java.util.Set;

/** A store with nothing in it, as a contract test needs it. Its clock stands at {@link #clock}. */
public interface StoreUnderTest extends AutoCloseable {

  PointWriter writer();

  QueryRunner queries();

  CatalogReader catalog();

  TableCreator tables();

  CatalogWriter administration();

  ResourceTags tags();

  AccountSettings.Keeper settings();

  /** What it can't do though a contract speaks of it. */
  default Set<Capability> lacks() {
    return Set.of();
  }

  /** The store's only source of time. */
  ManualClock clock();

  /**
   * Called between the steps of a test. A subclass of a contract may restart the store here, or
   * make it move its data: no promise depends on it.
   */
  void betweenSteps();

  @Override
  void close();
}
