// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.catalog.StoreCatalog;
import java.nio.file.Path;

/** Runs queries. */
final class Queries implements AutoCloseable {

  Queries(
      EmbeddedStoreOptions options,
      StoreCatalog catalog,
      Holdings holdings,
      EngineKeeper keeper,
      Path temporary) {
    // Filled with the printer.
    java.util.Objects.requireNonNull(options);
  }

  QueryPage run(QueryRequest request) {
    throw new StoreException(Kind.UNAVAILABLE, "queries are not ready: " + request.text());
  }

  boolean cancel(String queryId) {
    return queryId.isEmpty();
  }

  @Override
  public void close() {}
}
