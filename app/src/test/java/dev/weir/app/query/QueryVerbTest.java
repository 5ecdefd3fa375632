// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.ResultPage.Column;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.kit.ScriptedQueryRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryVerbTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-10T12:00:00Z"));
  private static final String SQL = "SELECT host, v FROM weir.cpu";

  private final ScriptedQueryRunner store = new ScriptedQueryRunner();
  private final List<Optional<URI>> asked = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void alignsATableAndCountsItsRowsBelow() {
    store.answer(SQL, none(), hosts(1, "a", "server-12"), hosts(10.5, "a host wider than those"));

    assertThat(run(SQL)).isZero();

    assertThat(text(out))
        .matches(
            """
            host         v
            ---------  ---
            a          1\\.0
            server-12  2\\.0
            a host wider than those  10\\.5
            3 rows in \\d+\\.\\d{3} s
            """);
    assertThat(text(error)).isEmpty();
    assertThat(asked).containsExactly(Optional.of(URI.create("http://127.0.0.1:9201")));
  }

  @Test
  void alignsLongTextsAndCharactersOfTwoCells() {
    String longText = "x".repeat(256);
    store.answer(SQL, hosts(1, "a", longText, "日本", "e\u0301", "😀"));
    assertThat(run(SQL)).isZero();
    assertThat(text(out))
        .startsWith("host" + " ".repeat(252) + "    v\n" + "-".repeat(256) + "  ---\n")
        .contains("a" + " ".repeat(255) + "  1.0\n" + longText + "  2.0\n")
        .contains("日本" + " ".repeat(252) + "  3.0\n" + "e\u0301" + " ".repeat(255) + "  4.0\n")
        .contains("😀" + " ".repeat(254) + "  5.0\n");
  }

  @Test
  void anEmptyTableIsOneLine() {
    store.answer(SQL, none());
    assertThat(run(SQL)).isZero();
    assertThat(text(out)).matches("0 rows in \\d+\\.\\d{3} s\n");
  }

  @Test
  void sendsNoControlCharacterToTheTerminal() {
    store.answer(SQL, hosts(1, "\u001b[2Ja\nb\t\\"));
    assertThat(run(SQL)).isZero();
    assertThat(text(out)).contains("\\u001b[2Ja\\nb\\t\\ ").doesNotContain("\u001b");
  }

  @Test
  void writesCsvAsRfc4180() {
    store.answer(SQL, hosts(1, "a,b", "say \"x\"", "two\nlines", "", null, "plain ü"));

    assertThat(run("--format=csv", SQL)).isZero();

    assertThat(text(out))
        .isEqualTo(
            "host,v\r\n"
                + "\"a,b\",1.0\r\n"
                + "\"say \"\"x\"\"\",2.0\r\n"
                + "\"two\nlines\",3.0\r\n"
                + "\"\",4.0\r\n"
                + ",5.0\r\n"
                + "plain ü,6.0\r\n");
    assertThat(text(error)).matches("6 rows in \\d+\\.\\d{3} s\n");
  }

  @Test
  void writesOneJsonDocumentOverAllPages() {
    store.answer(SQL, none(), hosts(1, "a\"\\\n", null), hosts(Double.NaN, "b"));

    assertThat(run("--format=json", SQL)).isZero();

    assertThat(text(out))
        .isEqualTo(
            """
            {"columns":[{"name":"host","type":"varchar"},{"name":"v","type":"double"}],"rows":[
            ["a\\"\\\\\\n",1.0],
            [null,2.0],
            ["b","NaN"]
            ]}
            """);
  }

  @Test
  void keepsNestedValuesInJson() {
    ValueType row =
        new ValueType.RowOf(
            List.of(
                new ValueType.Field("n", Scalar.BIGINT),
                new ValueType.Field("at", Scalar.TIMESTAMP)));
    ColumnVector numbers = new ColumnVector.Longs(new long[] {7, 8}, null);
    ColumnVector rows = new ColumnVector.Rows(List.of(numbers, numbers), 2, null);
    BitSet second = new BitSet();
    second.set(1);
    ColumnVector series =
        new ColumnVector.TimeSeries(
            new int[] {0, 2, 2},
            new long[] {0, 1},
            new ColumnVector.Doubles(new double[] {0.5, 0}, second),
            second);
    store.answer(
        SQL,
        new ResultPage(
            List.of(
                new Column(
                    "a",
                    new ValueType.ArrayOf(row),
                    new ColumnVector.Arrays(new int[] {0, 2, 2}, rows, null)),
                new Column("s", new ValueType.TimeSeriesOf(Scalar.DOUBLE), series)),
            2));

    assertThat(run("--format=json", SQL)).isZero();

    assertThat(text(out))
        .isEqualTo(
            """
            {"columns":[{"name":"a","type":"array(row(n bigint, at timestamp))"},\
            {"name":"s","type":"timeseries(double)"}],"rows":[
            [[{"n":7,"at":"1970-01-01 00:00:00.000000007"},{"n":8,"at":"1970-01-01 00:00:00.000000008"}],\
            [{"time":"1970-01-01 00:00:00.000000000","value":0.5},\
            {"time":"1970-01-01 00:00:00.000000001","value":null}]],
            [[],null]
            ]}
            """);
  }

  @Test
  void takesTheTextFromAFile() throws IOException {
    Files.writeString(folder.resolve("q.sql"), SQL + "\n");
    store.answer(SQL, hosts(1, "a"));
    assertThat(run("-f", "q.sql", "--endpoint", "amazon")).isZero();
    assertThat(store.requests().getFirst().text()).isEqualTo(SQL + "\n");
    assertThat(asked).containsExactly(Optional.empty());
  }

  @Test
  void answersAMistakeWithOneLineAnd1() {
    store.fail(
        "nope", new StoreException(Kind.BAD_REQUEST, "line 1:8: Column 'nope' does not exist"));
    store.fail("down", new StoreException(Kind.UNAVAILABLE, "Connection\nrefused"));
    fails("weir: line 1:8: Column 'nope' does not exist\n", "SELECT nope");
    fails(
        "weir: no answer from http://127.0.0.1:1 (is a Weir running there?): Connection refused\n",
        "--endpoint=http://127.0.0.1:1",
        "SELECT down");
    fails("weir: weir query needs either the SQL text or --file\n");
    fails("weir: weir query needs either the SQL text or --file\n", "SELECT 1", "-f", "q.sql");
    fails("weir: weir query does not take \"b\"\n", "a", "b");
    fails("weir: the query is empty\n", " ");
    fails("weir: the query has 262145 bytes; Timestream takes 262144\n", "x".repeat(262_145));
    fails("weir: can't read q.sql: there is no such file\n", "--file=q.sql");
    fails(
        "weir: --endpoint: \"nowhere\" is not a URL such as http://127.0.0.1:9201, or the word"
            + " amazon\n",
        "--endpoint=nowhere",
        "SELECT 1");
    fails("weir: --format: \"xml\" is not one of table, csv, json\n", "--format=xml", "SELECT 1");
  }

  @Test
  void anEndpointThatCanNotBeUsedIsOneLine() {
    QueryVerb verb =
        new QueryVerb(
            endpoint -> {
              throw new StoreException(Kind.BAD_REQUEST, "the AWS SDK finds no region");
            },
            CLOCK);
    PrintStream output = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(
            new CommandLine(List.of(verb), terminal(output))
                .run(List.of("query", "--endpoint=amazon", SQL)))
        .isEqualTo(1);
    assertThat(text(error)).isEqualTo("weir: the AWS SDK finds no region\n");
  }

  @Test
  void cancelsTheQueryWhenNobodyTakesTheResult() {
    store.answer(SQL, hosts(1, "a"), hosts(2, "b"), hosts(3, "c"));
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    assertThat(run(new PrintStream(closed), SQL)).isEqualTo(1);

    assertThat(text(error)).isEqualTo("weir: standard output is closed; the query was cancelled\n");
    assertThat(store.cancelled()).containsExactly("query1");
    assertThat(store.requests()).hasSize(1);
  }

  @Test
  void cancelsByTheNameThatTheFirstPageGivesAndNotWhatIsOver() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    QueryRun run =
        new QueryRun(
            new QueryRunner() {
              @Override
              public QueryPage run(QueryRequest request) {
                asked.countDown();
                try {
                  answer.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return store.run(request);
              }

              @Override
              public boolean cancel(String queryId) {
                return store.cancel(queryId);
              }
            },
            SQL,
            CLOCK);
    store.answer(SQL, hosts(1, "a"), hosts(2, "b"));
    FutureTask<String> working =
        new FutureTask<>(() -> {
          try {
            run.into(new CsvWriter(new StringWriter()), Progress.on(terminal(System.out)));
            return "finished";
          } catch (StoreException e) {
            return e.kind() + ": " + e.getMessage();
          }
        });
    Thread.ofVirtual().start(working);
    asked.await();
    Thread cancelling = Thread.ofVirtual().start(run::cancel);
    while (cancelling.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(store.cancelled()).isEmpty();
    answer.countDown();
    cancelling.join();

    assertThat(working.get()).isEqualTo("CANCELLED: the query was cancelled");
    assertThat(store.cancelled()).containsExactly("query1");
    assertThat(store.requests()).hasSize(1);
  }

  @Test
  void doesNotCancelWhatIsOver() throws IOException {
    store.answer(SQL, hosts(1, "a"));
    QueryRun run = new QueryRun(store, SQL, CLOCK);
    run.into(new CsvWriter(new StringWriter()), Progress.on(terminal(System.out)));
    run.cancel();
    assertThat(store.cancelled()).isEmpty();
  }

  private void fails(String line, String... words) {
    error.reset();
    assertThat(run(words)).isEqualTo(1);
    assertThat(text(error)).isEqualTo(line);
    assertThat(text(out)).isEmpty();
  }

  private int run(String... words) {
    return run(new PrintStream(out, true, StandardCharsets.UTF_8), words);
  }

  private int run(PrintStream output, String... words) {
    QueryVerb verb =
        new QueryVerb(
            endpoint -> {
              asked.add(endpoint);
              return store;
            },
            CLOCK);
    List<String> line = new ArrayList<>(List.of("query"));
    line.addAll(List.of(words));
    return new CommandLine(List.of(verb), terminal(output)).run(line);
  }

  private Terminal terminal(PrintStream output) {
    return new Terminal(
        output, new PrintStream(error, true, StandardCharsets.UTF_8), Map.of(), folder);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static ResultPage none() {
    return hosts(0);
  }

  /** A page of hosts with values that count up from the first. */
  private static ResultPage hosts(double first, String... hosts) {
    int[] codes = new int[hosts.length];
    double[] values = new double[hosts.length];
    for (int i = 0; i < hosts.length; i++) {
      codes[i] = hosts[i] == null ? -1 : i;
      values[i] = first + i;
    }
    return new ResultPage(
        List.of(
            new Column("host", Scalar.VARCHAR, new ColumnVector.Strings(codes, hosts)),
            new Column("v", Scalar.DOUBLE, new ColumnVector.Doubles(values, null))),
        hosts.length);
  }
}
