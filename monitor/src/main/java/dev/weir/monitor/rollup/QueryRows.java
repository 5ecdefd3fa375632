// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.rollup;

import static java.util.Objects.requireNonNull;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.query.SqlText;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import java.time.Instant;
import java.util.function.Consumer;

/** Rows of a query, page by page. */
final class QueryRows {

  private QueryRows() {}

  /** One row; absent numbers are 0. Valid while it is handed over. */
  static final class Row {
    private final ResultPage page;
    private int index;

    private Row(ResultPage page) {
      this.page = page;
    }

    String text(String column) {
      if (page.column(column).values() instanceof ColumnVector.Strings strings) {
        return requireNonNull(strings.value(index), column);
      }
      throw unexpected(column);
    }

    /** A count, or nanoseconds since the epoch. */
    long whole(String column) {
      if (page.column(column).values() instanceof ColumnVector.Longs longs) {
        return longs.isNull(index) ? 0 : longs.values()[index];
      }
      throw unexpected(column);
    }

    double number(String column) {
      if (page.column(column).values() instanceof ColumnVector.Doubles doubles) {
        return doubles.isNull(index) ? 0 : doubles.values()[index];
      }
      throw unexpected(column);
    }

    private StoreException unexpected(String column) {
      return new StoreException(
          StoreException.Kind.INTERNAL,
          "column %s of the checks is a %s".formatted(column, page.column(column).type()));
    }
  }

  static void forEach(QueryRunner queries, SqlText sql, Instant deadline, Consumer<Row> rows) {
    QueryRequest request = new QueryRequest(sql.toString(), Scope.all(), deadline);
    while (true) {
      QueryPage result = queries.run(request);
      Row row = new Row(result.page());
      for (row.index = 0; row.index < result.page().rowCount(); row.index++) {
        rows.accept(row);
      }
      if (result.resumeToken() == null) {
        return;
      }
      request = request.resume(result.resumeToken());
    }
  }

  static long epochNanos(Instant moment) {
    return Math.addExact(
        Math.multiplyExact(moment.getEpochSecond(), 1_000_000_000L), moment.getNano());
  }

  static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(epochNanos / 1_000_000_000L, epochNanos % 1_000_000_000L);
  }
}
