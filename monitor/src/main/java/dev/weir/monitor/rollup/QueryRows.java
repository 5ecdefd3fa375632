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
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows of a query, page by page. */
public final class QueryRows {

  private QueryRows() {}

  /** One row. Valid while it is handed over. */
  public static final class Row {
    private final ResultPage page;
    private int index;

    private Row(ResultPage page) {
      this.page = page;
    }

    /** Whether the column has no value here. */
    public boolean isNull(String column) {
      return page.column(column).values().isNull(index);
    }

    /** A text that is there. */
    public String text(String column) {
      return requireNonNull(textOrNull(column), column);
    }

    /** A text; null where there is none, or no such column. */
    public @Nullable String textOrNull(String column) {
      return switch (present(column)) {
        case null -> null;
        case ColumnVector.Strings strings -> strings.value(index);
        default -> throw unexpected(column);
      };
    }

    /** A whole number, or nanoseconds since the epoch; null where there is none, or no column. */
    public @Nullable Long wholeOrNull(String column) {
      return switch (present(column)) {
        case null -> null;
        case ColumnVector.Longs longs -> longs.values()[index];
        default -> throw unexpected(column);
      };
    }

    /** A measured number; null where there is none, or no such column. */
    public @Nullable Double numberOrNull(String column) {
      return switch (present(column)) {
        case null -> null;
        case ColumnVector.Doubles doubles -> doubles.values()[index];
        default -> throw unexpected(column);
      };
    }

    /** A count, or nanoseconds since the epoch; 0 for none. */
    public long whole(String column) {
      return switch (page.column(column).values()) {
        case ColumnVector.Longs longs -> longs.isNull(index) ? 0 : longs.values()[index];
        case ColumnVector.AllNull _ -> 0;
        default -> throw unexpected(column);
      };
    }

    /** A measured number; 0 for none. */
    public double number(String column) {
      return switch (page.column(column).values()) {
        case ColumnVector.Doubles doubles -> doubles.isNull(index) ? 0 : doubles.values()[index];
        case ColumnVector.AllNull _ -> 0;
        default -> throw unexpected(column);
      };
    }

    /** Whether it is known to be true; not where there is no such column. */
    public boolean isTrue(String column) {
      return switch (present(column)) {
        case null -> false;
        case ColumnVector.Booleans truths -> truths.values()[index];
        default -> throw unexpected(column);
      };
    }

    /** The values of a column that has one here. */
    private @Nullable ColumnVector present(String column) {
      for (ResultPage.Column each : page.columns()) {
        if (each.name().equals(column)) {
          return each.values().isNull(index) ? null : each.values();
        }
      }
      return null;
    }

    private StoreException unexpected(String column) {
      return new StoreException(
          StoreException.Kind.INTERNAL,
          "column %s of the checks is a %s".formatted(column, page.column(column).type()));
    }
  }

  /**
   * Hands over all rows, in order.
   *
   * @param deadline of all pages together
   * @throws StoreException as the store says; rows of the pages before it have been handed over
   */
  public static void forEach(
      QueryRunner queries, SqlText sql, Instant deadline, Consumer<Row> rows) {
    forEach(queries, sql, Scope.all(), deadline, rows);
  }

  /** The same of one database, out of which the statement sees nothing. */
  public static void forEach(
      QueryRunner queries, SqlText sql, String database, Instant deadline, Consumer<Row> rows) {
    forEach(queries, sql, Scope.of(Set.of(database)), deadline, rows);
  }

  private static void forEach(
      QueryRunner queries, SqlText sql, Scope scope, Instant deadline, Consumer<Row> rows) {
    QueryRequest request = new QueryRequest(sql.toString(), scope, deadline);
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

  /** Of a moment that fits, from 1677 to 2262. */
  public static long epochNanos(Instant moment) {
    return Math.addExact(
        Math.multiplyExact(moment.getEpochSecond(), 1_000_000_000L), moment.getNano());
  }

  /** The moment so many nanoseconds after the epoch. */
  public static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(epochNanos / 1_000_000_000L, epochNanos % 1_000_000_000L);
  }
}
