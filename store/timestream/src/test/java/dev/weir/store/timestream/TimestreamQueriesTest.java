// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.Scope;
import dev.weir.query.ValueType.Scalar;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamquery.model.CancelQueryRequest;
import software.amazon.awssdk.services.timestreamquery.model.CancelQueryResponse;
import software.amazon.awssdk.services.timestreamquery.model.ColumnInfo;
import software.amazon.awssdk.services.timestreamquery.model.Datum;
import software.amazon.awssdk.services.timestreamquery.model.QueryResponse;
import software.amazon.awssdk.services.timestreamquery.model.QueryStatus;
import software.amazon.awssdk.services.timestreamquery.model.Row;
import software.amazon.awssdk.services.timestreamquery.model.ScalarType;
import software.amazon.awssdk.services.timestreamquery.model.Type;
import software.amazon.awssdk.services.timestreamquery.model.ValidationException;

class TimestreamQueriesTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-10T12:00:00Z"));
  private static final QueryRequest REQUEST =
      new QueryRequest("SELECT 1", Scope.all(), CLOCK.instant().plusSeconds(10));

  /** Answers what is lined up; waits for an interrupt when nothing is. */
  private static final class LinedUp implements TimestreamQueryClient {

    private final Deque<QueryResponse> answers = new ArrayDeque<>();
    private final List<software.amazon.awssdk.services.timestreamquery.model.QueryRequest> asked =
        new ArrayList<>();
    private final CountDownLatch waiting = new CountDownLatch(1);

    @Override
    public QueryResponse query(
        software.amazon.awssdk.services.timestreamquery.model.QueryRequest request) {
      asked.add(request);
      if (request.queryString().contains("nowhere")) {
        boolean table = request.queryString().contains(".");
        throw ValidationException.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("ValidationException")
                    .errorMessage(
                        table
                            ? "line 1:10: Table 'weir.nowhere' does not exist"
                            : "Requested database 'nowhere' not found at line 1:18")
                    .build())
            .build();
      }
      if (!answers.isEmpty()) {
        return answers.pop();
      }
      try {
        waiting.countDown();
        new CountDownLatch(1).await();
        throw new IllegalStateException();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw AbortedException.create("interrupted");
      }
    }

    @Override
    public CancelQueryResponse cancelQuery(CancelQueryRequest request) {
      if (request.queryId().equals("unknown")) {
        throw ValidationException.builder().build();
      }
      return CancelQueryResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "timestream";
    }

    @Override
    public void close() {}
  }

  private final LinedUp client = new LinedUp();
  private final TimestreamQueries queries = new TimestreamQueries(client, CLOCK);
  private final TimestreamCatalog catalog = new TimestreamCatalog(queries, CLOCK);

  @Test
  void goesOnFromPageToPageWithTheSameText() {
    client.answers.add(answer("t1"));
    client.answers.add(answer(null, "x"));

    QueryPage first = queries.run(REQUEST.paged(5_000));
    QueryPage last = queries.run(REQUEST.paged(5_000).resume("t1"));

    assertThat(first.page().rowCount()).isZero();
    assertThat(first.resumeToken()).isEqualTo("t1");
    assertThat(first.queryId()).isEqualTo("AQ1");
    assertThat(first.scannedBytes()).isEqualTo(7);
    assertThat(last.resumeToken()).isNull();
    assertThat(client.asked).extracting(a -> a.queryString()).containsOnly("SELECT 1");
    assertThat(client.asked).extracting(a -> a.nextToken()).containsExactly(null, "t1");
    assertThat(client.asked).extracting(a -> a.maxRows()).containsOnly(1_000);
  }

  @Test
  void leavesThePageSizeToTimestream() {
    client.answers.add(answer(null));
    queries.run(REQUEST);
    assertThat(client.asked.getFirst().maxRows()).isNull();
  }

  @Test
  void takesAnyScopeSinceTheCredentialsAreTheLimit() {
    client.answers.add(answer(null));
    queries.run(new QueryRequest("SELECT 1", Scope.of(Set.of("weir")), REQUEST.deadline()));
    assertThat(client.asked).hasSize(1);
  }

  @Test
  void cancelsAQueryThatHasNotAnsweredYetByItsName() throws Exception {
    FutureTask<Object> running =
        new FutureTask<>(() -> {
          try {
            queries.run(REQUEST.named("mine"));
            return "answered";
          } catch (StoreException e) {
            return e.kind() + " " + Thread.currentThread().isInterrupted();
          }
        });
    Thread.ofVirtual().start(running);
    client.waiting.await();

    assertThat(queries.cancel("mine")).isTrue();

    assertThat(running.get()).isEqualTo("CANCELLED false");
  }

  @Test
  void cancelsAQueryWithPagesLeftByItsId() {
    assertThat(queries.cancel("AQ1")).isTrue();
    assertThat(queries.cancel("unknown")).isFalse();
  }

  @Test
  void readsTheCatalog() {
    client.answers.add(answer("more", "weir"));
    client.answers.add(answer(null, "other"));
    client.answers.add(
        answer(
            null,
            "host|varchar|DIMENSION",
            "time|timestamp|TIMESTAMP",
            "measure_value::double|double|MEASURE_VALUE"));

    assertThat(catalog.databases()).containsExactly("other", "weir");
    assertThat(catalog.describe(new TableName("weir", "a.b")).orElseThrow().columns())
        .containsExactly(
            new ColumnDescription("host", Scalar.VARCHAR, ColumnRole.DIMENSION),
            new ColumnDescription("time", Scalar.TIMESTAMP, ColumnRole.TIMESTAMP),
            new ColumnDescription(
                "measure_value::double", Scalar.DOUBLE, ColumnRole.MEASURE_VALUE));
    assertThat(client.asked.getLast().queryString()).isEqualTo("DESCRIBE \"weir\".\"a.b\"");
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(catalog.describe(new TableName("weir", "nowhere"))).isEmpty();
    assertThat(catalog.tables("nowhere")).isEmpty();
  }

  @Test
  void isHealthyWhenAQuestionIsAnswered() {
    client.answers.add(answer(null, "1"));
    assertThat(catalog.health().ready()).isTrue();
  }

  /** An answer of VARCHAR columns; a row is its cells with bars between. */
  private static QueryResponse answer(String token, String... rows) {
    int width = rows.length == 0 ? 1 : rows[0].split("\\|").length;
    Type varchar = Type.builder().scalarType(ScalarType.VARCHAR).build();
    return QueryResponse.builder()
        .queryId("AQ1")
        .nextToken(token)
        .queryStatus(QueryStatus.builder().cumulativeBytesScanned(7L).build())
        .columnInfo(
            Stream.generate(() -> ColumnInfo.builder().name("c").type(varchar).build())
                .limit(width)
                .toList())
        .rows(
            Stream.of(rows)
                .map(row ->
                    Row.builder()
                        .data(
                            Stream.of(row.split("\\|"))
                                .map(text -> Datum.builder().scalarValue(text).build())
                                .toList())
                        .build())
                .toList())
        .build();
  }
}
