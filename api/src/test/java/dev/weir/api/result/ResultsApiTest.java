// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.api.openapi.OpenApiAnswers;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.monitor.site.SiteBook;
import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.query.ValueType;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import dev.weir.store.TableName;
import dev.weir.store.kit.FixedCatalogReader;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import dev.weir.store.kit.RecordingPointWriter;
import dev.weir.store.kit.ScriptedQueryRunner;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is asked of the store, and what a failure of it becomes; the SQL itself is tested in app.
 */
class ResultsApiTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final TableName RESULTS = CheckTables.ORIGINAL.results("acme");
  private static final String SHOP = "/api/v1/sites/acme/shop/";

  private final MemoryDocuments documents = new MemoryDocuments();
  private final SiteBook book = new SiteBook(documents, "eu");
  private final ScriptedQueryRunner store = new ScriptedQueryRunner();
  private final FixedCatalogReader catalog =
      FixedCatalogReader.of(
          new TableDescription(
              RESULTS,
              List.of(
                  new ColumnDescription("siteId", ValueType.Scalar.VARCHAR, ColumnRole.DIMENSION),
                  new ColumnDescription("region", ValueType.Scalar.VARCHAR, ColumnRole.DIMENSION),
                  new ColumnDescription("requests", ValueType.Scalar.BIGINT, ColumnRole.MULTI))));
  private final ManualClock clock = new ManualClock(NOW);
  private final HourlyRollup hours =
      new HourlyRollup(store, catalog, new RecordingPointWriter(), _ -> {}, clock);
  private final Api api =
      new Api(
          new ResultsApi(book, CheckTables.ORIGINAL, store, catalog, hours, clock).operations());

  @BeforeEach
  void addSite() {
    String text = "{id: shop, customer: acme, endpoint: 'https://a.b/', interval: 1m}";
    switch (new SiteReader("eu").read("test", text)) {
      case SiteReader.Reading.Sites(var sites) -> book.apply(book.plan(null, sites, false));
      case SiteReader.Reading.Refused refused -> throw new AssertionError(refused);
    }
  }

  @Test
  void everyQueryIsConfinedToTheCustomersDatabaseAndHasADeadline() {
    store.answer("time >= from_milliseconds(", missed()).answer("", none()).answer("", none());
    String body =
        OpenApiAnswers.check("results", get("results", "from=2026-03-10T00:00:00Z&limit=1"));
    assertThat(body)
        .startsWith("{\"items\":[{\"at_ms\":1773144000000,\"region\":\"eu\",\"outcome\":\"missed\"")
        .endsWith("],\"next\":null}\n");
    assertThat(store.requests())
        .isNotEmpty()
        .allSatisfy(request -> {
          assertThat(request.scope()).isEqualTo(Scope.of(Set.of("CPTMonitoring-acme")));
          assertThat(request.deadline()).isEqualTo(NOW.plus(ResultsApi.DEADLINE));
        });
  }

  @Test
  void looksBackInWindowsThatGrow() {
    for (int i = 0; i < 3; i++) {
      store.answer("", none());
    }
    get("results", "from=2026-03-01T12:00:00Z&limit=100");
    assertThat(store.requests())
        .extracting(request -> request.text().replaceAll(".*time >= (.*) ORDER.*", "$1"))
        .containsExactly(
            window("2026-03-10T06:00:00Z", "2026-03-10T12:00:00Z"),
            window("2026-03-06T06:00:00Z", "2026-03-10T06:00:00Z"),
            window("2026-03-01T12:00:00Z", "2026-03-06T06:00:00Z"));
  }

  @Test
  void asksForNoColumnThatIsNotThere() {
    store.answer("", none());
    get("results", "from=2026-03-10T11:30:00Z");
    assertThat(store.requests().getFirst().text())
        .startsWith("SELECT time, region, \"requests\" FROM \"CPTMonitoring-acme\".");
  }

  @Test
  void seriesAndHoursAreConfinedTooAndAreWhatIsDescribed() {
    store.answer("GROUP BY region", regions()).answer("GROUP BY bin", none());
    String series = OpenApiAnswers.check("series", get("series", "points=10"));
    assertThat(series)
        .contains("\"step_s\":10800,\"runs\":[0,0,0,0,0,0,0,0],")
        .contains("\"regions\":[{\"region\":\"eu\",\"runs\":4,");
    // over more than three days: hours, which are none, and what is not made yet
    store.answer("bin(time, 1h) AS hour", none());
    OpenApiAnswers.check("series", get("series", "from=2026-02-10T12:00:00Z"));
    OpenApiAnswers.check("rollups", get("rollups", ""));
    assertThat(store.requests())
        .hasSize(3)
        .allSatisfy(request -> {
          assertThat(request.scope()).isEqualTo(Scope.of(Set.of("CPTMonitoring-acme")));
          assertThat(request.deadline()).isEqualTo(NOW.plus(ResultsApi.DEADLINE));
        });
  }

  @Test
  void aStoreThatIsBusyIsToBeAskedAgain() {
    store.fail("", new StoreException(StoreException.Kind.TIMED_OUT, "it took too long"));
    Response answer = get("results", "");
    OpenApiAnswers.check("results", answer);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers().first("Retry-After")).isPresent();
  }

  @Test
  void asksNothingForASiteThatIsNotThere() {
    book.apply(book.plan(null, List.of(), true));
    Response answer = get("results", "");
    OpenApiAnswers.check("results", answer);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(store.requests()).isEmpty();
  }

  @Test
  void aCallerHasSixCallsAtOnceAndAllHaveTwentyFour() {
    List<Response> refused = new ArrayList<>();
    int deepest = nested(depth -> named(depth / ResultsApi.CALLER_MAX), refused);
    assertThat(deepest).isEqualTo(ResultsApi.ALL_MAX);
    assertThat(refused)
        .hasSize(1)
        .allSatisfy(answer -> {
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.headers().first("Retry-After")).isPresent();
        });
    assertThat(nested(_ -> named(0), refused)).isEqualTo(ResultsApi.CALLER_MAX);
  }

  @Test
  void whoIsOneCallerWithAllOthersHasThePlacesOfAll() {
    List<Response> refused = new ArrayList<>();
    assertThat(nested(_ -> Caller.operator(), refused)).isEqualTo(ResultsApi.ALL_MAX);
    assertThat(refused).hasSize(1);
  }

  /** Calls while the store works for the call before, until one is refused: how many worked. */
  private int nested(IntFunction<Caller> callers, List<Response> refused) {
    int[] depth = {0};
    Api[] nesting = new Api[1];
    Runnable call =
        () -> {
          Response answer =
              nesting[0].handle(
                  request("results", "from=2026-03-10T11:30:00Z"), callers.apply(depth[0]));
          if (answer.status() != 200) {
            refused.add(answer);
          }
        };
    QueryRunner working =
        new QueryRunner() {
          @Override
          public QueryPage run(QueryRequest request) {
            depth[0]++;
            call.run();
            return new QueryPage("query", none(), null);
          }

          @Override
          public boolean cancel(String queryId) {
            return false;
          }
        };
    nesting[0] =
        new Api(
            new ResultsApi(book, CheckTables.ORIGINAL, working, catalog, hours, clock)
                .operations());
    call.run();
    return depth[0];
  }

  private static Caller named(int number) {
    return new Caller("caller" + number, Map.of("acme", Role.VIEWER));
  }

  private static Request request(String what, String query) {
    return new Request(
        "GET", SHOP + what, query, Headers.empty(), 0, InputStream.nullInputStream());
  }

  private Response get(String what, String query) {
    return api.handle(request(what, query), Caller.operator());
  }

  private static String window(String from, String to) {
    return "from_milliseconds(%d) AND time < from_milliseconds(%d)"
        .formatted(Instant.parse(from).toEpochMilli(), Instant.parse(to).toEpochMilli());
  }

  private static ResultPage none() {
    return new ResultPage(List.of(), 0);
  }

  private static ResultPage regions() {
    return new ResultPage(
        List.of(
            new ResultPage.Column(
                "region",
                ValueType.Scalar.VARCHAR,
                new ColumnVector.Strings(new int[] {0}, new String[] {"eu"})),
            new ResultPage.Column(
                "runs", ValueType.Scalar.BIGINT, new ColumnVector.Longs(new long[] {4}, null))),
        1);
  }

  private static ResultPage missed() {
    return new ResultPage(
        List.of(
            new ResultPage.Column(
                "time",
                ValueType.Scalar.TIMESTAMP,
                new ColumnVector.Longs(new long[] {NOW.toEpochMilli() * 1_000_000L}, null)),
            new ResultPage.Column(
                "region",
                ValueType.Scalar.VARCHAR,
                new ColumnVector.Strings(new int[] {0}, new String[] {"eu"})),
            new ResultPage.Column(
                "requests", ValueType.Scalar.BIGINT, new ColumnVector.Longs(new long[] {0}, null))),
        1);
  }
}
