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
import dev.weir.sql.tree.Trees;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.disk.RowSources;
import dev.weir.store.embedded.function.QueryCalls;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** Runs a query by printing it as the engine's SQL. */
final class PrintedExecution {

  /** Rows of a page at most. */
  private static final int PAGE_ROWS = 10_000;

  /** A page ends with the row that brings its values to so many bytes, about. */
  static final int PAGE_BYTES = 1 << 20;

  /** What a value inside an array or a row takes, about. */
  private static final int NESTED_VALUE_BYTES = 32;

  /** Rows between two looks at whether the query is cancelled. */
  private static final int LOOK_ROWS = 64;

  private final ReadContext context;
  private final StoreCatalog catalog;
  private final ToLongFunction<TableRules> oldestNanos;
  private final int pageRows;
  private final List<RowSources.Offer> offers = new ArrayList<>();

  /** The columns that the query names, by relation. */
  private final Map<Integer, BitSet> used = new HashMap<>();

  PrintedExecution(
      ReadContext context,
      StoreCatalog catalog,
      ToLongFunction<TableRules> oldestNanos,
      int rowsMax) {
    this.context = context;
    this.catalog = catalog;
    this.oldestNanos = oldestNanos;
    this.pageRows = rowsMax == 0 ? PAGE_ROWS : Math.min(rowsMax, PAGE_ROWS);
  }

  void run(Query query, PageSink sink) throws SQLException {
    Trees.eachExpression(query, this::noteUse);
    try (QueryCalls calls = context.functions().begin(context.running()::cancelled)) {
      String sql = calls.bind(new QueryPrinter(this::table).print(query));
      if (FlatPages.fit(query.columns())) {
        readFlat(sql, query.columns(), sink);
      } else {
        readNested(sql, query.columns(), sink);
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
        .sql(
            relation.table(),
            used.getOrDefault(relation.number(), new BitSet()),
            range,
            choice(conjuncts, columns, table));
  }

  private void noteUse(Expression expression) {
    if (expression instanceof Expression.Column column) {
      used.computeIfAbsent(column.relation(), _ -> new BitSet()).set(column.index());
    }
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

  private void readFlat(String sql, List<OutputColumn> columns, PageSink sink) throws SQLException {
    FlatPages pages = new FlatPages(columns, pageRows, sink);
    try (DuckDBPreparedStatement statement = context.connection().prepare(sql)) {
      context.running().begin(statement);
      try (DuckDBChunkedResult result = statement.query()) {
        while (result.nextChunk()) {
          context.running().check();
          pages.add(result.chunk());
        }
      } finally {
        context.running().end();
      }
    }
    pages.end();
  }

  private void readNested(String sql, List<OutputColumn> columns, PageSink sink)
      throws SQLException {
    try (PreparedStatement statement = context.connection().prepareStatement(sql)) {
      context.running().begin(statement);
      try (ResultSet result = statement.executeQuery()) {
        boolean more = result.next();
        while (more) {
          List<List<@Nullable Object>> values = new ArrayList<>();
          columns.forEach(_ -> values.add(new ArrayList<>()));
          int rows = 0;
          long bytes = 0;
          while (more && rows < pageRows && bytes < PAGE_BYTES) {
            for (int i = 0; i < columns.size(); i++) {
              Object value = result.getObject(i + 1);
              values.get(i).add(value);
              bytes += bytes(value);
            }
            rows++;
            if (rows % LOOK_ROWS == 0) {
              context.running().check();
            }
            more = result.next();
          }
          sink.page(page(columns, values, rows));
        }
      } finally {
        context.running().end();
      }
    }
  }

  private static ResultPage page(
      List<OutputColumn> columns, List<List<@Nullable Object>> values, int rows)
      throws SQLException {
    List<Column> page = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      OutputColumn column = columns.get(i);
      page.add(
          new Column(
              column.name(), column.type(), ResultReader.column(column.type(), values.get(i))));
    }
    return new ResultPage(page, rows);
  }

  private static long bytes(@Nullable Object value) throws SQLException {
    return switch (value) {
      case String text -> text.length();
      case Array array -> (long) ((Object[]) array.getArray()).length * NESTED_VALUE_BYTES;
      case null, default -> NESTED_VALUE_BYTES;
    };
  }
}
