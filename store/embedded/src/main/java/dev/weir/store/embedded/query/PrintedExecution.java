// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ResultPage;
import dev.weir.query.ResultPage.Column;
import dev.weir.sql.TimeRange;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.OutputColumn;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.Relation;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.disk.RowSources;
import dev.weir.store.embedded.function.QueryCalls;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Runs a query by printing it as the engine's SQL. */
final class PrintedExecution {

  /** Rows of a page where the caller names no number. */
  private static final int PAGE_ROWS = 10_000;

  private final ReadContext context;
  private final StoreCatalog catalog;
  private final ToLongFunction<TableRules> oldestNanos;
  private final int pageRows;
  private final List<RowSources.Offer> offers = new ArrayList<>();

  PrintedExecution(
      ReadContext context,
      StoreCatalog catalog,
      ToLongFunction<TableRules> oldestNanos,
      int rowsMax) {
    this.context = context;
    this.catalog = catalog;
    this.oldestNanos = oldestNanos;
    this.pageRows = rowsMax == 0 ? PAGE_ROWS : rowsMax;
  }

  void run(Query query, PageSink sink) throws SQLException {
    try (QueryCalls calls = context.functions().begin(context.running()::cancelled)) {
      String sql = calls.bind(new QueryPrinter(this::table).print(query));
      try (PreparedStatement statement = context.connection().prepareStatement(sql)) {
        context.running().begin(statement);
        try (ResultSet result = statement.executeQuery()) {
          read(result, query.columns(), sink);
        } finally {
          context.running().end();
        }
      }
    } finally {
      offers.forEach(RowSources.Offer::close);
    }
  }

  private String table(Relation.BaseTable relation, List<Expression> conjuncts) {
    StoredTable table = catalog.table(relation.table().name());
    if (table == null) {
      throw new StoreException(
          Kind.NOT_FOUND, "table " + relation.table().name() + " does not exist");
    }
    SeriesColumns columns = new SeriesColumns(relation.number(), relation.table());
    TimeRange shown = new TimeRange(oldestNanos.applyAsLong(table.rules()), Long.MAX_VALUE);
    TimeRange range = TimeRange.impliedByAll(conjuncts, relation).and(shown);
    return new TableSource(context, catalog, table, offers)
        .sql(relation.table(), range, choice(conjuncts, columns, table));
  }

  /** The series that conditions over dimensions and the measure name leave, or null for all. */
  private @Nullable SeriesChoice choice(
      List<Expression> conjuncts, SeriesColumns columns, StoredTable table) {
    List<SeriesPredicate> predicates = new ArrayList<>();
    for (Expression conjunct : conjuncts) {
      LabelSets sets = LabelSets.of(conjunct, columns);
      SeriesPredicate predicate =
          sets != null ? sets : new SeriesPredicates(columns).compile(conjunct);
      if (predicate != null) {
        predicates.add(predicate);
      }
    }
    if (predicates.isEmpty()) {
      return null;
    }
    SeriesPlan plan =
        new SeriesPlan(table.name(), TimeRange.ALL, null, predicates, List.of(), null);
    return SeriesChoice.of(plan, table, catalog.series());
  }

  private void read(ResultSet result, List<OutputColumn> columns, PageSink sink)
      throws SQLException {
    boolean more = result.next();
    while (more) {
      List<List<@Nullable Object>> values = new ArrayList<>();
      columns.forEach(_ -> values.add(new ArrayList<>()));
      int rows = 0;
      while (more && rows < pageRows) {
        for (int i = 0; i < columns.size(); i++) {
          values.get(i).add(result.getObject(i + 1));
        }
        rows++;
        more = result.next();
      }
      List<Column> page = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        OutputColumn column = columns.get(i);
        page.add(
            new Column(
                column.name(), column.type(), ResultReader.column(column.type(), values.get(i))));
      }
      sink.page(new ResultPage(page, rows));
    }
  }
}
