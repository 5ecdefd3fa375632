// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.query.SqlText;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks one database, and hands over what it answers row by row. A column that the statement did not
 * ask for is null in each.
 */
record StoredRows(QueryRunner queries, String database, Instant deadline) {

  /** Calls for each row. */
  void forEach(SqlText sql, Consumer<Row> rows) {
    QueryRequest request = new QueryRequest(sql.toString(), Scope.of(Set.of(database)), deadline);
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

  /** One row. Valid while it is handed over. */
  static final class Row {
    private final ResultPage page;
    private int index;

    private Row(ResultPage page) {
      this.page = page;
    }

    @Nullable String text(String column) {
      return switch (values(column)) {
        case null -> null;
        case ColumnVector.Strings strings -> strings.value(index);
        default -> throw unexpected(column);
      };
    }

    /** A whole number, or nanoseconds since the epoch. */
    @Nullable Long whole(String column) {
      return switch (values(column)) {
        case null -> null;
        case ColumnVector.Longs longs -> longs.values()[index];
        default -> throw unexpected(column);
      };
    }

    @Nullable Double number(String column) {
      return switch (values(column)) {
        case null -> null;
        case ColumnVector.Doubles doubles -> doubles.values()[index];
        default -> throw unexpected(column);
      };
    }

    /** Whether it is true; null counts as false. */
    boolean flag(String column) {
      return switch (values(column)) {
        case null -> false;
        case ColumnVector.Booleans booleans -> booleans.values()[index];
        default -> throw unexpected(column);
      };
    }

    long count(String column) {
      Long count = whole(column);
      return count == null ? 0 : count;
    }

    /** Milliseconds since the epoch. */
    long millis(String column) {
      return Math.floorDiv(count(column), 1_000_000L);
    }

    /** Null where there is no such column, or no value here. */
    private @Nullable ColumnVector values(String column) {
      for (ResultPage.Column each : page.columns()) {
        if (each.name().equals(column)) {
          return each.values().isNull(index) ? null : each.values();
        }
      }
      return null;
    }

    private static StoreException unexpected(String column) {
      return new StoreException(
          StoreException.Kind.INTERNAL,
          "column %s of the checks has another type".formatted(column));
    }
  }
}
