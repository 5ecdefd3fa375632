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
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.notice.IncidentBook;
import dev.weir.monitor.notice.IncidentReader;
import dev.weir.monitor.notice.NoticeListener;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentsApiTest {

  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final Caller ANN = new Caller("ann", Map.of("acme", Role.VIEWER));

  private final MemoryDocuments documents = new MemoryDocuments();
  private final ManualClock clock = new ManualClock(NOON.plusSeconds(3_600));
  private final Api api =
      new Api(new IncidentsApi(new IncidentReader(documents, clock)).operations());

  @BeforeEach
  void incidents() {
    IncidentBook book = new IncidentBook(documents, Channels.NONE, clock, new NoticeListener() {});
    book.accept(run("acme", "shop", 0, "<b>shop</b> refused"));
    book.accept(run("acme", "shop", 300, null));
    book.accept(run("acme", "mail", 600, "mail refused"));
    book.accept(run("beta", "shop", 900, "secret of beta"));
  }

  @Test
  void tellsOpenAndClosedOnes() {
    assertThat(list("", ANN))
        .isEqualTo(
            """
            {"items":[\
            {"id":"acme/mail/eu/1773144600000","customer":"acme","site":"mail","region":"eu",\
            "endpoint":"https://mail.example/","start_ms":1773144600000,"end_ms":null,\
            "error_class":"connect_refused","cause":"mail refused"},\
            {"id":"acme/shop/eu/1773144000000","customer":"acme","site":"shop","region":"eu",\
            "endpoint":"https://shop.example/","start_ms":1773144000000,"end_ms":1773144300000,\
            "error_class":"connect_refused","cause":"<b>shop</b> refused"}\
            ],"next":null}
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          open                    | acme/mail
          open=true               | acme/mail
          open=false              | acme/shop
          site=shop               | acme/shop
          site=shop&open          |
          customer=acme           | acme/mail acme/shop
          customer=acme&site=mail | acme/mail
          customer=beta           |
          customer=..             |
          """)
  void tellsThoseThatAreAskedFor(String query, @Nullable String expected) {
    assertThat(ids(list(query, ANN))).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void whatBelongsToAnotherIsNotThereOnAnyPage() {
    assertThat(ids(list("", Caller.operator()))).isEqualTo("beta/shop acme/mail acme/shop");
    String next = list("limit=1", Caller.operator()).replaceAll("(?s).*\"next\":\"(.*)\".*", "$1");
    assertThat(next).startsWith("1773144900000~beta/shop");
    assertThat(ids(list("limit=1&after=" + next, ANN))).isEqualTo("acme/mail");
    assertThat(list("", ANN)).doesNotContain("beta");
  }

  @ParameterizedTest
  @CsvSource({"limit=0", "limit=1001", "after=x", "after=beta/a", "open=perhaps", "region=eu"})
  void refusesWhatItDoesNotKnow(String query) {
    Response answer = get(query, ANN);
    assertThat(answer.status()).isEqualTo(400);
    OpenApiAnswers.check("incidents", answer);
  }

  private String list(String query, Caller caller) {
    Response answer = get(query, caller);
    assertThat(answer.status()).isEqualTo(200);
    return OpenApiAnswers.check("incidents", answer);
  }

  private Response get(String query, Caller caller) {
    return api.handle(
        new Request(
            "GET", "/api/v1/incidents", query, Headers.empty(), 0, InputStream.nullInputStream()),
        caller);
  }

  private static String ids(String body) {
    StringBuilder ids = new StringBuilder();
    var matcher = java.util.regex.Pattern.compile("\"id\":\"([^/]+/[^/]+)/eu/").matcher(body);
    while (matcher.find()) {
      ids.append(' ').append(matcher.group(1));
    }
    return ids.toString().strip();
  }

  private static SlotResult run(String customer, String id, int second, @Nullable String failing) {
    String text =
        "{id: %s, customer: %s, endpoint: 'https://%s.example/'}".formatted(id, customer, id);
    Site site =
        switch (new SiteReader("eu").read("test", text)) {
          case SiteReader.Reading.Sites(List<Site> sites) -> sites.getFirst();
          case SiteReader.Reading.Refused refused -> throw new AssertionError(refused);
        };
    Failure failure = failing == null ? null : new Failure(ErrorClass.CONNECT_REFUSED, failing);
    Hop hop = new Hop("https://a.b/", Phases.NONE, null, null, null);
    Run run = new Run(List.of(new Measurement(1, List.of(hop), null, failure)), 1, failure, false);
    Instant at = NOON.plusSeconds(second);
    return new SlotResult(new Slot(site, "eu", at), at, run);
  }
}
