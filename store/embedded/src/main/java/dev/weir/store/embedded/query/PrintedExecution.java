// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.TimeRange;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.OutputColumn;
import dev.weir.sql.tree.Query;
import dev.weir.sql.tree.Relation;
import dev.weir.sql.tree.Trees;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.disk.RowSources;
import dev.weir.store.embedded.function.QueryCalls;
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

  private final ReadContext context;
  private final QueryCalls calls;
  private final StoreCatalog catalog;
  private final ToLongFunction<TableRules> oldestNanos;
  private final int pageRows;
  private final List<RowSources.Offer> offers = new ArrayList<>();

  /** The columns that the query names, by relation. */
  private final Map<Integer, BitSet> used = new HashMap<>();

  PrintedExecution(
      ReadContext context,
      QueryCalls calls,
      StoreCatalog catalog,
      ToLongFunction<TableRules> oldestNanos,
      int rowsMax) {
    this.context = context;
    this.calls = calls;
    this.catalog = catalog;
    this.oldestNanos = oldestNanos;
    this.pageRows = rowsMax == 0 ? PAGE_ROWS : Math.min(rowsMax, PAGE_ROWS);
  }

  void run(Query query, PageSink sink) throws SQLException {
    Trees.eachExpression(query, this::noteUse);
    try {
      String sql = calls.bind(new QueryPrinter(this::table).print(query));
      read(written(sql, query.columns()), query.columns(), sink);
    } finally {
      offers.forEach(RowSources.Offer::close);
    }
  }

  private String table(Relation.BaseTable relation, List<Expression> conjuncts) {
    StoredTable table = catalog.described(relation.table());
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
          sets != null ? sets : new SeriesPredicates(columns, calls).compile(conjunct);
      if (predicate != null) {
        predicates.add(predicate);
      }
    }
    if (predicates.isEmpty()) {
      return null;
    }
    SeriesPlan plan =
        new SeriesPlan(columns.table(), TimeRange.ALL, null, predicates, List.of(), null);
    return SeriesChoice.of(plan, table, catalog.series());
  }

  private void read(String sql, List<OutputColumn> columns, PageSink sink) throws SQLException {
    ResultPages pages = new ResultPages(columns, pageRows, sink);
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

  /** The same result with nested values as texts. */
  private static String written(String sql, List<OutputColumn> columns) {
    if (columns.stream().allMatch(column -> column.type() instanceof Scalar)) {
      return sql;
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = ExpressionPrinter.column(i);
      values.add(
          columns.get(i).type() instanceof Scalar
              ? name
              : NestedText.sql(columns.get(i).type(), name) + " AS " + name);
    }
    return "SELECT " + String.join(", ", values) + " FROM (" + sql + ")";
  }
}
