// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.store.PreparedQuery;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.TableName;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  private static final String SELECT = "'QueryString':'SELECT n'";

  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void answersARowWithItsColumnsAndStatus() {
    desk.queries(new CountingRunner(1, 2)).open();
    Desk.Answer answer = desk.call("Query", "{" + SELECT + "}");
    assertThat(member(answer, "QueryId")).matches("[A-Z2-7]{52}");
    assertThat(answer.body().replaceFirst("'QueryId':'[^']*',", ""))
        .isEqualTo(
            "{'ColumnInfo':[{'Name':'n','Type':{'ScalarType':'BIGINT'}},{'Name':'text','Type':"
                + "{'ScalarType':'VARCHAR'}}],'Rows':[{'Data':[{'ScalarValue':'0'},"
                + "{'ScalarValue':'xx'}]}],'QueryStatus':{'ProgressPercentage':100.0,"
                + "'CumulativeBytesScanned':4711,'CumulativeBytesMetered':10000000}}");
  }

  @Test
  void everyTypeHasItsDatumAndItsColumnInfo() {
    BitSet second = new BitSet();
    second.set(1);
    ColumnVector numbers = new ColumnVector.Longs(new long[] {1, 0}, second);
    ResultPage page =
        new ResultPage(
            List.of(
                column("t", Scalar.TIMESTAMP, new ColumnVector.Longs(new long[] {0}, null)),
                column("nothing", Scalar.UNKNOWN, new ColumnVector.AllNull(1)),
                column(
                    "a",
                    new ValueType.ArrayOf(Scalar.BIGINT),
                    new ColumnVector.Arrays(new int[] {0, 2}, numbers, null)),
                column(
                    "r",
                    new ValueType.RowOf(
                        List.of(
                            new ValueType.Field("f", Scalar.BOOLEAN),
                            new ValueType.Field(null, Scalar.DOUBLE))),
                    new ColumnVector.Rows(
                        List.of(
                            new ColumnVector.Booleans(new boolean[] {true}, null),
                            new ColumnVector.Doubles(new double[] {1e9}, null)),
                        1,
                        null)),
                column(
                    "s",
                    new ValueType.TimeSeriesOf(Scalar.BIGINT),
                    new ColumnVector.TimeSeries(
                        new int[] {0, 2}, new long[] {0, 1}, numbers, null))),
            1);
    desk.queries(runner(request -> new QueryPage("q", page, null))).open();
    assertThat(desk.call("Query", "{" + SELECT + "}").body())
        .contains(
            "'ColumnInfo':[{'Name':'t','Type':{'ScalarType':'TIMESTAMP'}},"
                + "{'Name':'nothing','Type':{'ScalarType':'UNKNOWN'}},"
                + "{'Name':'a','Type':{'ArrayColumnInfo':{'Type':{'ScalarType':'BIGINT'}}}},"
                + "{'Name':'r','Type':{'RowColumnInfo':[{'Name':'f','Type':{'ScalarType':"
                + "'BOOLEAN'}},{'Type':{'ScalarType':'DOUBLE'}}]}},"
                + "{'Name':'s','Type':{'TimeSeriesMeasureValueColumnInfo':{'Type':"
                + "{'ScalarType':'BIGINT'}}}}]",
            "'Rows':[{'Data':[{'ScalarValue':'1970-01-01 00:00:00.000000000'},{'NullValue':true},"
                + "{'ArrayValue':[{'ScalarValue':'1'},{'NullValue':true}]},"
                + "{'RowValue':{'Data':[{'ScalarValue':'true'},{'ScalarValue':'1.0E9'}]}},"
                + "{'TimeSeriesValue':[{'Time':'1970-01-01 00:00:00.000000000','Value':"
                + "{'ScalarValue':'1'}},{'Time':'1970-01-01 00:00:00.000000001','Value':"
                + "{'NullValue':true}}]}]}]");
  }

  @ParameterizedTest
  @CsvSource({
    "SHOW DATABASES, 0",
    "' describe a.b', 0",
    "'/* c */ -- d\\n SHOW TABLES', 0",
    "SELECT 1, 10000000",
    "'WITH x AS (SELECT 1) SELECT * FROM x', 10000000"
  })
  void onlyWhatReadsPointsIsMetered(String text, long metered) {
    desk.queries(new CountingRunner(1, 1)).open();
    assertThat(desk.call("Query", "{'QueryString':'" + text + "'}").body())
        .contains("'CumulativeBytesMetered':" + metered);
  }

  @Test
  void pagesOfMaxRowsGoOnToTheEnd() {
    desk.queries(new CountingRunner(25, 1)).open();
    List<String> rows = new ArrayList<>();
    Desk.Answer answer = desk.call("Query", "{" + SELECT + ",'MaxRows':10}");
    assertThat(numbers(answer)).hasSize(10);
    rows.addAll(numbers(answer));
    int[] mostRows = {7, 1_000};
    for (int most : mostRows) {
      answer = next(answer, "'MaxRows':" + most);
      rows.addAll(numbers(answer));
    }
    assertThat(answer.body()).doesNotContain("NextToken");
    assertThat(rows).hasSize(25).doesNotHaveDuplicates().endsWith("24");
  }

  @Test
  void aLargeResultComesInPagesOfAtMostOneMegabyte() {
    desk.queries(new CountingRunner(30_000, 100)).open();
    List<String> rows = new ArrayList<>();
    Desk.Answer answer = desk.call("Query", "{" + SELECT + "}");
    rows.addAll(numbers(answer));
    int pages = 1;
    while (answer.body().contains("NextToken")) {
      assertThat(answer.body().length()).isBetween(700_000, 1 << 20);
      answer = next(answer, "'X':1");
      rows.addAll(numbers(answer));
      pages++;
    }
    assertThat(rows).hasSize(30_000).doesNotHaveDuplicates().startsWith("0").endsWith("29999");
    assertThat(pages).isBetween(4, 8);
  }

  @Test
  void aRowOverOneMegabyteAbortsTheQuery() {
    desk.queries(new CountingRunner(1, 1 << 20)).open();
    assertThat(desk.call("Query", "{" + SELECT + "}").body())
        .isEqualTo(
            Desk.error(
                "ValidationException",
                "Query aborted as max page response size has been exceeded by the output result"
                    + " row"));
  }

  @Test
  void aTokenCanBeUsedFiveTimesUntilTheNextOneIsUsed() {
    desk.queries(new CountingRunner(40, 1)).open();
    Desk.Answer first = desk.call("Query", "{" + SELECT + ",'MaxRows':10}");
    Desk.Answer second = next(first, "'MaxRows':10");
    for (int use = 2; use <= 5; use++) {
      Desk.Answer again = next(first, "'MaxRows':10");
      assertThat(numbers(again)).isEqualTo(numbers(second));
      assertThat(next(second, "'MaxRows':10").body()).contains("Invalid pagination token");
      second = again;
    }
    assertThat(next(first, "'MaxRows':10").body()).contains("Invalid pagination token");
    Desk.Answer third = next(second, "'MaxRows':10");
    assertThat(numbers(third)).startsWith("20");
    assertThat(next(first, "'MaxRows':10").body())
        .isEqualTo(Desk.error("ValidationException", "Invalid pagination token"));
  }

  @Test
  void theLastPageCanBeAskedForAgain() {
    desk.queries(new CountingRunner(15, 1)).open();
    Desk.Answer first = desk.call("Query", "{" + SELECT + ",'MaxRows':10}");
    Desk.Answer last = next(first, "'MaxRows':10");
    assertThat(last.body()).doesNotContain("NextToken");
    assertThat(next(first, "'MaxRows':10").body()).isEqualTo(last.body());
  }

  @Test
  void aTokenBelongsToItsCallerAndItsText() {
    desk.queries(new CountingRunner(20, 1)).open();
    Desk.Answer first = desk.call("Query", "{" + SELECT + ",'MaxRows':10}");
    String token = member(first, "NextToken");
    String invalid = Desk.error("ValidationException", "Invalid pagination token");
    assertThat(desk.call("Query", "{'QueryString':'SELECT m','NextToken':'" + token + "'}").body())
        .isEqualTo(invalid);
    assertThat(
            desk.send(as("OTHER", "Query", "{" + SELECT + ",'NextToken':'" + token + "'}")).body())
        .isEqualTo(invalid);
    for (String wrong : new String[] {"x", token + "x", token.substring(1), "."}) {
      assertThat(desk.call("Query", "{" + SELECT + ",'NextToken':'" + wrong + "'}").body())
          .isEqualTo(invalid);
    }
    assertThat(numbers(next(first, "'MaxRows':10"))).startsWith("10");
  }

  @Test
  void aTokenLivesForAnHour() {
    desk.queries(new CountingRunner(20, 1)).open();
    Desk.Answer first = desk.call("Query", "{" + SELECT + ",'MaxRows':10}");
    desk.clock.advance(Duration.ofMinutes(60).plusMillis(1));
    assertThat(next(first, "'MaxRows':10").body()).contains("Invalid pagination token");
  }

  @Test
  void openQueriesAreBoundedAndTheLeastUsedGoesFirst() {
    CountingRunner runner = new CountingRunner(20, 1);
    desk.queries(runner).open();
    List<Desk.Answer> answers = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      desk.clock.advance(Duration.ofSeconds(1));
      answers.add(desk.call("Query", "{" + SELECT + ",'MaxRows':10}"));
    }
    assertThat(runner.cancelled()).containsExactly(member(answers.getFirst(), "QueryId"));
    assertThat(next(answers.getFirst(), "'MaxRows':10").status()).isEqualTo(400);
    assertThat(next(answers.get(1), "'MaxRows':10").status()).isEqualTo(200);
  }

  @Test
  void aSlowQueryIsAnsweredWithoutRowsAndGoesOn() {
    CountingRunner runner = new CountingRunner(3, 1);
    desk.queries(runner).hold(Duration.ZERO).open();
    String slow = "'QueryString':'SELECT slow'";
    Desk.Answer first = desk.call("Query", "{" + slow + "}");
    assertThat(first.body())
        .contains("'Rows':[]", "'ProgressPercentage':0.0", "'CumulativeBytesMetered':0");
    Desk.Answer second =
        desk.call("Query", "{" + slow + ",'NextToken':'" + member(first, "NextToken") + "'}");
    assertThat(second.body()).contains("'Rows':[]");
    assertThat(member(second, "QueryId")).isEqualTo(member(first, "QueryId"));
    assertThat(member(second, "NextToken")).isNotEqualTo(member(first, "NextToken"));
    runner.release();
    Desk.Answer answer = second;
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (answer.body().contains("'Rows':[]") && System.nanoTime() < end) {
      answer =
          desk.call("Query", "{" + slow + ",'NextToken':'" + member(answer, "NextToken") + "'}");
    }
    assertThat(numbers(answer)).containsExactly("0", "1", "2");
    assertThat(answer.body()).doesNotContain("NextToken");
    assertThat(runner.firstPages.get()).isEqualTo(1);
  }

  @Test
  void aCancelledQueryEndsForWhoeverWaitsAndWhoeverAsks() {
    CountingRunner runner = new CountingRunner(3, 1);
    desk.queries(runner).hold(Duration.ZERO).open();
    Desk.Answer first = desk.call("Query", "{'QueryString':'SELECT slow'}");
    String id = member(first, "QueryId");
    assertThat(desk.send(as("OTHER", "CancelQuery", "{'QueryId':'" + id + "'}")).status())
        .isEqualTo(400);
    assertThat(desk.call("CancelQuery", "{'QueryId':'" + id + "'}").body())
        .isEqualTo("{'CancellationMessage':'The query " + id + " was cancelled.'}");
    assertThat(runner.cancelled()).containsExactly(id);
    Desk.Answer polled =
        desk.call(
            "Query",
            "{'QueryString':'SELECT slow','NextToken':'" + member(first, "NextToken") + "'}");
    assertThat(polled.status()).isEqualTo(409);
    assertThat(polled.header("x-amzn-errortype")).isEqualTo("ConflictException");
    assertThat(desk.call("CancelQuery", "{'QueryId':'ABC'}").body())
        .contains("ValidationException", "The query ABC does not run");
  }

  @Test
  void theStoresFailureIsToldAtOnce() {
    desk.queries(new CountingRunner(3, 1)).open();
    assertThat(desk.call("Query", "{'QueryString':'SELECT wrong'}").body())
        .isEqualTo(Desk.error("ValidationException", "line 1:8: Column 'wrong' does not exist"));
  }

  @Test
  void failuresOfAQueryAreErrorsOfTheProtocol() {
    Kind[] kinds = {Kind.TIMED_OUT, Kind.QUOTA, Kind.CANCELLED, Kind.THROTTLED, Kind.INTERNAL};
    String[] types = {
      "QueryExecutionException",
      "QueryExecutionException",
      "ConflictException",
      "ThrottlingException",
      "InternalServerException"
    };
    List<StoreException> failures = new ArrayList<>();
    for (Kind kind : kinds) {
      failures.add(new StoreException(kind, "why"));
    }
    desk.queries(
            runner(request -> {
              throw failures.removeFirst();
            }))
        .open();
    for (String type : types) {
      assertThat(desk.call("Query", "{" + SELECT + "}").body()).isEqualTo(Desk.error(type, "why"));
    }
  }

  @Test
  void theSameClientTokenGetsTheSameAnswer() {
    CountingRunner runner = new CountingRunner(3, 1);
    desk.queries(runner).open();
    String token = ",'ClientToken':'" + "t".repeat(32) + "'}";
    Desk.Answer first = desk.call("Query", "{" + SELECT + token);
    assertThat(desk.call("Query", "{" + SELECT + token).body()).isEqualTo(first.body());
    assertThat(runner.firstPages.get()).isEqualTo(1);
    assertThat(desk.call("Query", "{" + SELECT + ",'MaxRows':2" + token).body())
        .contains("ValidationException", "with other parameters");
    assertThat(desk.send(as("OTHER", "Query", "{" + SELECT + token)).status()).isEqualTo(200);
    desk.clock.advance(Duration.ofMinutes(5).plusMillis(1));
    assertThat(desk.call("Query", "{" + SELECT + token).body()).isNotEqualTo(first.body());
    assertThat(runner.firstPages.get()).isEqualTo(3);
  }

  @Test
  void aRepeatThatComesEarlyWaitsForTheFirst() {
    CountingRunner runner = new CountingRunner(3, 1);
    desk.queries(runner).open();
    String body = "{'QueryString':'SELECT slow','ClientToken':'" + "t".repeat(32) + "'}";
    List<CompletableFuture<String>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(CompletableFuture.supplyAsync(() -> desk.call("Query", body).body()));
    }
    runner.release();
    assertThat(both.getFirst().join()).isEqualTo(both.getLast().join()).contains("'Rows':[{");
    assertThat(runner.firstPages.get()).isEqualTo(1);
  }

  @Test
  void insightsTellWhatIsKnown() {
    desk.queries(new CountingRunner(15, 1)).open();
    String insights = "'MaxRows':10,'QueryInsights':{'Mode':'ENABLED_WITH_RATE_CONTROL'}";
    Desk.Answer first = desk.call("Query", "{" + SELECT + "," + insights + "}");
    assertThat(first.body()).doesNotContain("QueryInsightsResponse");
    assertThat(next(first, insights).body())
        .containsPattern("'QueryInsightsResponse':\\{'OutputRows':15,'OutputBytes':[0-9]{3}\\}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'X':1",
        "'QueryString':''",
        "'QueryString':'SELECT 1','MaxRows':0",
        "'QueryString':'SELECT 1','MaxRows':1001",
        "'QueryString':'SELECT 1','ClientToken':'short'",
        "'QueryString':'SELECT 1','NextToken':''",
        "'QueryString':'SELECT 1','QueryInsights':{}",
        "'QueryString':'SELECT 1','QueryInsights':{'Mode':'ON'}"
      })
  void membersAreHeldToTheModel(String members) {
    desk.queries(new CountingRunner(3, 1)).open();
    assertThat(desk.call("Query", "{" + members + "}").header("x-amzn-errortype"))
        .isEqualTo("ValidationException");
  }

  @Test
  void aTextHasAtMost256KiB() {
    desk.queries(new CountingRunner(1, 1)).open();
    String most = "SELECT '" + "x".repeat(262_144 - 9) + "'";
    byte[] fits = ("{\"QueryString\":\"" + most + "\"}").getBytes(StandardCharsets.UTF_8);
    assertThat(desk.call("Query", fits).status()).isEqualTo(200);
    byte[] over = ("{\"QueryString\":\"" + most + " \"}").getBytes(StandardCharsets.UTF_8);
    assertThat(desk.call("Query", over).body())
        .contains("Member must have length less than or equal to 262144");
    byte[] wide =
        ("{\"QueryString\":\"SELECT '" + "é".repeat(131_072) + "'\"}")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(desk.call("Query", wide).body()).contains("at most 262144 bytes of UTF-8");
  }

  @Test
  void preparesOnlyToValidate() {
    desk.preparer((text, scope) ->
            new PreparedQuery(
                List.of(
                    new PreparedQuery.Column(
                        "host", Scalar.VARCHAR, new TableName("metrics", "cpu"), false),
                    new PreparedQuery.Column("x", Scalar.DOUBLE, null, true)),
                List.of(new PreparedQuery.Parameter("from", Scalar.TIMESTAMP))))
        .open();
    assertThat(desk.call("PrepareQuery", "{" + SELECT + ",'ValidateOnly':true}").body())
        .isEqualTo(
            "{'QueryString':'SELECT n','Columns':[{'Name':'host','Type':{'ScalarType':'VARCHAR'},"
                + "'DatabaseName':'metrics','TableName':'cpu','Aliased':false},{'Name':'x','Type':"
                + "{'ScalarType':'DOUBLE'},'Aliased':true}],'Parameters':[{'Name':'from','Type':"
                + "{'ScalarType':'TIMESTAMP'}}]}");
    assertThat(desk.call("PrepareQuery", "{" + SELECT + "}").body())
        .contains("ValidateOnly must be true");
  }

  private Desk.Answer next(Desk.Answer before, String members) {
    return desk.call(
        "Query",
        "{" + SELECT + "," + members + ",'NextToken':'" + member(before, "NextToken") + "'}");
  }

  private HttpRequest.Builder as(String accessKey, String operation, String json) {
    return desk.request(operation, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .header("X-Amz-Date", "20260310T120000Z")
        .header(
            "Authorization",
            ("AWS4-HMAC-SHA256 Credential=%s/20260310/eu-west-1/timestream/aws4_request,"
                    + " SignedHeaders=host;x-amz-date, Signature=%s")
                .formatted(accessKey, "0".repeat(64)));
  }

  private static QueryRunner runner(Function<QueryRequest, QueryPage> run) {
    return new QueryRunner() {
      @Override
      public QueryPage run(QueryRequest request) {
        return run.apply(request);
      }

      @Override
      public boolean cancel(String queryId) {
        return false;
      }
    };
  }

  private static ResultPage.Column column(String name, ValueType type, ColumnVector values) {
    return new ResultPage.Column(name, type, values);
  }

  private static String member(Desk.Answer answer, String name) {
    Matcher found = Pattern.compile("'" + name + "':'([^']*)'").matcher(answer.body());
    assertThat(found.find()).as(answer.body()).isTrue();
    return found.group(1);
  }

  /** The values of the first column. */
  private static List<String> numbers(Desk.Answer answer) {
    return Pattern.compile("\\{'Data':\\[\\{'ScalarValue':'([0-9]+)'")
        .matcher(answer.body())
        .results()
        .map(result -> result.group(1))
        .toList();
  }
}
