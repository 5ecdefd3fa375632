// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.sdk;

import dev.weir.model.PointBatch;
import dev.weir.query.ColumnVector;
import dev.weir.query.Scope;
import dev.weir.query.SqlText;
import dev.weir.query.ValueType.Scalar;
import dev.weir.store.CatalogReader;
import dev.weir.store.PointWriter;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamquery.model.QueryResponse;
import software.amazon.awssdk.services.timestreamwrite.TimestreamWriteClient;
import software.amazon.awssdk.services.timestreamwrite.model.Database;
import software.amazon.awssdk.services.timestreamwrite.model.RejectedRecordsException;
import software.amazon.awssdk.services.timestreamwrite.model.Table;
import software.amazon.awssdk.services.timestreamwrite.model.ValidationException;
import software.amazon.awssdk.services.timestreamwrite.model.WriteRecordsResponse;

/**
 * A store behind the wire API as a user of the SDK sees it. Writes go in calls of 100 records; a
 * call that is refused as a whole is halved until the bad record stands alone, since contracts
 * speak of points. Deadlines are not told: those of contracts are of another day.
 */
public record SdkStore(TimestreamWriteClient write, TimestreamQueryClient query)
    implements PointWriter, QueryRunner, CatalogReader {

  /** Records in a call (AWS developer guide, "Quotas"). */
  private static final int RECORDS_MAX = 100;

  @Override
  public WriteOutcome write(TableName table, PointBatch batch, Instant deadline) {
    Outcomes outcomes = new Outcomes(batch);
    for (int from = 0; from < batch.size(); from += RECORDS_MAX) {
      write(table, batch, from, Math.min(from + RECORDS_MAX, batch.size()), outcomes);
    }
    return outcomes.outcome();
  }

  private void write(TableName table, PointBatch batch, int from, int to, Outcomes outcomes) {
    try {
      outcomes.stored(Failures.asked(() -> writeRecords(table, batch, from, to)));
    } catch (StoreException e) {
      if (e.getCause() instanceof RejectedRecordsException some) {
        outcomes.rejected(from, to, some.rejectedRecords());
      } else if (!(e.getCause() instanceof ValidationException)) {
        throw e;
      } else if (to - from == 1) {
        outcomes.rejected(from, String.valueOf(e.getMessage()), null);
      } else {
        int middle = (from + to) >>> 1;
        write(table, batch, from, middle, outcomes);
        write(table, batch, middle, to, outcomes);
      }
    }
  }

  private WriteRecordsResponse writeRecords(TableName table, PointBatch batch, int from, int to) {
    return write.writeRecords(w ->
        w.databaseName(table.database())
            .tableName(table.table())
            .records(IntStream.range(from, to).mapToObj(i -> Records.of(batch, i)).toList()));
  }

  @Override
  public QueryPage run(QueryRequest request) {
    QueryResponse response =
        Failures.asked(() ->
            query.query(q ->
                q.queryString(request.text())
                    .nextToken(request.resumeToken())
                    .maxRows(request.rowsMax() == 0 ? null : request.rowsMax())));
    return new QueryPage(
        response.queryId(),
        ResultPages.of(response.columnInfo(), response.rows()),
        response.nextToken(),
        response.queryStatus().cumulativeBytesScanned());
  }

  /** By the id of the query's pages. */
  @Override
  public boolean cancel(String queryId) {
    try {
      Failures.asked(() -> query.cancelQuery(c -> c.queryId(queryId)));
      return true;
    } catch (StoreException e) {
      if (e.kind() == Kind.BAD_REQUEST || e.kind() == Kind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public List<String> databases() {
    return Failures.asked(() ->
        write.listDatabasesPaginator(l -> {}).stream()
            .flatMap(page -> page.databases().stream())
            .map(Database::databaseName)
            .sorted()
            .toList());
  }

  @Override
  public List<String> tables(String database) {
    return Failures.ifThere(() ->
            write.listTablesPaginator(l -> l.databaseName(database)).stream()
                .flatMap(page -> page.tables().stream())
                .map(Table::tableName)
                .sorted()
                .toList())
        .orElse(List.of());
  }

  @Override
  public Optional<TableDescription> describe(TableName table) {
    return Failures.ifThere(() ->
            write.describeTable(d -> d.databaseName(table.database()).tableName(table.table())))
        .map(_ -> new TableDescription(table, columns(table)));
  }

  /** DescribeTable does not tell columns; DESCRIBE does. */
  private List<ColumnDescription> columns(TableName table) {
    String sql =
        new SqlText()
            .raw("DESCRIBE ")
            .identifier(table.database())
            .raw(".")
            .identifier(table.table())
            .toString();
    List<ColumnDescription> columns = new ArrayList<>();
    QueryRequest request = new QueryRequest(sql, Scope.all(), Instant.MAX);
    for (QueryPage page = run(request); ; page = run(request.resume(page.resumeToken()))) {
      List<ColumnVector.Strings> texts =
          page.page().columns().stream()
              .map(column -> (ColumnVector.Strings) column.values())
              .toList();
      for (int i = 0; i < page.page().rowCount(); i++) {
        columns.add(
            new ColumnDescription(
                String.valueOf(texts.get(0).value(i)),
                Scalar.valueOf(String.valueOf(texts.get(1).value(i)).toUpperCase(Locale.ROOT)),
                ColumnRole.valueOf(texts.get(2).value(i))));
      }
      if (page.resumeToken() == null) {
        return columns;
      }
    }
  }
}
