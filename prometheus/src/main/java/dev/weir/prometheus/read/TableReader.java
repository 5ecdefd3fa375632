// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.store.CatalogReader;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.TableDescription;
import dev.weir.store.TableName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the statements of one remote read against one table. Not thread-safe. */
final class TableReader {

  /** How often a statement is repeated because columns were added while it ran. */
  private static final int ATTEMPTS_MAX = 4;

  private final QueryRunner runner;
  private final CatalogReader catalog;
  private final TableName table;
  private final Scope scope;
  private final InstantSource clock;
  private final Instant deadline;
  private @Nullable TableDescription described;
  private @Nullable TableColumns columns;
  private int statements;

  TableReader(
      QueryRunner runner,
      CatalogReader catalog,
      TableName table,
      InstantSource clock,
      Instant deadline) {
    this.runner = runner;
    this.catalog = catalog;
    this.table = table;
    this.scope = Scope.of(Set.of(table.database()));
    this.clock = clock;
    this.deadline = deadline;
  }

  /** Takes the rows of a statement, page by page. */
  interface Rows {
    /** Forgets all pages: the statement is run again. */
    void restart();

    /** Takes a page. */
    void accept(PageRows page) throws BadReadException;
  }

  /** Writes a statement for the columns that there are. */
  @FunctionalInterface
  interface Text {
    String of(Statements statements, TableColumns columns);
  }

  TableName table() {
    return table;
  }

  /** Ends a read whose time is over; the store looks at the deadline itself. */
  void checkTime() {
    if (clock.instant().isAfter(deadline)) {
      throw new StoreException(StoreException.Kind.TIMED_OUT, "the read took too long");
    }
  }

  /** How many statements were run. */
  int statements() {
    return statements;
  }

  /** The columns of the table now, or null where there is no table. */
  @Nullable TableColumns columns() {
    Optional<TableDescription> now = catalog.describe(table);
    if (now.isEmpty()) {
      return null;
    }
    TableColumns known = columns;
    if (known == null || !now.get().equals(described)) {
      known = TableColumns.of(now.get());
      described = now.get();
      columns = known;
    }
    return known;
  }

  /**
   * Runs a statement. It groups by all dimensions; where one is added while it runs, a series with
   * the new one would be taken for the series without it, so the statement is run again.
   */
  void run(Text text, Rows rows) throws BadReadException {
    TableColumns before = columns();
    for (int attempt = 0; before != null && attempt < ATTEMPTS_MAX; attempt++) {
      rows.restart();
      pages(text.of(new Statements(table, before), before), before, rows);
      TableColumns after = columns();
      if (after == null || after.dimensions().equals(before.dimensions())) {
        return;
      }
      before = after;
    }
  }

  private void pages(String text, TableColumns asked, Rows rows) throws BadReadException {
    statements++;
    QueryRequest request = new QueryRequest(text, scope, deadline);
    QueryPage page = run(request);
    while (page != null) {
      ResultPage result = page.page();
      String token = page.resumeToken();
      boolean done = token == null;
      try {
        if (result.rowCount() > 0) {
          rows.accept(new PageRows(result, asked));
        }
        page = token == null ? null : run(request.resume(token));
        done = true;
      } finally {
        if (!done && page != null) {
          runner.cancel(page.queryId());
        }
      }
    }
  }

  private @Nullable QueryPage run(QueryRequest request) {
    try {
      return runner.run(request);
    } catch (StoreException failure) {
      if (failure.kind() == StoreException.Kind.NOT_FOUND) {
        // The table went away; an unknown table has no series.
        return null;
      }
      throw failure;
    }
  }
}
