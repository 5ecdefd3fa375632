// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.api.query.QueryApi;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.monitor.record.CheckTables;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API's questions over the embedded engine. */
class QueryApiTest {

  private static final TableName METRICS = new TableName("weir", "prometheus");
  private static final CheckTables CHECKS = CheckTables.ORIGINAL;
  private static final Caller ALL = Caller.operator();
  private static final Caller ACME = new Caller("ann", Map.of("acme", Role.VIEWER));
  private static final Caller OTHER = new Caller("bob", Map.of("acme", Role.VIEWER));
  private static final String FIVE = "SELECT n FROM UNNEST(sequence(1, 5)) AS t(n) ORDER BY n";
  private static final String LONG =
      "SELECT sum(sqrt(a * b + c)) FROM UNNEST(sequence(1, 10000)) AS x(a)"
          + " CROSS JOIN UNNEST(sequence(1, 10000)) AS y(b)"
          + " CROSS JOIN UNNEST(sequence(1, 10000)) AS z(c)";

  @TempDir private static Path folder;
  private static EmbeddedStore store;
  private static Api api;

  @BeforeAll
  static void fill() {
    InstantSource clock = InstantSource.system();
    store = EmbeddedStore.open(EmbeddedStoreOptions.of(folder).withClock(clock));
    TableRules rules = TableRules.own(Duration.ofDays(30));
    store.createIfMissing(METRICS, rules);
    long nanos = clock.instant().minusSeconds(60).toEpochMilli() * 1_000_000L;
    PointBatch.Builder batch = new PointBatch.Builder(1_000);
    for (int host = 0; host < 60; host++) {
      batch.addDouble(metric("node_load1", "instance", "host-%02d".formatted(host)), nanos, host);
    }
    batch.addDouble(metric("http_requests_total", "code", "200"), nanos, 17);
    store.write(METRICS, batch.build(), clock.instant().plusSeconds(30));
    for (String customer : List.of("default", "acme")) {
      store.createIfMissing(CHECKS.results(customer), rules);
      PointBatch.Builder checks = new PointBatch.Builder(10);
      checks.add(
          new Point(
              metric("check", "siteId", "shop-of-" + customer),
              nanos,
              new Measure.OfMulti(
                  List.of(new Measure.Named("endpoint_up", new Measure.OfBoolean(true))))));
      store.write(CHECKS.results(customer), checks.build(), clock.instant().plusSeconds(30));
    }
    api = new Api(new QueryApi(store, store, CHECKS, clock, new Random(7)).operations());
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void answersPageByPageAndATokenWorksAgainUntilTheNextOne() {
    Answer first = sql(ALL, body(FIVE, "\"limit\":2"));
    assertThat(first.body())
        .contains(
            "\"columns\":[{\"name\":\"n\",\"type\":\"bigint\"}],\"rows\":[[1],[2]],\"next\":\"");
    Answer second = sql(ALL, body(FIVE, "\"limit\":2,\"next\":\"" + first.next() + "\""));
    assertThat(second.body()).contains("\"rows\":[[3],[4]]");
    Answer again = sql(ALL, body(FIVE, "\"limit\":2,\"next\":\"" + first.next() + "\""));
    assertThat(again.body()).contains("\"rows\":[[3],[4]]");
    Answer last = sql(ALL, body(FIVE, "\"limit\":2,\"next\":\"" + again.next() + "\""));
    assertThat(last.body()).contains("\"rows\":[[5]],\"next\":null");
    assertThat(sql(ALL, body(FIVE, "\"next\":\"" + first.next() + "\"")).status()).isEqualTo(404);
  }

  @Test
  void aTokenIsItsCallersAndItsTexts() {
    Answer first = sql(ACME, body(FIVE, "\"limit\":2"));
    String next = "\"next\":\"" + first.next() + "\"";

    for (Caller stranger : List.of(ALL, OTHER, new Caller("ann", Map.of("other", Role.ADMIN)))) {
      assertThat(sql(stranger, body(FIVE, next)).status()).isEqualTo(404);
      assertThat(call("DELETE", "/sql/" + first.id(), stranger, "").status()).isEqualTo(404);
      assertThat(call("GET", "/sql/" + first.id(), stranger, "").status()).isEqualTo(404);
    }
    assertThat(sql(ACME, body(FIVE + " ", next)).status()).isEqualTo(404);
    assertThat(sql(ACME, body(FIVE, next + ",\"id\":\"another\"")).status()).isEqualTo(404);
    String genuine = first.next();
    String forged =
        genuine.substring(0, genuine.length() - 1) + (genuine.endsWith("x") ? "y" : "x");
    assertThat(sql(ACME, body(FIVE, "\"next\":\"" + forged + "\"")).status()).isEqualTo(404);
    assertThat(call("GET", "/sql/" + first.id(), ACME, "").body())
        .contains("\"id\":\"" + first.id() + "\",\"running\":false,\"elapsed_ms\":");
    assertThat(sql(ACME, body(FIVE, next)).body()).contains("[3],[4],[5]");
  }

  @Test
  void forgetsAResultThatIsCancelled() {
    Answer first = sql(ACME, body(FIVE, "\"limit\":2,\"id\":\"mine\""));
    assertThat(first.id()).isEqualTo("mine");
    assertThat(sql(ACME, body(FIVE, "\"id\":\"mine\"")).status()).isEqualTo(409);
    assertThat(sql(OTHER, body(FIVE, "\"id\":\"mine\"")).status()).isEqualTo(200);
    assertThat(call("DELETE", "/sql/mine", ACME, "").status()).isEqualTo(204);
    assertThat(sql(ACME, body(FIVE, "\"next\":\"" + first.next() + "\"")).status()).isEqualTo(404);
    assertThat(call("DELETE", "/sql/mine", ACME, "").status()).isEqualTo(404);
  }

  @Test
  void writesEachTypeAsJavaScriptHoldsIt() {
    String sql =
        "SELECT 9007199254740992, 9007199254740993, -9007199254740993, 0.1, nan(), -infinity(),"
            + " true, NULL, 'é\"\n', TIMESTAMP '2026-03-10 10:00:00.5', ARRAY[1, 2],"
            + " CAST(ROW(1, 'x') AS ROW(a BIGINT, b VARCHAR)), 1d";
    assertThat(sql(ALL, body(sql.replace("\"", "\\\"").replace("\n", "\\n"), "")).body())
        .contains(
            "\"rows\":[[9007199254740992,\"9007199254740993\",\"-9007199254740993\",0.1,\"NaN\","
                + "\"-Infinity\",true,null,\"é\\\"\\n\",\"2026-03-10 10:00:00.500000000\",[1,2],"
                + "{\"a\":1,\"b\":\"x\"},\"1 00:00:00.000000000\"]]");
    String series =
        "SELECT CREATE_TIME_SERIES(time, measure_value::double) FROM weir.prometheus"
            + " WHERE measure_name = 'http_requests_total'";
    assertThat(sql(ALL, body(series, "")).body())
        .contains("\"type\":\"timeseries(double)\"")
        .containsPattern(
            "\"rows\":\\[\\[\\[\\{\"time\":\"[-0-9]{10} [:0-9]{8}\\.\\d{9}\",\"value\":17.0}]]]");
  }

  @Test
  void answersCsvWithAllRows() {
    String sql =
        "SELECT n * 100 + m AS n, 'a,b' AS text, NULL AS gone FROM UNNEST(sequence(0, 249)) AS t(n)"
            + " CROSS JOIN UNNEST(sequence(1, 100)) AS u(m) ORDER BY 1";
    Answer answer = sql(ALL, body(sql, ""), "text/csv");
    assertThat(answer.headers().first("Content-Type").orElse("")).startsWith("text/csv");
    List<String> lines = answer.body().lines().toList();
    assertThat(lines).hasSize(25_001);
    assertThat(lines.get(0)).isEqualTo("n,text,gone");
    assertThat(lines.get(25_000)).isEqualTo("25000,\"a,b\",");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT nope FROM weir.prometheus",
        "UNLOAD (SELECT 1) TO 's3://bucket/'",
        "DELETE FROM weir.prometheus",
        "INSERT INTO weir.prometheus VALUES (1)",
        "DROP TABLE weir.prometheus",
        "SELECT 1; SELECT 2",
      })
  void refusesWhatIsWrongOrChangesDataWithItsPlace(String sql) {
    Answer answer = sql(ALL, body(sql, ""));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).containsPattern("\"detail\":\"line 1:\\d+: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM \"%s\".WebsiteMonitoringData",
        "SELECT * FROM (SELECT 1) WHERE 1 IN (SELECT count(*) FROM \"%s\".WebsiteMonitoringData)",
        "WITH a AS (SELECT * FROM \"%s\".nothing) SELECT 1",
        "SHOW TABLES FROM \"%s\"",
        "SHOW MEASURES FROM \"%s\".WebsiteMonitoringData",
        "DESCRIBE \"%s\".WebsiteMonitoringData",
      })
  void whatIsOutsideOfTheScopeIsNotThereInTheSameWords(String sql) {
    Answer there = sql(ACME, body(sql.formatted("CPTMonitoring").replace("\"", "\\\""), ""));
    Answer missing =
        sql(
            ACME,
            body(
                sql.formatted("CPTMonitoring")
                    .replace("\"", "\\\"")
                    .replace("CPTMonitoring", "CPTNothingHere"),
                ""));
    assertThat(there.status()).isEqualTo(403);
    assertThat(there.body())
        .contains("there is no such database for you")
        .doesNotContain("CPTMonitoring")
        .isEqualTo(missing.body());
  }

  @Test
  void listsOnlyWhatIsInTheScope() {
    String own = "CPTMonitoring-acme";
    assertThat(sql(ACME, body("SHOW DATABASES", "")).body())
        .contains("\"rows\":[[\"" + own + "\"]]");
    assertThat(sql(ACME, body("SHOW TABLES", "")).body())
        .contains("\"rows\":[[\"WebsiteMonitoringData\"]]");
    assertThat(sql(ACME, body("SHOW TABLES LIKE 'prom%'", "")).body()).contains("\"rows\":[]");
    assertThat(sql(ALL, body("SHOW TABLES LIKE 'prom%'", "")).body()).contains("[\"prometheus\"]");
    assertThat(call("GET", "/catalog", ACME, "").body())
        .isEqualTo(
            "{\"databases\":[{\"name\":\""
                + own
                + "\",\"tables\":[\"WebsiteMonitoringData\"]}]}\n");
    assertThat(call("GET", "/catalog", ALL, "").body())
        .contains("\"CPTMonitoring\"", "\"CPTMonitoring-acme\"", "\"weir\"");
    String select = "SELECT siteId FROM \\\"" + own + "\\\".WebsiteMonitoringData";
    assertThat(sql(ACME, body(select, "")).body()).contains("[[\"shop-of-acme\"]]");
    assertThat(sql(new Caller("nobody", Map.of()), body("SELECT 1", "")).status()).isEqualTo(403);
  }

  @Test
  void tellsOfATableToWhoSeesIt() {
    assertThat(call("GET", "/catalog/CPTMonitoring-acme/WebsiteMonitoringData", ACME, "").body())
        .startsWith("{\"database\":\"CPTMonitoring-acme\",\"table\":\"WebsiteMonitoringData\"")
        .contains("{\"name\":\"siteId\",\"type\":\"varchar\",\"kind\":\"dimension\"}")
        .contains("{\"name\":\"measure_name\",\"type\":\"varchar\",\"kind\":\"measure_name\"}")
        .contains("{\"name\":\"time\",\"type\":\"timestamp\",\"kind\":\"time\"}")
        .contains("{\"name\":\"endpoint_up\",\"type\":\"boolean\",\"kind\":\"measure\"}");
    for (String below : List.of("", "/measures", "/dimensions?measure=check")) {
      Answer foreign =
          call("GET", "/catalog/CPTMonitoring/WebsiteMonitoringData" + below, ACME, "");
      Answer missing = call("GET", "/catalog/CPTNothing/WebsiteMonitoringData" + below, ACME, "");
      assertThat(foreign.status()).isEqualTo(404);
      assertThat(foreign.body()).isEqualTo(missing.body());
      assertThat(call("GET", "/catalog/weir/x" + below, ALL, "").status()).isEqualTo(404);
    }
  }

  @Test
  void findsMeasuresByAPieceOfTheirName() {
    String path = "/catalog/weir/prometheus/measures";
    assertThat(call("GET", path + "?limit=1", ALL, "").body())
        .isEqualTo(
            "{\"items\":[{\"name\":\"http_requests_total\",\"types\":[\"double\"]}],"
                + "\"next\":\"http_requests_total\"}\n");
    assertThat(call("GET", path + "?limit=1&after=http_requests_total", ALL, "").body())
        .isEqualTo(
            "{\"items\":[{\"name\":\"node_load1\",\"types\":[\"double\"]}],\"next\":null}\n");
    assertThat(call("GET", path + "?q=LOAD", ALL, "").body()).contains("node_load1");
    assertThat(call("GET", path + "?q=e_l", ALL, "").body()).contains("node_load1");
    assertThat(call("GET", path + "?q=e%25l", ALL, "").body()).contains("\"items\":[]");
    assertThat(call("GET", path + "?limit=1001", ALL, "").status()).isEqualTo(400);
  }

  @Test
  void tellsTheLabelsOfAMeasureWithFiftyValuesEach() {
    String path = "/catalog/weir/prometheus/dimensions";
    assertThat(call("GET", path + "?measure=http_requests_total", ALL, "").body())
        .isEqualTo("{\"items\":[{\"name\":\"code\",\"values\":[\"200\"],\"more\":false}]}\n");
    String load = call("GET", path + "?measure=node_load1", ALL, "").body();
    assertThat(load)
        .startsWith("{\"items\":[{\"name\":\"instance\",\"values\":[\"host-00\",\"host-01\",")
        .contains("\"host-49\"],\"more\":true}]}")
        .doesNotContain("host-50");
    assertThat(call("GET", path + "?measure=it's", ALL, "").body()).contains("\"items\":[]");
    assertThat(call("GET", path, ALL, "").status()).isEqualTo(400);
  }

  @Test
  void cancelsAQueryThatRunsForItsCallerAlone() throws Exception {
    FutureTask<Answer> waiting =
        new FutureTask<>(() -> sql(ACME, body(LONG, "\"id\":\"long\",\"timeout_s\":120")));
    Thread.ofVirtual().start(waiting);
    Instant giveUp = Instant.now().plusSeconds(30);
    while (!call("GET", "/sql/long", ACME, "").body().contains("\"running\":true")) {
      assertThat(Instant.now()).isBefore(giveUp);
      Thread.onSpinWait();
    }
    assertThat(call("DELETE", "/sql/long", OTHER, "").status()).isEqualTo(404);
    assertThat(call("DELETE", "/sql/long", ALL, "").status()).isEqualTo(404);
    assertThat(call("DELETE", "/sql/long", ACME, "").status()).isEqualTo(204);
    Answer answer = waiting.get(30, TimeUnit.SECONDS);
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).contains("\"kind\":\"cancelled\"");
    assertThat(call("GET", "/sql/long", ACME, "").status()).isEqualTo(404);
  }

  @Test
  void endsAQueryAtItsTimeAndSaysWhenToComeAgain() {
    Answer answer = sql(ALL, body(LONG, "\"timeout_s\":1"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).contains("\"kind\":\"timed_out\"");
    assertThat(answer.headers().first("Retry-After")).isPresent();
  }

  @Test
  void findsAmongTensOfThousandsOfMeasures() {
    TableName table = new TableName("weir", "many");
    store.createIfMissing(table, TableRules.own(Duration.ofDays(30)));
    long nanos = Instant.now().minusSeconds(60).toEpochMilli() * 1_000_000L;
    for (int from = 0; from < 30_000; from += 1_000) {
      PointBatch.Builder batch = new PointBatch.Builder(1_000);
      for (int i = from; i < from + 1_000; i++) {
        batch.addDouble(metric("metric_%05d_total".formatted(i), "label" + i % 40, "x"), nanos, i);
      }
      store.write(table, batch.build(), Instant.now().plusSeconds(30));
    }
    long begin = System.nanoTime();
    Answer answer = call("GET", "/catalog/weir/many/measures?q=29999", ALL, "");
    Duration first = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(answer.body()).contains("metric_29999_total").contains("\"next\":null");
    begin = System.nanoTime();
    List<String> names = new ArrayList<>();
    String next = "";
    do {
      Answer page = call("GET", "/catalog/weir/many/measures?limit=1000&after=" + next, ALL, "");
      Pattern.compile("\"name\":\"([^\"]+)")
          .matcher(page.body())
          .results()
          .forEach(name -> names.add(name.group(1)));
      next = page.next();
    } while (!next.isEmpty());
    assertThat(names).hasSize(30_000).isSorted().doesNotHaveDuplicates();
    assertThat(first).as("a list of 30,000 measures").isLessThan(Duration.ofSeconds(20));
  }

  private static Series metric(String name, String label, String value) {
    return Series.of(name, List.of(new Dimension(label, value)));
  }

  private static String body(String sql, String more) {
    return "{\"sql\":\"" + sql + "\"" + (more.isEmpty() ? "" : "," + more) + "}";
  }

  private static Answer sql(Caller caller, String body) {
    return sql(caller, body, "application/json");
  }

  private static Answer sql(Caller caller, String body, String accept) {
    return call("POST", "/sql", caller, body, accept);
  }

  private static Answer call(String method, String target, Caller caller, String body) {
    return call(method, target, caller, body, "application/json");
  }

  private static Answer call(
      String method, String target, Caller caller, String body, String accept) {
    String[] parts = target.split("\\?", 2);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Response response =
        api.handle(
            new Request(
                method,
                "/api/v1" + parts[0],
                parts.length > 1 ? parts[1] : "",
                Headers.of("Accept", accept),
                bytes.length,
                new ByteArrayInputStream(bytes)),
            caller);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      response.body().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer(response.status(), response.headers(), out.toString(StandardCharsets.UTF_8));
  }

  private record Answer(int status, Headers headers, String body) {

    String next() {
      return found("\"next\":\"([^\"]+)\"");
    }

    String id() {
      return found("\"id\":\"([^\"]+)\"");
    }

    private String found(String pattern) {
      Matcher matcher = Pattern.compile(pattern).matcher(body);
      return matcher.find() ? matcher.group(1) : "";
    }
  }
}
