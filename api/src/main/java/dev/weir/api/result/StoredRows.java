// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import dev.weir.monitor.rollup.QueryRows;
import dev.weir.query.SqlText;
import dev.weir.store.QueryRunner;
import java.time.Instant;
import java.util.function.Consumer;

/** Asks one database, out of which no statement sees anything, until a deadline. */
record StoredRows(QueryRunner queries, String database, Instant deadline) {

  /** Calls for each row. */
  void forEach(SqlText sql, Consumer<QueryRows.Row> rows) {
    QueryRows.forEach(queries, sql, database, deadline, rows);
  }

  /** A count; 0 where it was not asked for. */
  static long count(QueryRows.Row row, String column) {
    Long count = row.wholeOrNull(column);
    return count == null ? 0 : count;
  }

  /** A moment in milliseconds since the epoch. */
  static long millis(QueryRows.Row row, String column) {
    return Math.floorDiv(count(row, column), 1_000_000L);
  }
}
