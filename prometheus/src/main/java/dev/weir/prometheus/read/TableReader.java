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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the statements of one remote read against one table. Not thread-safe. */
final class TableReader {

  /** How often a statement is repeated because columns were added while it ran. */
  private static final int ATTEMPTS_MAX = 4;

  private static final Set<StoreException.Detail> UNKNOWN =
      Set.of(StoreException.Detail.UNKNOWN_TABLE, StoreException.Detail.UNKNOWN_COLUMN);

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

    /** Whether the pages that follow are wanted; the query is cancelled where not. */
    default boolean wantsMore() {
      return true;
    }
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

  /** The columns of the table, or null where there is no table. */
  @Nullable TableColumns columns() {
    return columns(catalog.describe(table));
  }

  /** The same, past what the catalog remembers. */
  @Nullable TableColumns columnsNow() {
    return columns(catalog.describeNow(table));
  }

  private @Nullable TableColumns columns(Optional<TableDescription> now) {
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
   * the new one would be taken for the series without it, so the statement is run again. So it is
   * where the store knows less than the catalog had said; an unknown table has no series.
   */
  void run(Text text, Rows rows) throws BadReadException {
    TableColumns before = columns();
    for (int attempt = 0; before != null && attempt < ATTEMPTS_MAX; attempt++) {
      rows.restart();
      boolean answered = true;
      try {
        select(text.of(new Statements(table, before), before), before, 1, rows);
      } catch (StoreException failure) {
        if (!isUnknown(failure)) {
          throw failure;
        }
        rows.restart();
        answered = false;
      }
      TableColumns after = columnsNow();
      if (after == null || (answered && after.dimensions().equals(before.dimensions()))) {
        return;
      }
      before = after;
    }
  }

  /** Whether a store says that a table or a column is not there, as it was when it was asked. */
  static boolean isUnknown(StoreException failure) {
    return failure.kind() == StoreException.Kind.NOT_FOUND
        || failure.detail().filter(UNKNOWN::contains).isPresent();
  }

  /** Begins a statement, whose rows are taken later. */
  BegunQuery begin(String text) {
    statements++;
    return BegunQuery.begin(runner, request(text));
  }

  /** Runs a statement once, with so many values after the measure name. */
  void select(String text, TableColumns asked, int values, Rows rows) throws BadReadException {
    statements++;
    QueryRequest request = request(text);
    pages(request, runner.run(request), page -> take(page, asked, values, rows));
  }

  /** Takes the rows of a statement that was begun. */
  void select(BegunQuery begun, String text, TableColumns asked, int values, Rows rows)
      throws BadReadException {
    pages(request(text), begun.take(), page -> take(page, asked, values, rows));
  }

  private static boolean take(ResultPage page, TableColumns asked, int values, Rows rows)
      throws BadReadException {
    if (page.rowCount() > 0) {
      rows.accept(new PageRows(page, asked, values));
    }
    return rows.wantsMore();
  }

  /** Runs a statement about the catalog, which costs nothing and is not counted. */
  List<ResultPage> show(String text) throws BadReadException {
    List<ResultPage> pages = new ArrayList<>();
    QueryRequest request = request(text);
    pages(request, runner.run(request), page -> pages.add(page));
    return pages;
  }

  private QueryRequest request(String text) {
    return new QueryRequest(text, scope, deadline);
  }

  /** Takes a page; whether more are wanted. */
  @FunctionalInterface
  private interface PageTaker {
    boolean take(ResultPage page) throws BadReadException;
  }

  /** The first page was taken as valid: what is wrong with a later one is its token's age. */
  private QueryPage next(QueryRequest resumed) {
    try {
      return runner.run(resumed);
    } catch (StoreException failure) {
      if (failure.kind() == StoreException.Kind.BAD_REQUEST && failure.detail().isEmpty()) {
        throw new StoreException(
            StoreException.Kind.UNAVAILABLE,
            "the next page of the result is not to be had: " + failure.getMessage(),
            failure);
      }
      throw failure;
    }
  }

  private void pages(QueryRequest request, QueryPage first, PageTaker taker)
      throws BadReadException {
    QueryPage page = first;
    boolean ended = false;
    try {
      while (taker.take(page.page())) {
        String token = page.resumeToken();
        if (token == null) {
          break;
        }
        page = next(request.resume(token));
      }
      ended = page.resumeToken() == null;
    } finally {
      if (!ended) {
        cancel(runner, page.queryId());
      }
    }
  }

  /** Cancels a query; one that can't be cancelled ends by itself when nobody asks for its pages. */
  static void cancel(QueryRunner runner, String queryId) {
    try {
      runner.cancel(queryId);
    } catch (StoreException _) {
      // What went wrong before is what the caller has to know.
    }
  }
}
