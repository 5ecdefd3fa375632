// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SitesApiTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final Caller ALL = Caller.operator();
  private static final Caller ACME = new Caller("ann", Map.of("acme", Role.EDITOR));

  private static final String TWO =
      """
      sites:
        - id: shop
          endpoint: https://shop.example/
        - id: mail
          customer: acme
          endpoint: tcp://mail.example:25
      """;

  private final MemoryDocuments documents = new MemoryDocuments();
  private final ManualClock clock = new ManualClock(NOW);
  private final Map<String, SiteStates.State> results = new HashMap<>();
  private final Api api =
      new Api(
          new SitesApi(
                  new SiteBook(documents, "local"),
                  site -> results.getOrDefault(site.key().id(), SiteStates.State.UNKNOWN),
                  "local",
                  clock)
              .operations());

  @Test
  void showsAPlanAndThenAppliesIt() {
    Answer plan = put("dryRun", TWO);
    assertThat(plan.status()).isEqualTo(200);
    assertThat(plan.body())
        .startsWith("{\"applied\":false,\"plan\":\"")
        .contains(
            "\"additions\":[{\"id\":\"mail\",\"customer\":\"acme\",\"endpoint\":\"tcp://mail.example:25\"},"
                + "{\"id\":\"shop\",\"customer\":\"default\",\"endpoint\":\"https://shop.example/\"}],"
                + "\"changes\":[],\"removals\":[],\"unchanged\":0}");
    assertThat(ids(get("", ALL))).isEmpty();

    assertThat(put("", TWO).body()).startsWith("{\"applied\":true,").contains("\"unchanged\":0");
    assertThat(ids(get("", ALL))).isEqualTo("acme/mail default/shop");
    assertThat(put("", TWO).body())
        .contains("\"additions\":[],\"changes\":[],\"removals\":[],\"unchanged\":2}");
  }

  @Test
  void showsWhatAChangeChangesAndPrunesOnlyWhenItIsTold() {
    put("", TWO);
    String changed = "sites: [{id: shop, endpoint: 'https://shop.example/', interval: 10s}]";
    assertThat(put("dryRun=true", changed).body())
        .contains(
            "{\"id\":\"shop\",\"customer\":\"default\",\"differences\":"
                + "[{\"field\":\"interval\",\"before\":\"1m\",\"after\":\"10s\"}]}")
        .contains("\"removals\":[]");
    assertThat(put("dryRun&prune", changed).body())
        .contains("\"removals\":[{\"id\":\"mail\",\"customer\":\"acme\"}]");
    assertThat(put("dryRun&prune&customer=default", changed).body()).contains("\"removals\":[]");

    put("prune", changed);
    assertThat(ids(get("", ALL))).isEqualTo("default/shop");
    assertThat(get("/default/shop", ALL).body())
        .contains("\"interval_s\":10,")
        .contains("\"version\":2");
  }

  @Test
  void appliesOnlyThePlanThatWasShown() {
    String name = planName(put("dryRun", TWO));
    put("", "sites: [{id: shop, endpoint: 'https://other.example/'}]");

    Answer late = put("plan=" + name, TWO);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body())
        .startsWith("{\"status\":409,\"title\":\"Conflict\",\"kind\":\"conflict\",\"detail\":\"");
    assertThat(ids(get("", ALL))).isEqualTo("default/shop");
    assertThat(put("plan=" + planName(put("dryRun", TWO)), TWO).status()).isEqualTo(200);
  }

  @Test
  void takesTheOriginalsItems() {
    Answer answer =
        put(
            "",
            """
            {"WSMonitoringConfig": [{"PutRequest": {"Item": {
              "SiteId": {"S": "one"}, "endpoint": {"S": "https://one.example"},
              "rate": {"N": "5"}, "latencyConstraint": {"N": "2"}, "testString": {"S": "ok"}}}}]}
            """);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(get("/default/one", ALL).body()).contains("\"interval_s\":300");
  }

  @Test
  void refusesATextWithAllItsProblemsAndTakesNothing() {
    Answer answer =
        put(
            "",
            """
            sites:
              - id: good
                endpoint: https://good.example/
              - id: bad
                endpoint: https://bad.example/
                interval: 0s
                colour: "quote \\" and\\nnewline"
            """);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith(
            "{\"status\":400,\"title\":\"Bad request\",\"kind\":\"bad_request\",\"detail\":\"2"
                + " problems; nothing was changed\","
                + "\"problems\":[{\"file\":\"body\",\"line\":6,\"site\":\"bad\",\"field\":\"interval\"")
        .contains("\"line\":7,\"site\":\"bad\",\"field\":\"colour\"");
    assertThat(ids(get("", ALL))).isEmpty();
  }

  @Test
  void refusesWhatIsNoTextOfSites() {
    assertThat(put("", "").status()).isEqualTo(400);
    assertThat(put("", "{\"sites\": ").status()).isEqualTo(400);
    assertThat(put("", new byte[] {'s', (byte) 0xff}).status()).isEqualTo(400);
    assertThat(put("", new byte[] {'s', (byte) 0xff}).body()).contains("not UTF-8");
    assertThat(put("", new byte[SitesApi.BODY_BYTES_MAX + 1]).status()).isEqualTo(413);
    assertThat(call("PUT", "", "", Headers.of("Content-Encoding", "gzip"), TWO, ALL).status())
        .isEqualTo(415);
  }

  @Test
  void takesTenMegabytesInOneCallAndSaysWhatIsTooMuch() {
    String body = "x".repeat(1_000);
    StringBuilder text = new StringBuilder("sites:\n");
    for (int i = 0; i < 10_000; i++) {
      text.append(
          "  - {id: s%d, endpoint: 'https://s.example/', http: {method: POST, body: '%s'}}%n"
              .formatted(i, body));
    }
    assertThat(text.length()).isGreaterThan(10_000_000);
    Answer plan = put("dryRun", text.toString());
    assertThat(plan.status()).isEqualTo(200);
    assertThat(plan.body()).contains("\"id\":\"s9999\"");

    text.append("  - {id: one-more, endpoint: 'https://s.example/'}");
    Answer tooMany = put("dryRun", text.toString());
    assertThat(tooMany.status()).isEqualTo(400);
    assertThat(tooMany.body()).contains("would have 10,001 sites, at most 10,000");

    Request declared =
        new Request(
            "PUT",
            SitesApi.PATH,
            "",
            Headers.empty(),
            SitesApi.BODY_BYTES_MAX + 1L,
            InputStream.nullInputStream());
    Answer tooLong = answer(api.handle(declared, ALL));
    assertThat(tooLong.status()).isEqualTo(413);
    assertThat(tooLong.body()).contains("at most 20,971,520 bytes in one call");
  }

  @Test
  void refusesABodyThatCannotBeRead() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset");
          }
        };
    Response response =
        api.handle(new Request("PUT", SitesApi.PATH, "", Headers.empty(), -1, broken), ALL);
    assertThat(response.status()).isEqualTo(400);
  }

  @Test
  void keepsNobodyWaitingForWhoSendsSlowly() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    InputStream slow =
        new InputStream() {
          @Override
          public int read() throws IOException {
            reading.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return -1;
          }
        };
    Thread sender =
        Thread.startVirtualThread(() ->
            api.handle(new Request("PUT", SitesApi.PATH, "", Headers.empty(), -1, slow), ALL));
    reading.await();
    assertThat(put("", TWO).status()).isEqualTo(200);
    goOn.countDown();
    sender.join();
  }

  @Test
  void listsPageByPage() {
    StringBuilder text = new StringBuilder("sites:\n");
    for (int i = 0; i < 25; i++) {
      text.append("  - {id: s%02d, endpoint: 'https://s.example/'}%n".formatted(i));
    }
    put("", text.toString());

    StringBuilder found = new StringBuilder();
    String query = "limit=10";
    int pages = 0;
    while (true) {
      Answer page = get("?" + query, ALL);
      found.append(ids(page)).append(' ');
      pages++;
      Matcher next = Pattern.compile("\"next\":\"([^\"]+)\"").matcher(page.body());
      if (!next.find()) {
        assertThat(page.body()).endsWith("],\"next\":null}\n");
        break;
      }
      query = "limit=10&after=" + next.group(1).replace("/", "%2F");
    }
    assertThat(pages).isEqualTo(3);
    assertThat(found.toString().strip().split(" ")).hasSize(25).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void saysHowSitesAreAndFiltersByIt() {
    put(
        "",
        """
        sites:
          - {id: a, endpoint: 'https://a.example/'}
          - {id: b, endpoint: 'https://b.example/'}
          - {id: c, endpoint: 'https://c.example/', enabled: false}
          - id: d
            endpoint: https://d.example/
            maintenance: [{start: 2026-03-10T11:00:00Z, end: 2026-03-10T13:00:00Z}]
        """);
    results.put("a", SiteStates.State.UP);
    results.put("c", SiteStates.State.UP);
    results.put("d", SiteStates.State.DOWN);

    assertThat(states(get("", ALL))).isEqualTo("up unknown disabled maintenance");
    assertThat(ids(get("?state=up", ALL))).isEqualTo("default/a");
    assertThat(ids(get("?state=disabled&limit=1", ALL))).isEqualTo("default/c");
    clock.advance(Duration.ofHours(1));
    assertThat(ids(get("?state=down", ALL))).isEqualTo("default/d");
    assertThat(get("?state=well", ALL).status()).isEqualTo(400);
  }

  @Test
  void saysWhatASiteIsCalledAndWithWhichItStands() {
    put(
        "",
        """
        sites:
          - {id: a, endpoint: 'https://a.example/', name: "<b>The \\"Shop\\"</b>", group: Shops}
          - {id: b, endpoint: 'https://b.example/'}
        """);
    assertThat(get("", ALL).body())
        .contains("\"name\":\"<b>The \\\"Shop\\\"</b>\",\"group\":\"Shops\"")
        .contains("\"name\":\"b\",\"group\":\"\"");
  }

  @Test
  void givesDefinitionsThatCanBeAppliedAgain() {
    String secret =
        "sites: [{id: s, endpoint: 'https://s.example/', http: {bearer: '${env:TOKEN}'}}]";
    put("", secret);
    String body = get("?definitions", ALL).body();
    assertThat(body).contains("\"definition\":{\"id\":\"s\"").contains("${env:TOKEN}");
    String definition =
        body.substring(body.indexOf("\"definition\":") + 13, body.indexOf("}],\"next\""));
    assertThat(put("", definition).body()).contains("\"unchanged\":1");
    assertThat(get("/default/s", ALL).body()).contains("\"definition\":" + definition);
  }

  @Test
  void endsAPageOfDefinitionsBeforeItGrowsTooLarge() {
    String body = "x".repeat(60_000);
    StringBuilder text = new StringBuilder("sites:\n");
    for (int i = 0; i < 100; i++) {
      text.append(
          "  - {id: s%02d, endpoint: 'https://s.example/', http: {method: POST, body: '%s'}}%n"
              .formatted(i, body));
    }
    assertThat(put("", text.toString()).status()).isEqualTo(200);

    Answer page = get("?definitions&limit=1000", ALL);
    assertThat(page.body().length()).isLessThan(SiteList.DEFINITIONS_MAX + 100_000);
    assertThat(page.body()).doesNotContain("\"next\":null");
    assertThat(get("?limit=1000", ALL).body()).contains("\"next\":null");
  }

  @Test
  void keepsCustomersApart() {
    put("", TWO);
    assertThat(ids(get("", ACME))).isEqualTo("acme/mail");
    assertThat(ids(get("?customer=acme", ALL))).isEqualTo("acme/mail");
    assertThat(get("?customer=default", ACME).status()).isEqualTo(403);
    assertThat(get("/default/shop", ACME).status()).isEqualTo(404);
    assertThat(get("/acme/mail", ACME).status()).isEqualTo(200);
    assertThat(delete("/default/shop", ACME).status()).isEqualTo(404);
    assertThat(ids(get("", ALL))).isEqualTo("acme/mail default/shop");

    String others = "sites: [{id: shop, customer: default, endpoint: 'https://evil.example/'}]";
    Answer foreign = call("PUT", "", "prune", Headers.empty(), others, ACME);
    assertThat(foreign.status()).isEqualTo(403);
    String own = "sites: [{id: web, endpoint: 'https://web.example/'}]";
    assertThat(call("PUT", "", "prune", Headers.empty(), own, ACME).status()).isEqualTo(200);
    assertThat(ids(get("", ALL))).isEqualTo("acme/web default/shop");
  }

  @Test
  void deletesOneSite() {
    put("", TWO);
    assertThat(delete("/default/shop", ALL).status()).isEqualTo(204);
    assertThat(delete("/default/shop", ALL).status()).isEqualTo(404);
    assertThat(ids(get("", ALL))).isEqualTo("acme/mail");
  }

  @Test
  void findsNothingUnderNamesThatAreNone() {
    for (String path :
        new String[] {
          "/", "/a", "/a/", "/a/b/c", "//b", "/a/b\"\n", "/../x", "/" + "y".repeat(999)
        }) {
      Answer answer = get(path, ALL);
      assertThat(answer.status()).as(path).isEqualTo(path.equals("/") ? 200 : 404);
    }
  }

  @Test
  void refusesParametersAndMethodsThatItDoesNotKnow() {
    for (String query :
        new String[] {
          "limit=0",
          "limit=1001",
          "limit=x",
          "colour=red",
          "after=%00",
          "after=%zz",
          "limit=1&limit=2",
          "customer=%22",
          "definitions=perhaps"
        }) {
      Answer answer = get("?" + query, ALL);
      assertThat(answer.status()).as(query + " " + answer.body()).isEqualTo(400);
    }
    assertThat(put("prune=perhaps", TWO).status()).isEqualTo(400);
    assertThat(call("POST", "", "", Headers.empty(), TWO, ALL).status()).isEqualTo(405);
    assertThat(call("POST", "/a/b", "", Headers.empty(), TWO, ALL).status()).isEqualTo(405);
  }

  @Test
  void answersWhatMayPassWith503AndWhenToComeAgain() {
    documents.failNext(new StoreException(Kind.UNAVAILABLE, "disk full"));
    Response response = api.handle(request("PUT", "", "", Headers.empty(), bytes(TWO)), ALL);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers().first("Retry-After")).contains("1");
    assertThat(put("", TWO).status()).isEqualTo(200);
  }

  private record Answer(int status, String body) {}

  private Answer put(String query, String text) {
    return call("PUT", "", query, Headers.empty(), text, ALL);
  }

  private Answer put(String query, byte[] text) {
    return answer(api.handle(request("PUT", "", query, Headers.empty(), text), ALL));
  }

  private Answer get(String pathAndQuery, Caller scope) {
    int mark = pathAndQuery.indexOf('?');
    String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
    String query = mark < 0 ? "" : pathAndQuery.substring(mark + 1);
    return call("GET", path, query, Headers.empty(), "", scope);
  }

  private Answer delete(String path, Caller scope) {
    return call("DELETE", path, "", Headers.empty(), "", scope);
  }

  private Answer call(
      String method, String path, String query, Headers headers, String text, Caller scope) {
    return answer(api.handle(request(method, path, query, headers, bytes(text)), scope));
  }

  private static Request request(
      String method, String path, String query, Headers headers, byte[] body) {
    return new Request(
        method, SitesApi.PATH + path, query, headers, body.length, new ByteArrayInputStream(body));
  }

  private static Answer answer(Response response) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      response.body().writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer(response.status(), bytes.toString(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String ids(Answer answer) {
    return found("\\{\"id\":\"([^\"]+)\",\"customer\":\"([^\"]+)\",\"endpoint\"", "$2/$1", answer);
  }

  private static String states(Answer answer) {
    return found("\"state\":\"([^\"]+)\"", "$1", answer);
  }

  private static String planName(Answer answer) {
    return found("\"plan\":\"([^\"]+)\"", "$1", answer);
  }

  private static String found(String expression, String replacement, Answer answer) {
    StringBuilder all = new StringBuilder();
    Matcher matcher = Pattern.compile(expression).matcher(answer.body());
    while (matcher.find()) {
      all.append(' ').append(matcher.group().replaceFirst(expression, replacement));
    }
    return all.toString().strip();
  }
}
