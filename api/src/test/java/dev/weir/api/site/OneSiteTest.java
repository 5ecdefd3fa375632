// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.api.openapi.OpenApiAnswers;
import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.StoreException;
import dev.weir.store.kit.MemoryDocuments;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneSiteTest {

  private static final Caller ALL = Caller.operator();
  private static final Caller ACME = new Caller("ann", Map.of("acme", Role.EDITOR));
  private static final Caller READER = new Caller("bob", Map.of("default", Role.VIEWER));
  private static final Headers NONE = Headers.empty();
  private static final Headers NEW = Headers.of("If-None-Match", "*");

  private final RacedDocuments documents = new RacedDocuments();
  private final Api api = api(documents);

  @Test
  void createsASiteAndShowsItWithItsVersion() {
    Answer created = put("/default/shop", "{\"endpoint\":\"https://shop.example/\"}", NEW);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.tag()).contains("\"1\"");
    assertThat(created.body())
        .startsWith("{\"applied\":true,")
        .contains(
            "\"additions\":[{\"id\":\"shop\",\"customer\":\"default\","
                + "\"endpoint\":\"https://shop.example/\"}]");

    Answer shown = get("/default/shop", NONE);
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.tag()).contains("\"1\"");
    assertThat(shown.body())
        .contains("\"version\":1,")
        .contains("\"definition\":{\"id\":\"shop\",\"customer\":\"default\"");
  }

  @Test
  void replacesASiteAndCountsItsVersions() {
    put("/default/shop", "endpoint: https://shop.example/", NONE);
    Answer changed =
        put("/default/shop", "{endpoint: 'https://shop.example/', interval: 10s}", match("\"1\""));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.tag()).contains("\"2\"");
    assertThat(changed.body())
        .contains("{\"field\":\"interval\",\"before\":\"1m\",\"after\":\"10s\"}");
  }

  @Test
  void theSameDefinitionAgainChangesNothing() {
    put("/default/shop", "endpoint: https://shop.example/", NONE);
    for (int i = 0; i < 2; i++) {
      Answer again =
          put("/default/shop", "{id: shop, endpoint: 'https://shop.example/'}", match("\"1\""));
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.tag()).contains("\"1\"");
      assertThat(again.body())
          .contains("\"additions\":[],\"changes\":[],\"removals\":[],\"unchanged\":1");
    }
  }

  @Test
  void whatIsShownCanBePutBack() {
    put(
        "/acme/shop",
        """
        {"endpoint": "https://shop.example/", "name": "The \\"Shop\\"", "group": "Shops",
         "http": {"bearer": "Token ${env:WEIR_SECRET_acme__TOKEN}"}, "expect": {"contains": "ok"}}
        """,
        NONE);
    String shown = get("/acme/shop", NONE).body();
    String definition =
        shown.substring(shown.indexOf("\"definition\":") + 13, shown.lastIndexOf('}'));
    Answer back = put("/acme/shop", definition, match("\"1\""));
    assertThat(back.status()).as(back.body()).isEqualTo(200);
    assertThat(back.tag()).contains("\"1\"");
  }

  @Test
  void theSlowerOfTwoEditorsIsToldAndChangesNothing() {
    put("/default/shop", "endpoint: https://one.example/", NONE);
    assertThat(put("/default/shop", "endpoint: https://two.example/", match("\"1\"")).status())
        .isEqualTo(200);

    Answer late = put("/default/shop", "endpoint: https://three.example/", match("\"1\""));
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.tag()).contains("\"2\"");
    assertThat(late.body())
        .contains("\"kind\":\"changed_meanwhile\"")
        .contains("now at version 2; nothing was changed");
    assertThat(call("DELETE", "/default/shop", "", match("\"1\""), "", ALL).status())
        .isEqualTo(412);
    assertThat(get("/default/shop", NONE).body()).contains("https://two.example/");
  }

  @Test
  void whoIsOvertakenWhileItIsWrittenIsToldToo() {
    put("/default/shop", "endpoint: https://one.example/", NONE);
    documents.before(
        under -> api(under).handle(request("endpoint: https://faster.example/", NONE), ALL));
    Answer late = put("/default/shop", "endpoint: https://late.example/", match("\"1\""));
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.tag()).contains("\"2\"");
    assertThat(get("/default/shop", NONE).body()).contains("https://faster.example/");
  }

  @Test
  void whoNamesNoVersionHasTheLastWord() {
    put("/default/shop", "endpoint: https://one.example/", NONE);
    documents.before(
        under -> api(under).handle(request("endpoint: https://faster.example/", NONE), ALL));
    Answer last = put("/default/shop", "endpoint: https://last.example/", NONE);
    assertThat(last.status()).isEqualTo(200);
    assertThat(last.tag()).contains("\"3\"");
    assertThat(get("/default/shop", NONE).body()).contains("https://last.example/");
  }

  @Test
  void whatIsAlwaysChangedByOthersMayBeTriedAgainLater() {
    put("/default/shop", "endpoint: https://one.example/", NONE);
    documents.conflicts = OneSite.ATTEMPTS_MAX;
    Answer given = put("/default/shop", "endpoint: https://two.example/", NONE);
    assertThat(given.status()).isEqualTo(503);
    documents.conflicts = OneSite.ATTEMPTS_MAX - 1;
    assertThat(put("/default/shop", "endpoint: https://two.example/", NONE).status())
        .isEqualTo(200);
  }

  @Test
  void aNewSiteTakesNobodysPlace() {
    put("/default/shop", "endpoint: https://one.example/", NEW);
    Answer second = put("/default/shop", "endpoint: https://two.example/", NEW);
    assertThat(second.status()).isEqualTo(412);
    assertThat(second.tag()).contains("\"1\"");
    assertThat(second.body()).contains("it is there already");
    assertThat(get("/default/shop", NONE).body()).contains("https://one.example/");
  }

  @Test
  void aSiteThatHasGoneIsNotMadeAgainByWhoChangesIt() {
    for (String tag : List.of("*", "\"1\"", "\"1\", \"2\"")) {
      Answer gone = put("/default/shop", "endpoint: https://one.example/", match(tag));
      assertThat(gone.status()).as(tag).isEqualTo(412);
      assertThat(gone.tag()).isEmpty();
    }
    assertThat(call("DELETE", "/default/shop", "", NONE, "", ALL).status()).isEqualTo(404);
  }

  @Test
  void deletesTheVersionThatWasSeen() {
    put("/default/shop", "endpoint: https://one.example/", NONE);
    assertThat(call("DELETE", "/default/shop", "", match("\"7\", \"1\""), "", ALL).status())
        .isEqualTo(204);
    assertThat(get("/default/shop", NONE).status()).isEqualTo(404);
  }

  @Test
  void aReaderWhoHasTheVersionIsToldSo() {
    put("/default/shop", "endpoint: https://one.example/", NONE);
    for (String tag : List.of("\"1\"", "W/\"1\"", "\"0\",\"1\"", "*")) {
      Answer known = get("/default/shop", Headers.of("If-None-Match", tag));
      assertThat(known.status()).as(tag).isEqualTo(304);
      assertThat(known.body()).isEmpty();
      assertThat(known.tag()).contains("\"1\"");
    }
    put("/default/shop", "endpoint: https://two.example/", NONE);
    assertThat(get("/default/shop", Headers.of("If-None-Match", "\"1\"")).status()).isEqualTo(200);
  }

  @Test
  void aWeakTagIsNoGroundForAChange() {
    put("/default/shop", "endpoint: https://one.example/", NONE);
    assertThat(put("/default/shop", "endpoint: https://two.example/", match("W/\"1\"")).status())
        .isEqualTo(412);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"1", "\"1\" \"2\"", "*, \"1\"", "", ",", "W/1"})
  void refusesConditionsThatItCannotRead(String tag) {
    Answer answer = put("/default/shop", "endpoint: https://one.example/", match(tag));
    assertThat(answer.status()).as(tag).isEqualTo(400);
    assertThat(answer.body()).contains("If-Match is * or versions in quotes");
  }

  @Test
  void refusesAConditionThatIsTooLong() {
    Answer answer =
        put("/default/shop", "endpoint: https://a.b/", match("\"" + "1".repeat(1_000) + "\""));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("has 1002 characters, at most 1000");
  }

  @Test
  void aDryRunChangesNothing() {
    put("/default/shop", "endpoint: https://one.example/", NONE);
    Answer dry =
        call("PUT", "/default/shop", "dryRun", NONE, "endpoint: https://two.example/", ALL);
    assertThat(dry.status()).isEqualTo(200);
    assertThat(dry.tag()).contains("\"1\"");
    assertThat(dry.body())
        .startsWith("{\"applied\":false,")
        .contains("\"after\":\"https://two.example/\"");
    Answer fresh = call("PUT", "/default/n", "dryRun=true", NEW, "endpoint: https://n.b/", ALL);
    assertThat(fresh.status()).isEqualTo(200);
    assertThat(fresh.tag()).isEmpty();
    assertThat(get("/default/n", NONE).status()).isEqualTo(404);
    assertThat(get("/default/shop", NONE).body()).contains("https://one.example/");
  }

  @Test
  void oneSiteWaitsForNoImport() throws Exception {
    put("/default/shop", "endpoint: https://one.example/", NONE);
    CountDownLatch importing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    documents.reading =
        () -> {
          importing.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    Thread other =
        Thread.startVirtualThread(
            () -> put("", "sites: [{id: a, endpoint: 'https://a.b/'}]", NONE));
    importing.await();
    String text = "endpoint: https://two.example/";
    assertThat(call("PUT", "/default/shop", "dryRun", NONE, text, ALL).status()).isEqualTo(200);
    assertThat(put("/default/shop", text, NONE).tag()).contains("\"2\"");
    goOn.countDown();
    other.join();
    assertThat(get("/default/a", NONE).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /default/shop   | {endpoint: 'https://a.b/', id: other}       | id       | is 'shop' here: leave it out, or write that and not 'other'
          /default/shop   | {endpoint: 'https://a.b/', SiteId: other, rate: 1, latencyConstraint: 1, testString: a} | SiteId | is 'shop' here
          /default/shop   | {endpoint: 'https://a.b/', customer: acme}  | customer | is 'default' here
          /default/shop   | {endpoint: 'https://a.b/', intervall: 1s}   | intervall | is no field here; did you mean interval?
          /default/shop   | {name: a}                                   | endpoint | is missing: such as https://example.com/
          /default/shop   | {}                                          | endpoint | is missing: such as https://example.com/
          /default/shop   | {sites: [{id: a, endpoint: 'https://a.b/'}]} | sites   | is no field here
          /default/my%20shop | {endpoint: 'https://a.b/'}               | id       | a site id is 1 to 63 of letters
          /def ault/shop  | {endpoint: 'https://a.b/'}                  | customer | a customer is 1 to 63 of letters
          """)
  void tellsWhatIsWrongByField(String path, String text, String field, String reason) {
    Answer answer = call("PUT", path.replace("%20", " "), "dryRun", NONE, text, ALL);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"field\":\"" + field + "\"")
        .contains("\"reason\":\"" + reason.replace("\"", "\\\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "[{endpoint: 'https://a.b/'}]", "text", "{\"endpoint\":"})
  void refusesWhatIsNoDefinition(String text) {
    assertThat(put("/default/shop", text, NONE).status()).isEqualTo(400);
  }

  @Test
  void refusesADefinitionThatIsTooLong() {
    Answer answer = put("/default/shop", "#".repeat(OneSite.BODY_BYTES_MAX + 1), NONE);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("at most 1,048,576 bytes");
    assertThat(
            put("/default/shop", "endpoint: https://a.b/", Headers.of("Content-Encoding", "gzip"))
                .status())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http: {bearer: hunter2}",
        "http: {basic: {user: me, password: hunter2}}",
        "http: {headers: {Authorization: Basic hunter2}}",
        "http: {headers: {Cookie: session=hunter2}}",
        "tls: {certificate: '${file:c}', key: hunter2}"
      })
  void aSecretThatIsWrittenOutIsRefusedAndNotRepeated(String field) {
    Answer answer = put("/default/shop", "endpoint: https://a.b/\n" + field, NONE);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("is a secret and is not written here");
    assertThat(answer.body()).doesNotContain("hunter2");
    assertThat(documents.list(SiteBook.COLLECTION, null, 10)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"${env:AWS_SECRET_ACCESS_KEY}", "${file:/etc/passwd}", "${file:acme/key}"})
  void anEditorOfTheDefaultCustomerNamesNoSecretsOfTheHost(String reference) {
    String text = "endpoint: https://a.b/\nhttp: {bearer: '" + reference + "'}";
    for (String customer : List.of("default", "*")) {
      Caller editor = new Caller("eve", Map.of(customer, Role.EDITOR));
      Answer one = call("PUT", "/default/shop", "", NONE, text, editor);
      assertThat(one.status()).as(one.body()).isEqualTo(400);
      assertThat(one.body()).contains("customer default may name");

      String many = "sites: [{id: shop, endpoint: 'https://a.b/', http: {bearer: '%s'}}]";
      Answer all = call("PUT", "", "", NONE, many.formatted(reference), editor);
      assertThat(all.status()).as(all.body()).isEqualTo(400);
    }
    assertThat(call("PUT", "/default/shop", "", NONE, text, ALL).status()).isEqualTo(201);
  }

  @Test
  void whatAnotherCustomerHasIsNotThere() {
    put("/default/shop", "endpoint: https://a.b/", NONE);
    assertThat(call("GET", "/default/shop", "", NONE, "", ACME).status()).isEqualTo(404);
    String text = "endpoint: https://evil.example/";
    assertThat(call("PUT", "/default/shop", "", NONE, text, ACME).status()).isEqualTo(404);
    assertThat(call("PUT", "/default/shop", "dryRun", NONE, text, ACME).status()).isEqualTo(404);
    assertThat(call("DELETE", "/default/shop", "", NONE, "", ACME).status()).isEqualTo(404);
    assertThat(call("PUT", "/default/shop", "", NONE, text, READER).status()).isEqualTo(403);
    assertThat(call("PUT", "/acme/shop", "", NONE, text, ACME).status()).isEqualTo(201);
    assertThat(get("/default/shop", NONE).body()).contains("https://a.b/");
  }

  @Test
  void aDocumentThatCannotBeReadCanBeReplacedAndDeleted() {
    for (String id : List.of("default/a", "default/b")) {
      documents.apply(
          List.of(
              new DocumentEdit.Put(
                  new DocumentKey(SiteBook.COLLECTION, id), "{\"of\":\"a newer Weir\"}", 0)));
    }
    assertThat(get("/default/a", NONE).status()).isEqualTo(404);
    assertThat(put("/default/a", "endpoint: https://a.b/", NEW).status()).isEqualTo(412);
    assertThat(put("/default/a", "endpoint: https://a.b/", NONE).tag()).contains("\"2\"");
    assertThat(call("DELETE", "/default/b", "", NONE, "", ALL).status()).isEqualTo(204);
  }

  private record Answer(int status, Optional<String> tag, String body) {}

  private static Headers match(String tag) {
    return Headers.of("If-Match", tag);
  }

  private Answer put(String path, String text, Headers headers) {
    return call("PUT", path, "", headers, text, ALL);
  }

  private Answer get(String path, Headers headers) {
    return call("GET", path, "", headers, "", ALL);
  }

  private Answer call(
      String method, String path, String query, Headers headers, String text, Caller caller) {
    Response response = api.handle(request(method, path, query, headers, text), caller);
    String described =
        switch (method) {
          case "GET" -> "showSite";
          case "DELETE" -> "deleteSite";
          default -> path.isEmpty() ? "applySites" : "putSite";
        };
    String body = OpenApiAnswers.check(described, response);
    return new Answer(response.status(), response.headers().first("ETag"), body);
  }

  private static Request request(String text, Headers headers) {
    return request("PUT", "/default/shop", "", headers, text);
  }

  private static Request request(
      String method, String path, String query, Headers headers, String text) {
    byte[] body = text.getBytes(UTF_8);
    return new Request(
        method, SitesApi.PATH + path, query, headers, body.length, new ByteArrayInputStream(body));
  }

  private static Api api(Documents documents) {
    return new Api(
        new SitesApi(
                new SiteBook(documents, "local"),
                SiteStates.none(),
                "local",
                () -> Instant.parse("2026-03-10T12:00:00Z"))
            .operations());
  }

  /** Documents that somebody else changes right before a change. */
  private static final class RacedDocuments implements Documents {
    private final MemoryDocuments under = new MemoryDocuments();
    private @Nullable Consumer<Documents> before;
    private int conflicts;
    private volatile Runnable reading = () -> {};

    void before(Consumer<Documents> change) {
      before = change;
    }

    @Override
    public Optional<Document> get(DocumentKey key) {
      return under.get(key);
    }

    @Override
    public List<Document> list(String collection, @Nullable String afterId, int limit) {
      reading.run();
      return under.list(collection, afterId, limit);
    }

    @Override
    public List<Document> apply(List<DocumentEdit> edits) {
      Consumer<Documents> change = before;
      before = null;
      if (change != null) {
        change.accept(under);
      }
      if (conflicts > 0) {
        conflicts--;
        throw new StoreException(StoreException.Kind.CONFLICT, "changed by others");
      }
      return under.apply(edits);
    }
  }
}
