// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

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
import dev.weir.store.StoreException.Kind;
import dev.weir.store.StoreHealth;
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

/** Reads the catalog by SHOW and DESCRIBE, afresh every time. */
final class TimestreamCatalog implements CatalogReader, StoreHealth {

  private static final Duration CATALOG_TIME = Duration.ofSeconds(30);
  private static final Duration HEALTH_TIME = Duration.ofSeconds(5);

  private final QueryRunner queries;
  private final InstantSource clock;

  TimestreamCatalog(QueryRunner queries, InstantSource clock) {
    this.queries = queries;
    this.clock = clock;
  }

  @Override
  public List<String> databases() {
    return rows("SHOW DATABASES", CATALOG_TIME).stream().map(List::getFirst).sorted().toList();
  }

  @Override
  public List<String> tables(String database) {
    String sql = new SqlText().raw("SHOW TABLES FROM ").identifier(database).toString();
    return ifThere(sql).stream().map(List::getFirst).sorted().toList();
  }

  @Override
  public Optional<TableDescription> describe(TableName table) {
    SqlText sql = new SqlText().raw("DESCRIBE ");
    sql.identifier(table.database()).raw(".").identifier(table.table());
    List<List<String>> rows = ifThere(sql.toString());
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TableDescription(table, rows.stream().map(TimestreamCatalog::column).toList()));
  }

  @Override
  public Health health() {
    try {
      rows("SELECT 1", HEALTH_TIME);
      return new Health(true, "Timestream answers");
    } catch (StoreException e) {
      return new Health(false, "Timestream does not answer: " + e.getMessage());
    }
  }

  private static ColumnDescription column(List<String> row) {
    String type = row.get(1).toUpperCase(Locale.ROOT);
    return new ColumnDescription(
        row.get(0), ValueType.Scalar.valueOf(type), ColumnRole.valueOf(row.get(2)));
  }

  /** No rows where the thing is not there; Timestream then calls the query itself invalid. */
  private List<List<String>> ifThere(String sql) {
    try {
      return rows(sql, CATALOG_TIME);
    } catch (StoreException e) {
      String said = String.valueOf(e.getMessage());
      boolean missing = said.contains("does not exist") || said.contains("not found");
      if (e.kind() == Kind.NOT_FOUND || (e.kind() == Kind.BAD_REQUEST && missing)) {
        return List.of();
      }
      throw e;
    }
  }

  private List<List<String>> rows(String sql, Duration time) {
    List<List<String>> rows = new ArrayList<>();
    QueryRequest request = new QueryRequest(sql, Scope.all(), clock.instant().plus(time));
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
