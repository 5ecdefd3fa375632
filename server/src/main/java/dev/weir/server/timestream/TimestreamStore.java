// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream;

import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.QueryPreparer;
import dev.weir.store.QueryRunner;
import dev.weir.store.administration.AccountSettings;
import dev.weir.store.administration.CatalogWriter;
import dev.weir.store.administration.ResourceTags;

/** The roles of a store that the door talks to; one object may play them all. */
public record TimestreamStore(
    PointWriter points,
    QueryRunner queries,
    QueryPreparer preparer,
    CatalogReader catalog,
    CatalogWriter administration,
    ResourceTags tags,
    AccountSettings.Keeper settings) {

  /** A store that plays every role. */
  public static <
          S extends
              PointWriter & QueryRunner & QueryPreparer & CatalogReader & CatalogWriter
                  & ResourceTags & AccountSettings.Keeper>
      TimestreamStore of(S store) {
    return new TimestreamStore(store, store, store, store, store, store, store);
  }
}
