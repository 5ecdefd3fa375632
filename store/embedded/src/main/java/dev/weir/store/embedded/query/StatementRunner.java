// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.ResultPage.Column;
import dev.weir.query.Scope;
import dev.weir.sql.TimeRange;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.Statement;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.function.BadValueException;
import dev.weir.store.embedded.function.QueryCalls;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ToLongFunction;

/** Runs an analyzed statement, by the plan that fits it. */
public final class StatementRunner {

  private final StoreCatalog catalog;
  private final ToLongFunction<TableRules> oldestNanos;

  /**
   * A runner.
   *
   * @param oldestNanos the oldest time that a table with such rules still shows
   */
  public StatementRunner(StoreCatalog catalog, ToLongFunction<TableRules> oldestNanos) {
    this.catalog = catalog;
    this.oldestNanos = oldestNanos;
  }

  /** Opens what a query reads from; only queries over points need it. */
  @FunctionalInterface
  public interface Reading {
    void with(QueryBody body) throws SQLException;
  }

  /** What is done with it. */
  @FunctionalInterface
  public interface QueryBody {
    void run(ReadContext context) throws SQLException;
  }

  /** Runs it; at least one page goes to the sink. */
  public void run(Statement statement, Scope scope, int rowsMax, Reading reading, Spool sink)
      throws SQLException {
    CatalogAnswers answers = new CatalogAnswers(catalog, scope);
    switch (statement) {
      case Query query -> {
        reading.with(context -> run(query, context, rowsMax, sink));
        if (sink.pages() == 0) {
          sink.page(emptyPage(query));
        }
      }
      case Statement.ShowDatabases show -> sink.page(answers.databases(show.like()));
      case Statement.ShowTables show -> sink.page(answers.tables(show));
      case Statement.ShowMeasures show -> answers.measures(show.table().name(), show.like(), sink);
      case Statement.Describe describe -> sink.page(answers.describe(describe.table()));
    }
  }

  private void run(Query query, ReadContext context, int rowsMax, PageSink sink)
      throws SQLException {
    try (QueryCalls calls = context.functions().begin(context.running()::cancelled)) {
      run(query, context, calls, rowsMax, sink);
    } catch (BadValueException e) {
      context.running().check();
      throw new StoreException(Kind.BAD_REQUEST, e.userMessage(), e);
    }
  }

  private void run(Query query, ReadContext context, QueryCalls calls, int rowsMax, PageSink sink)
      throws SQLException {
    SeriesPlan plan = SeriesPlan.of(query, calls);
    if (plan != null && plan.limit() == null) {
      StoredTable table = catalog.described(plan.table());
      TimeRange shown = new TimeRange(oldestNanos.applyAsLong(table.rules()), Long.MAX_VALUE);
      new SeriesExecution(context, plan.within(shown), table, catalog.series(), rowsMax).run(sink);
      return;
    }
    new PrintedExecution(context, calls, catalog, oldestNanos, rowsMax).run(query, sink);
  }

  private static ResultPage emptyPage(Query query) {
    List<Column> columns =
        query.columns().stream()
            .map(column -> new Column(column.name(), column.type(), new ColumnVector.AllNull(0)))
            .toList();
    return new ResultPage(columns, 0);
  }
}
