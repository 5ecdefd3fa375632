// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.query.SqlText;
import dev.weir.query.ValueType;
import dev.weir.store.CatalogReader;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Detail;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The catalog as SHOW and DESCRIBE tell it, which Timestream does not charge for. The columns of a
 * table are kept for a while; that a table is not there is asked each time. Thread-safe.
 */
final class TimestreamCatalog implements CatalogReader {

  /** Tables whose columns are kept. With one more, all others are forgotten. */
  static final int TABLES_MAX = 1_000;

  private static final Duration CATALOG_TIME = Duration.ofSeconds(30);

  private final QueryRunner queries;
  private final InstantSource clock;
  private final ConcurrentHashMap<TableName, DescribedTable> tables = new ConcurrentHashMap<>();

  /** Tables that may be read but not described: to ask for their columns is charged. */
  private final Set<TableName> undescribed = ConcurrentHashMap.newKeySet();

  TimestreamCatalog(QueryRunner queries, InstantSource clock) {
    this.queries = queries;
    this.clock = clock;
  }

  @Override
  public List<String> databases() {
    return rows("SHOW DATABASES").stream().map(List::getFirst).sorted().toList();
  }

  @Override
  public List<String> tables(String database) {
    String sql = new SqlText().raw("SHOW TABLES FROM ").identifier(database).toString();
    return ifThere(sql).stream().map(List::getFirst).sorted().toList();
  }

  @Override
  public Optional<TableDescription> describe(TableName table) {
    return known(table).get(() -> asked(table));
  }

  @Override
  public Optional<TableDescription> describeNow(TableName table) {
    return undescribed.contains(table) ? describe(table) : known(table).now(() -> asked(table));
  }

  private DescribedTable known(TableName table) {
    if (tables.size() >= TABLES_MAX && !tables.containsKey(table)) {
      tables.clear();
      undescribed.clear();
    }
    return tables.computeIfAbsent(table, _ -> new DescribedTable(clock));
  }

  private Optional<TableDescription> asked(TableName table) {
    SqlText sql = new SqlText().raw("DESCRIBE ");
    sql.identifier(table.database()).raw(".").identifier(table.table());
    List<List<String>> rows;
    try {
      rows = ifThere(sql.toString());
      undescribed.remove(table);
    } catch (StoreException denied) {
      if (!SelectedColumns.mayHelp(denied)) {
        throw denied;
      }
      Optional<TableDescription> selected = selected(table);
      undescribed.add(table);
      return selected;
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TableDescription(table, rows.stream().map(TimestreamCatalog::column).toList()));
  }

  private Optional<TableDescription> selected(TableName table) {
    QueryRequest request =
        new QueryRequest(
            SelectedColumns.statement(table), Scope.all(), clock.instant().plus(CATALOG_TIME));
    try {
      QueryPage page = queries.run(request);
      while (page.resumeToken() != null && page.page().columns().isEmpty()) {
        page = queries.run(request.resume(page.resumeToken()));
      }
      return Optional.of(SelectedColumns.of(table, page.page().columns()));
    } catch (StoreException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Points were stored; columns that are not known yet are asked for before the next query. */
  void written(TableName name, PointBatch batch) {
    DescribedTable table = tables.get(name);
    Set<String> columns = table == null ? null : table.columns();
    if (table == null || columns == null) {
      return;
    }
    Series before = null;
    MeasureType typeBefore = null;
    for (int i = 0; i < batch.size(); i++) {
      Series series = batch.series(i);
      if (!series.equals(before)) {
        before = series;
        for (Dimension dimension : series.dimensions()) {
          check(table, columns, dimension.name());
        }
      }
      MeasureType type = batch.type(i);
      if (type == MeasureType.MULTI) {
        if (batch.measure(i) instanceof Measure.OfMulti(List<Measure.Named> values)) {
          values.forEach(value -> check(table, columns, value.name()));
        }
      } else if (type != typeBefore) {
        typeBefore = type;
        check(table, columns, "measure_value::" + type.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private static void check(DescribedTable table, Set<String> columns, String column) {
    if (!columns.contains(column)) {
      table.lacks(column);
    }
  }

  /** A query named a column that is not there: what is known of some table is wrong. */
  void forgetAll() {
    tables.values().forEach(DescribedTable::forget);
  }

  private static ColumnDescription column(List<String> row) {
    if (row.size() < 3) {
      throw Unreadable.answer("DESCRIBE has %d columns, not 3".formatted(row.size()));
    }
    try {
      ValueType type = ValueType.Scalar.valueOf(row.get(1).toUpperCase(Locale.ROOT));
      return new ColumnDescription(row.get(0), type, ColumnRole.valueOf(row.get(2)));
    } catch (IllegalArgumentException e) {
      throw Unreadable.answer("DESCRIBE has a column " + row, e);
    }
  }

  /** No rows where the thing is not there; Timestream then calls the query itself invalid. */
  private List<List<String>> ifThere(String sql) {
    try {
      return rows(sql);
    } catch (StoreException e) {
      if (isMissing(e)) {
        return List.of();
      }
      throw e;
    }
  }

  private static boolean isMissing(StoreException e) {
    return e.kind() == Kind.NOT_FOUND || e.detail().equals(Optional.of(Detail.UNKNOWN_TABLE));
  }

  private List<List<String>> rows(String sql) {
    List<List<String>> rows = new ArrayList<>();
    QueryRequest request = new QueryRequest(sql, Scope.all(), clock.instant().plus(CATALOG_TIME));
    QueryPage page = queries.run(request);
    append(rows, page.page());
    while (page.resumeToken() != null) {
      page = queries.run(request.resume(page.resumeToken()));
      append(rows, page.page());
    }
    return rows;
  }

  /** The texts of a page; statements about the catalog give nothing else. */
  private static void append(List<List<String>> rows, ResultPage page) {
    for (int i = 0; i < page.rowCount(); i++) {
      List<String> row = new ArrayList<>(page.columns().size());
      for (ResultPage.Column column : page.columns()) {
        row.add(
            column.values() instanceof ColumnVector.Strings texts
                ? String.valueOf(texts.value(i))
                : "");
      }
      rows.add(row);
    }
  }
}
