// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.sites;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.lambda.monitor.sites.GatewayCall.Answer;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.notice.IncidentBook;
import dev.weir.monitor.notice.NoticeListener;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SitesFunctionTest {

  private static final String REGION = "eu-west-1";
  private static final String SHOP =
      "sites: [{id: shop, endpoint: 'https://shop.example/', interval: 10s}]";

  private final MemoryDocuments documents = new MemoryDocuments();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final SitesFunction function = new SitesFunction(documents, REGION, clock);

  @Test
  void appliesShowsListsAndTakesAway() {
    Answer applied = answer(GatewayCall.put("", SHOP));
    assertThat(applied.status()).isEqualTo(200);
    assertThat(applied.body()).contains("\"applied\":true", "\"id\":\"shop\"");
    assertThat(applied.headers()).containsEntry("Content-Type", "application/json");

    Answer shown = answer(GatewayCall.of("GET", "/api/v1/sites/default/shop", ""));
    assertThat(shown.body()).contains("\"definition\":", "\"regions\":[\"eu-west-1\"]");
    Answer listed = answer(GatewayCall.of("GET", "/api/v1/sites", "limit=10&customer=default"));
    assertThat(listed.body()).contains("\"state\":\"unknown\"", "\"next\":null");

    assertThat(answer(GatewayCall.of("DELETE", "/api/v1/sites/default/shop", "")))
        .isEqualTo(new Answer(204, Map.of(), ""));
    assertThat(new SiteBook(documents, REGION).all(null)).isEmpty();
  }

  @Test
  void takesABodyAsTextAndAsBase64() {
    String text = SHOP.replace("shop.example/", "shop.example/?q=🌊");
    for (boolean base64 : List.of(false, true)) {
      GatewayCall call =
          new GatewayCall("PUT", "/api/v1/sites", "", text, GatewayCall.OPERATOR, base64);
      assertThat(answer(call).status()).isEqualTo(200);
    }
    assertThat(new SiteBook(documents, REGION).get(new SiteKey("default", "shop")).orElseThrow())
        .satisfies(stored -> assertThat(stored.site().endpoint()).contains("🌊"))
        .satisfies(stored -> assertThat(stored.version()).isOne());
  }

  @Test
  void refusesWhomTheGatewayDidNotMakeSign() {
    GatewayCall unsigned = new GatewayCall("PUT", "/api/v1/sites", "", SHOP, "", false);

    Answer answer = answer(unsigned);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("\"kind\":\"denied\"");
    assertThat(new SiteBook(documents, REGION).all(null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/api/v1/sites,'',405",
    "GET,/api/v1/sites/default/none,'',404",
    "GET,/api/v1/sitesss/default/none,'',404",
    "GET,/api/v1/query,'',404",
    "GET,/,'',404",
    "GET,/api/v1/sites,limit=0,400",
    "GET,/api/v1/sites,other=1,400",
    "GET,/api/v1/sites,after=%ZZ,400",
    "PUT,/api/v1/sites,dryRun=perhaps,400"
  })
  void answersWhatACallerDidWrongInJson(String method, String path, String query, int status) {
    Answer answer = answer(GatewayCall.of(method, path, query));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains("\"kind\":\"").contains("\"detail\":\"");
    assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
  }

  @Test
  void tellsWhatIsWrongWithAText() {
    Answer answer = answer(GatewayCall.put("", "sites: [{id: shop, endpoint: 'quic://a'}]"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"field\":\"endpoint\"", "\"line\":1");
  }

  @Test
  void takesTheStageFromThePath() {
    String event =
        new String(GatewayCall.of("GET", "/live/api/v1/sites", "").event(), UTF_8)
            .replace("$default", "live");

    assertThat(Answer.of(function.answer(event.getBytes(UTF_8))).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"rawPath\":\"/api/v1/sites\"}",
        "{\"rawPath\":[],\"requestContext\":{\"http\":{\"method\":{}}}}",
        "{\"httpMethod\":\"GET\",\"path\":\"/api/v1/sites\"}",
        "{\"rawPath\":\"/api/v1/sites\",\"requestContext\":{\"http\":{\"method\":\"PUT\"}},"
            + "\"body\":\"no base64!\",\"isBase64Encoded\":true}"
      })
  void answersAnEventThatItDoesNotUnderstandAsSomethingToMend(String event) {
    Answer answer = Answer.of(function.answer(event.getBytes(UTF_8)));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsKey("Retry-After");
    assertThat(answer.body()).contains("does not understand its gateway");
  }

  @Test
  void endsWithAnEventThatIsNestedDeeply() {
    String event = "{\"a\":".repeat(100_000);

    assertThat(Answer.of(function.answer(event.getBytes(UTF_8))).status()).isEqualTo(503);
  }

  @Test
  void tellsThatASiteIsDownByItsOpenIncident() {
    answer(GatewayCall.put("", SHOP));
    answer(GatewayCall.put("", SHOP.replace("shop", "well")));
    fails("shop");

    assertThat(answer(GatewayCall.of("GET", "/api/v1/sites/default/shop", "")).body())
        .contains("\"state\":\"down\"");
    assertThat(answer(GatewayCall.of("GET", "/api/v1/sites", "state=down")).body())
        .contains("\"id\":\"shop\"")
        .doesNotContain("\"id\":\"well\"");
  }

  @Test
  void plansAnewWhereAnotherWasFaster() {
    documents.failNext(new StoreException(Kind.CONFLICT, "site default/shop has version 7"));
    assertThat(answer(GatewayCall.put("", SHOP)).status()).isEqualTo(200);
    assertThat(answer(GatewayCall.of("GET", "/api/v1/sites/default/shop", "")).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"NOT_FOUND", "DENIED", "THROTTLED", "UNAVAILABLE", "TIMED_OUT"})
  void answersWhatAnOperatorCanMendAsSomethingThatMayPass(Kind kind) {
    for (GatewayCall call :
        List.of(
            GatewayCall.of("GET", "/api/v1/sites", ""),
            GatewayCall.of("GET", "/api/v1/sites/default/shop", ""),
            GatewayCall.put("", SHOP))) {
      SitesFunction failing =
          new SitesFunction(
              new FailingDocuments(new StoreException(kind, "table Sites says " + kind)),
              REGION,
              clock);
      Answer answer = Answer.of(failing.answer(call.event()));
      assertThat(answer.status()).as(call.method()).isEqualTo(503);
      assertThat(answer.body()).contains("table Sites says " + kind);
    }
  }

  @Test
  void keepsToItselfWhatWentWrongInside() {
    SitesFunction failing =
        new SitesFunction(
            new FailingDocuments(new IllegalStateException("password hunter2")), REGION, clock);

    Answer answer = Answer.of(failing.answer(GatewayCall.of("GET", "/api/v1/sites", "").event()));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).contains("\"kind\":\"internal\"").doesNotContain("hunter2");
  }

  @Test
  void refusesAnAnswerThatLambdaDoesNotCarry() {
    StringBuilder sites = new StringBuilder("sites:\n");
    String quotes = "\\\"".repeat(2_000);
    for (int i = 0; i < 900; i++) {
      sites.append(
          "- {id: s%d, endpoint: 'https://a.example/', expect: {contains: \"%s\"}}\n"
              .formatted(i, quotes));
    }
    assertThat(answer(GatewayCall.put("", sites.toString())).status()).isEqualTo(200);

    Answer large = answer(GatewayCall.of("GET", "/api/v1/sites", "limit=900&definitions"));
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.body()).contains("\"kind\":\"too_large\"", "smaller limit");
    assertThat(answer(GatewayCall.of("GET", "/api/v1/sites", "limit=100&definitions")).status())
        .isEqualTo(200);

    String changed = sites.toString().replace("expect: {contains: ", "expect: {not-contains: ");
    Answer made = answer(GatewayCall.put("", changed));
    assertThat(made.status()).isEqualTo(503);
    assertThat(made.body()).contains("all is done");
    Answer again = answer(GatewayCall.put("", changed));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).contains("\"unchanged\":900");
  }

  /** As the writer of results notes a failing run. */
  private void fails(String id) {
    Site site =
        new SiteBook(documents, REGION).get(new SiteKey("default", id)).orElseThrow().site();
    Failure failure = new Failure(ErrorClass.CONNECT_REFUSED, "443 is refused");
    Hop hop = new Hop(site.endpoint(), Phases.NONE, null, 200, "HTTP/1.1");
    new IncidentBook(documents, Channels.NONE, clock, NoticeListener.NONE)
        .accept(
            new SlotResult(
                new Slot(site, REGION, clock.instant()),
                clock.instant(),
                new Run(
                    List.of(new Measurement(80_000_000, List.of(hop), null, failure)),
                    1,
                    failure,
                    false)));
  }

  private Answer answer(GatewayCall call) {
    return Answer.of(function.answer(call.event()));
  }

  /** Documents that can't be had. */
  private record FailingDocuments(RuntimeException failure) implements Documents {
    @Override
    public Optional<Document> get(DocumentKey key) {
      throw failure;
    }

    @Override
    public List<Document> list(String collection, @Nullable String afterId, int limit) {
      throw failure;
    }

    @Override
    public List<Document> apply(List<DocumentEdit> edits) {
      throw failure;
    }
  }
}
