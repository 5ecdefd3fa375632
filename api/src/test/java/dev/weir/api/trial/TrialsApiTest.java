// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.api.openapi.OpenApiAnswers;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.check.ReferencedSecrets;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.check.text.SiteReader.Reading;
import dev.weir.monitor.probe.NetworkPolicies;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Resolver;
import dev.weir.monitor.probe.SiteProber;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.kit.MemoryDocuments;
import dev.weir.store.kit.identity.TestIdentity;
import dev.weir.store.kit.site.ClosedPort;
import dev.weir.store.kit.site.FakeSite;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TrialsApiTest {

  private static final Caller ALL = Caller.operator();
  private static final Caller ACME = new Caller("ann", Map.of("acme", Role.EDITOR));
  private static final Caller LOOKER = new Caller("vic", Map.of("acme", Role.VIEWER));

  /** Of what lets other customers than the default one connect to public addresses only. */
  private static final String BLOCKED = "blocked_address";

  private final InstantSource clock = InstantSource.system();
  private final SiteBook book = new SiteBook(new MemoryDocuments(), "local");
  private final Map<String, String> environment =
      Map.of("TOKEN", "swordfish-0123456789", "WEIR_SECRET_acme__TOKEN", "perch-0123456789");
  private final Api api = api(Trials.TIME_MAX);

  @Test
  void tellsOfAPageThatIsWellAndWhereItsTimeWent() throws IOException {
    try (FakeSite site = FakeSite.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
      String answer = tried(definition(site.url("/")));
      assertThat(answer)
          .contains("\"up\":true,\"status\":200,\"error_class\":\"none\",\"error\":null")
          .containsPattern("\"failed_expectation\":null,\"latency_s\":[0-9]+\\.[0-9]")
          .contains("\"certificate_days\":null,\"address\":\"127.0.0.1\",\"content_bytes\":2")
          .contains("\"attempts\":1,\"hops\":[{\"url\":\"" + site.url("/") + "\",\"status\":200")
          .containsPattern("\"dns\":0\\.0,\"connect\":[0-9]+\\.[0-9]")
          .containsPattern("\"tls\":null,\"send\":[0-9]+\\.[0-9]");
      assertThat(site.visits()).hasSize(1);
      assertThat(answer.split("\"latency_s\"", -1)).as("the run's and its request's").hasSize(3);
    }
  }

  @Test
  void showsEachHopOfARedirect() throws IOException {
    try (FakeSite site =
        FakeSite.of(visit ->
            visit.send(
                visit.path().equals("/")
                    ? "HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"
                    : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))) {
      assertThat(tried(definition(site.url("/"))))
          .contains("\"up\":true,\"status\":200")
          .containsSubsequence(
              "\"hops\":[{\"url\":\"" + site.url("/") + "\",\"status\":302",
              "},{\"url\":\"" + site.url("/there") + "\",\"status\":200");
    }
  }

  @Test
  void namesAnExpectationThatIsNotMetAndKeepsTheBodyToItself() throws IOException {
    try (FakeSite site =
        FakeSite.answering("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + "text".repeat(50))) {
      String answer =
          tried(definition(site.url("/"), "\"expect\":{\"contains\":\"welcome\"},\"confirm\":3"));
      assertThat(answer)
          .contains("\"up\":false,\"status\":200,\"error_class\":\"body_mismatch\"")
          .contains("welcome")
          .contains("\"attempts\":1")
          .doesNotContain("text".repeat(21)); // its beginning is told, 80 characters of it
      assertThat(site.visits()).as("what would confirm the failure is left out").hasSize(1);
    }
  }

  @Test
  void anEditorOfTheDefaultCustomerSendsNoSecretsOfTheHost() throws IOException {
    Caller editor = new Caller("eve", Map.of("default", Role.EDITOR));
    try (FakeSite site = FakeSite.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      String asked = definition(site.url("/"), "\"http\":{\"bearer\":\"${env:TOKEN}\"}");

      assertThat(post(TrialsApi.PATH, asked, editor).status()).isEqualTo(400);
      assertThat(site.visits()).isEmpty();
      assertThat(post(TrialsApi.PATH, asked, ALL).status()).isEqualTo(200);
    }
  }

  @Test
  void tellsOfAPortWhereNobodyIs() throws IOException {
    try (ClosedPort closed = new ClosedPort()) {
      assertThat(tried(definition("tcp://127.0.0.1:" + closed.number())))
          .contains("\"up\":false,\"status\":null,\"error_class\":\"connect_refused\"")
          .contains("\"latency_s\":null");
    }
  }

  @Test
  void tellsOfACertificateThatHasExpired() throws IOException {
    Instant now = clock.instant();
    TestIdentity authority = TestIdentity.authority("authority");
    TestIdentity.Request late =
        TestIdentity.Request.of("late", false)
            .valid(now.minus(Duration.ofDays(40)), now.minus(Duration.ofDays(10)));
    try (FakeSite site =
        FakeSite.encrypted(authority.sign(late).server(authority), visit -> visit.send(""))) {
      String pem = authority.certificatePem().replace("\n", "\\n");
      assertThat(tried(definition(site.url("/"), "\"tls\":{\"ca\":\"" + pem + "\"}")))
          .contains("\"up\":false,\"status\":null,\"error_class\":\"tls_expired\"")
          .contains("\"certificate_days\":-1");
    }
  }

  @Test
  void answersAnAddressThatMayNotBeCheckedAsAResult() throws IOException {
    try (FakeSite site = FakeSite.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      Answer answer = post(TrialsApi.PATH, definition(site.url("/")), ACME);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("\"up\":false").contains(BLOCKED);
      assertThat(site.connections()).isZero();
    }
  }

  @Test
  void makesFiveRequestsAtMost() throws IOException {
    try (FakeSite site = FakeSite.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      tried(definition(site.url("/"), "\"requests\":100"));
      assertThat(site.visits()).hasSize(Trials.REQUESTS_MAX);
    }
  }

  @Test
  void endsWhatTakesLongerThanItsLimitAndSaysSo() throws IOException {
    assertThat(Trials.TIME_MAX).isLessThanOrEqualTo(Duration.ofSeconds(60));
    try (FakeSite site = FakeSite.of(FakeSite.Visit::awaitClosed)) {
      Answer answer =
          answer(
              api(Duration.ofSeconds(1))
                  .handle(
                      request(TrialsApi.PATH, definition(site.url("/"), "\"timeout\":\"5m\"")),
                      ALL));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body())
          .contains("\"up\":false,\"status\":null,\"error_class\":\"timeout\"")
          .contains("ended after 1 s, the most that a check which is tried may take");
    }
  }

  @Test
  void makesFourTrialsAtOnceAndTwoForEachCaller() throws Exception {
    CountDownLatch here = new CountDownLatch(Trials.AT_ONCE_MAX);
    CountDownLatch go = new CountDownLatch(1);
    try (FakeSite site =
            FakeSite.of(visit -> {
              here.countDown();
              go.await();
              visit.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            });
        ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
      String asked = definition(site.url("/"));
      List<Future<Answer>> under =
          List.of("one", "one", "two", "two").stream()
              .map(name -> waiting.submit(() -> post(TrialsApi.PATH, asked, named(name))))
              .toList();
      here.await();
      Response own = api.handle(request(TrialsApi.PATH, asked), named("one"));
      assertThat(own.status()).isEqualTo(503);
      assertThat(own.headers().first("Retry-After")).isPresent();
      assertThat(answer(own).body()).contains("2 checks that you try are under way");
      assertThat(post(TrialsApi.PATH, asked, named("three")))
          .matches(refused -> refused.status() == 503)
          .matches(refused -> refused.body().contains("4 checks are being tried by all together"));
      go.countDown();
      for (Future<Answer> each : under) {
        assertThat(each.get().body()).contains("\"up\":true");
      }
      assertThat(post(TrialsApi.PATH, asked, named("one")).status()).isEqualTo(200);
    }
  }

  @Test
  void sendsSecretsAndTellsNobodyWhatTheyAre() throws IOException {
    try (FakeSite site =
        FakeSite.of(visit -> {
          String told = visit.headers().getOrDefault("x-api-key", "");
          String basic = visit.headers().getOrDefault("authorization", "");
          visit.send(
              visit.path().equals("/")
                  ? "HTTP/1.1 302 Found\r\nLocation: /there?key=%s&basic=%s\r\nContent-Length: 0\r\n\r\n"
                      .formatted(told, basic.replace("Basic ", ""))
                  : "HTTP/1.1 200 OK\r\nX-Told: %s\r\nContent-Length: 0\r\n\r\n".formatted(told));
        })) {
      String answer =
          tried(
              definition(
                  site.url("/"),
                  """
                  "http": {"headers": {"X-Api-Key": "${env:TOKEN}"},
                           "basic": {"user": "weir", "password": "${env:TOKEN}"}},
                  "expect": {"headers": [{"name": "X-Told", "matches": "^never$"}]}
                  """));
      assertThat(site.visits().getFirst().headers())
          .containsEntry("x-api-key", "swordfish-0123456789");
      assertThat(answer)
          .contains("\"error_class\":\"header_mismatch\"")
          .contains("/there?key=${env:TOKEN}&basic=${env:TOKEN}")
          .doesNotContain("swordfish")
          .doesNotContain("d2Vpcj"); // weir: in base 64
    }
  }

  @Test
  void answersASecretThatIsNotThereAsAFailureThatNamesIt() throws IOException {
    try (FakeSite site = FakeSite.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(tried(definition(site.url("/"), "\"http\":{\"bearer\":\"${env:MISSING}\"}")))
          .contains("\"up\":false")
          .contains("${env:MISSING} is not set");
      assertThat(site.visits()).isEmpty();
    }
  }

  @Test
  void refusesADefinitionThatIsNotRightWithItsProblems() {
    Answer answer =
        post(
            TrialsApi.PATH,
            "{\"site\":\n{\"id\":\"a\",\"endpoint\":\"ftp://a\",\n\"intervall\":1}}",
            ALL);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"line\":2,\"site\":\"a\",\"field\":\"endpoint\"")
        .contains("\"line\":3,\"site\":\"a\",\"field\":\"intervall\"");
  }

  @Test
  void refusesBodiesThatAreNoDefinition() {
    for (String body :
        List.of(
            "",
            "{}",
            "[]",
            "{\"site\":\"a\"}",
            "{\"site\":{}}",
            "{\"site\":{\"sites\":[]}}",
            "{\"site\":{\"id\":\"a\",\"endpoint\":\"https://a\"},\"more\":1}",
            "{\"site\":{\"id\":\"a\",\"endpoint\":\"https://a\"}")) {
      assertThat(post(TrialsApi.PATH, body, ALL).status()).as(body).isEqualTo(400);
    }
    String large = " ".repeat(TriedSite.BODY_BYTES_MAX + 1);
    assertThat(post(TrialsApi.PATH, large, ALL).status()).isEqualTo(413);
  }

  @Test
  void refusesADeclaredLengthBeforeAnyOfTheBodyCame() {
    InputStream silent =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("the body was read");
          }
        };
    Request declared =
        new Request(
            "POST", TrialsApi.PATH, "", Headers.empty(), TriedSite.BODY_BYTES_MAX + 1, silent);
    assertThat(api.handle(declared, ALL).status()).isEqualTo(413);
  }

  @Test
  void triesASiteThatIsThere() throws IOException {
    try (FakeSite site = FakeSite.answering("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")) {
      save("{\"id\":\"shop\",\"endpoint\":\"" + site.url("/") + "\"}");
      Answer answer = post("/api/v1/sites/default/shop/check", "", ALL);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body())
          .contains("\"up\":false,\"status\":503,\"error_class\":\"status\"")
          .contains("3 of 3 requests failed");
      assertThat(post("/api/v1/sites/default/other/check", "", ALL).status()).isEqualTo(404);
    }
  }

  @Test
  void triesForEditorsOfTheCustomerOnly() {
    save("{\"id\":\"shop\",\"endpoint\":\"tcp://127.0.0.1:9\"}");
    save("{\"id\":\"own\",\"customer\":\"acme\",\"endpoint\":\"tcp://127.0.0.1:9\"}");
    assertThat(post("/api/v1/sites/default/shop/check", "", ACME).status()).isEqualTo(404);
    assertThat(post("/api/v1/sites/acme/own/check", "", LOOKER).status()).isEqualTo(403);
    assertThat(post(TrialsApi.PATH, definition("tcp://127.0.0.1:9"), LOOKER).status())
        .isEqualTo(403);
    Answer own = post("/api/v1/sites/acme/own/check", "", ACME);
    assertThat(own.body()).contains(BLOCKED);

    String foreign = definition("tcp://127.0.0.1:9", "\"customer\":\"other\"");
    assertThat(post(TrialsApi.PATH, foreign, ACME).status()).isEqualTo(403);
    assertThat(post(TrialsApi.PATH, foreign, ALL).body()).contains(BLOCKED);
  }

  @Test
  void keepsACustomerToItsOwnSecrets() {
    Answer answer =
        post(
            TrialsApi.PATH,
            definition("https://shop.example/", "\"http\":{\"bearer\":\"${env:TOKEN}\"}"),
            ACME);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("WEIR_SECRET_acme__").contains("\"field\":\"http.bearer\"");
  }

  private Api api(Duration timeMax) {
    ReferencedSecrets secrets = new ReferencedSecrets(environment::get, List.of(), Path.of(""));
    SiteProber prober = new SiteProber(Resolver.system(), secrets, clock, _ -> {}, "test");
    NetworkPolicy any = NetworkPolicies.parse("any");
    NetworkPolicy open = NetworkPolicies.parse("public");
    return new Api(
        new TrialsApi(
                book,
                prober,
                customer -> customer.equals("default") ? any : open,
                "local",
                timeMax,
                clock)
            .operations());
  }

  private static Caller named(String name) {
    return new Caller(name, Map.of("default", Role.EDITOR));
  }

  private static String definition(String endpoint) {
    return definition(endpoint, "\"requests\":1");
  }

  private static String definition(String endpoint, String more) {
    String requests = more.contains("requests") ? "" : "\"requests\":1,";
    return "{\"site\":{\"id\":\"tried\",\"endpoint\":\"%s\",%s%s}}"
        .formatted(endpoint, requests, more);
  }

  private void save(String definition) {
    Reading reading = new SiteReader("local").read("test", definition);
    assertThat(reading).isInstanceOf(Reading.Sites.class);
    if (reading instanceof Reading.Sites sites) {
      book.apply(book.plan(null, sites.sites(), false));
    }
  }

  private String tried(String body) {
    Answer answer = post(TrialsApi.PATH, body, ALL);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private record Answer(int status, String body) {}

  private Answer post(String path, String body, Caller caller) {
    Response response = api.handle(request(path, body), caller);
    String operation = path.equals(TrialsApi.PATH) ? "tryDefinition" : "trySite";
    return new Answer(response.status(), OpenApiAnswers.check(operation, response));
  }

  private static Request request(String path, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return new Request(
        "POST", path, "", Headers.empty(), bytes.length, new ByteArrayInputStream(bytes));
  }

  private static Answer answer(Response response) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      response.body().writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer(response.status(), bytes.toString(UTF_8));
  }
}
