// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.sql.tree.Query;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.catalog.StoreCatalog;
import java.sql.SQLException;
import java.util.function.ToLongFunction;

/** Runs a query by printing it as DuckDB SQL. */
final class PrintedExecution {

  PrintedExecution(
      ReadContext context,
      StoreCatalog catalog,
      ToLongFunction<TableRules> oldestNanos,
      int rowsMax) {}

  void run(Query query, PageSink sink) throws SQLException {
    throw new StoreException(Kind.BAD_REQUEST, "line 1:1: not supported yet");
  }
}
