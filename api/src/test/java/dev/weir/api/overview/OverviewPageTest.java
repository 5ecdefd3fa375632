// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import static dev.weir.api.overview.WatchedSites.ACME;
import static dev.weir.api.overview.WatchedSites.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.api.openapi.OpenApiAnswers;
import dev.weir.api.site.SiteStates.State;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import dev.weir.monitor.notice.Incident;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OverviewPageTest {

  private static final String SITES =
      """
      sites:
        - {id: shop, name: The Shop, group: Front, endpoint: 'https://shop.example/', interval: 1m}
        - {id: blog, endpoint: 'https://blog.example/', interval: 1m}
        - {id: off, endpoint: 'https://off.example/', enabled: false}
        - {id: mail, customer: acme, endpoint: 'tcp://mail.example:25', interval: 1m}
      """;

  private final WatchedSites sites = new WatchedSites(SITES);

  @Test
  void showsWhatCameOfRunsAtOnce() {
    assertThat(item("default/shop").path("state").asString()).isEqualTo("unknown");
    assertThat(item("default/shop").path("runs").isNull()).isTrue();

    sites.up("default/shop", 40);
    sites.advance(Duration.ofMinutes(1));
    sites.missed("default/shop");
    sites.advance(Duration.ofMinutes(1));
    sites.up("default/shop", 60);
    sites.advance(Duration.ofMinutes(1));
    sites.down("default/shop", "it was reset");

    JsonNode shop = item("default/shop");
    assertThat(shop.path("name").asString()).isEqualTo("The Shop");
    assertThat(shop.path("group").asString()).isEqualTo("Front");
    assertThat(shop.path("state").asString()).isEqualTo("down");
    assertThat(shop.path("runs"))
        .hasToString(
            "{\"letters\":\"umud\",\"last_ms\":%d,\"gaps_s\":[60,60,60],\"latency_ms\":[40,null,60,null]}"
                .formatted(sites.clock.millis()));
    assertThat(shop.path("uptime"))
        .hasToString("{\"day\":0.666666,\"week\":0.666666,\"month\":0.666666}");
    assertThat(shop.path("p50_ms").doubleValue()).isBetween(36.0, 45.0);
    assertThat(shop.path("p95_ms").doubleValue()).isBetween(53.0, 67.0);
    assertThat(shop.path("hourly_ms")).hasSize(24);
    assertThat(shop.path("hourly_ms").get(23).doubleValue()).isEqualTo(50);
    assertThat(shop.path("error").asString()).isEqualTo("it was reset");
    assertThat(shop.path("error_class").asString()).isEqualTo("reset");

    sites.advance(Duration.ofMinutes(1));
    sites.up("default/shop", 50);
    assertThat(item("default/shop").path("state").asString()).isEqualTo("up");
    assertThat(item("default/shop").path("error").isNull()).isTrue();
  }

  @Test
  void doubtfulRunsDoNotCountAgainstASite() {
    sites.up("default/shop", 40);
    sites.advance(Duration.ofMinutes(1));
    sites.fails("default/shop", "eu", "our own side may be why", true);
    JsonNode shop = item("default/shop");
    assertThat(shop.path("state").asString()).isEqualTo("doubtful");
    assertThat(shop.path("runs").path("letters").asString()).isEqualTo("uq");
    assertThat(shop.path("uptime").path("day").doubleValue()).isEqualTo(1);
  }

  @Test
  void showsTheLastFiftyRuns() {
    for (int i = 0; i < 60; i++) {
      sites.up("default/shop", i);
      sites.advance(Duration.ofMinutes(1));
    }
    JsonNode runs = item("default/shop").path("runs");
    assertThat(runs.path("letters").asString()).isEqualTo("u".repeat(50));
    assertThat(runs.path("gaps_s")).hasSize(49);
    assertThat(runs.path("latency_ms").get(0).intValue()).isEqualTo(10);
    assertThat(runs.path("latency_ms").get(49).intValue()).isEqualTo(59);
  }

  @Test
  void aResultThatIsLongPastSaysNothingOfNow() {
    sites.up("default/shop", 40);
    sites.advance(Duration.ofMinutes(5));
    assertThat(item("default/shop").path("state").asString()).isEqualTo("up");
    sites.advance(Duration.ofSeconds(1));
    assertThat(item("default/shop").path("state").asString()).isEqualTo("unknown");
    assertThat(item("default/shop").path("runs").path("letters").asString()).isEqualTo("u");
  }

  @Test
  void isTheWorstOfItsRegionsAndForgetsThoseThatItLeft() {
    sites.apply(SITES.replace("interval: 1m}", "interval: 1m, regions: [eu, us]}"));
    sites.up("default/shop", 40);
    sites.fails("default/shop", "us", "it was reset", false);
    assertThat(item("default/shop").path("state").asString()).isEqualTo("down");
    assertThat(sites.overview.ofResults(sites.site("default/shop"))).isEqualTo(State.DOWN);
    assertThat(item("default/shop").path("uptime").path("day").doubleValue()).isEqualTo(0.5);

    sites.apply(SITES);
    assertThat(item("default/shop").path("state").asString()).isEqualTo("up");
    assertThat(item("default/shop").path("runs").path("letters").asString()).isEqualTo("u");
    assertThat(item("default/shop").path("uptime").path("day").doubleValue()).isEqualTo(1);
  }

  @Test
  void runsInMaintenanceDoNotCount() {
    sites.apply(
        SITES.replace(
            "Front,",
            "Front, maintenance: [{start: 2026-03-10T12:31:00Z, end: 2026-03-10T12:40:00Z}],"));
    sites.up("default/shop", 40);
    sites.advance(Duration.ofMinutes(1));
    sites.down("default/shop", "it was reset");
    assertThat(item("default/shop").path("state").asString()).isEqualTo("maintenance");
    assertThat(item("default/shop").path("uptime").path("day").doubleValue()).isEqualTo(1);
    sites.advance(Duration.ofMinutes(9));
    sites.down("default/shop", "it was reset");
    assertThat(item("default/shop").path("state").asString()).isEqualTo("down");
    assertThat(item("default/shop").path("uptime").path("day").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void saysSinceWhenASiteIsDown() {
    sites.down("default/shop", "it was reset");
    assertThat(item("default/shop").path("since_ms").isNull()).isTrue();
    sites.incidents.add(
        new Incident(
            sites.site("default/shop").key(),
            "https://shop.example/",
            "eu",
            WatchedSites.NOW,
            null,
            new Failure(ErrorClass.RESET, "it was reset")));
    assertThat(item("default/shop").path("since_ms").longValue())
        .isEqualTo(WatchedSites.NOW.toEpochMilli());
    sites.incidents.clear();
    assertThat(item("default/shop").path("since_ms").isNull()).isTrue();
  }

  @Test
  void whatIsKnownOfALastRunDoesNotOutliveItsSite() {
    sites.down("default/shop", "it was reset");
    sites.overview.forget(sites.site("default/shop").key());
    assertThat(sites.overview.ofResults(sites.site("default/shop"))).isEqualTo(State.UNKNOWN);
    sites.apply("sites: []");
    assertThat(keys(sites.page("", ALL))).isEmpty();
    sites.apply(SITES);
    assertThat(item("default/shop").path("runs").isNull()).isTrue();
  }

  @Test
  void listsPageByPageInTheOrderOfKeys() {
    assertThat(keys(sites.page("", ALL)))
        .isEqualTo("acme/mail default/blog default/off default/shop");
    String first = sites.page("limit=2", ALL);
    assertThat(keys(first)).isEqualTo("acme/mail default/blog");
    assertThat(first).contains("\"next\":\"default/blog\"");
    String second = sites.page("limit=2&after=default%2Fblog", ALL);
    assertThat(keys(second)).isEqualTo("default/off default/shop");
    assertThat(second).contains("\"next\":null");
  }

  @Test
  void findsByStateCustomerGroupWordsAndKey() {
    sites.up("default/shop", 40);
    assertThat(keys(sites.page("state=up", ALL))).isEqualTo("default/shop");
    assertThat(keys(sites.page("state=disabled", ALL))).isEqualTo("default/off");
    assertThat(keys(sites.page("customer=acme", ALL))).isEqualTo("acme/mail");
    assertThat(keys(sites.page("group=Front", ALL))).isEqualTo("default/shop");
    assertThat(keys(sites.page("q=THE%20SHOP", ALL))).isEqualTo("default/shop");
    assertThat(keys(sites.page("q=front", ALL))).isEqualTo("default/shop");
    assertThat(keys(sites.page("q=blog.example", ALL))).isEqualTo("default/blog");
    assertThat(keys(sites.page("site=default/off", ALL))).isEqualTo("default/off");
    assertThat(keys(sites.page("q=nothing", ALL))).isEmpty();
  }

  @Test
  void countsAllThatTheCallerSees() {
    sites.up("default/shop", 40);
    sites.down("acme/mail", "it was reset");
    assertThat(sites.page("limit=1&state=up", ALL))
        .contains(
            "\"counts\":{\"up\":1,\"down\":1,\"doubtful\":0,\"unknown\":1,\"disabled\":1,\"maintenance\":0}");
  }

  @Test
  void showsNothingOfForeignCustomers() {
    sites.down("default/shop", "it was reset");
    sites.up("acme/mail", 5);
    for (String query :
        new String[] {"", "customer=default", "site=default/shop", "q=shop", "state=down"}) {
      String page = sites.page(query, ACME);
      assertThat(page).as(query).doesNotContain("shop", "blog", "default");
      assertThat(page)
          .as(query)
          .contains("\"counts\":{\"up\":1,\"down\":0,\"doubtful\":0,\"unknown\":0,\"disabled\":0,");
    }
    assertThat(keys(sites.page("", ACME))).isEqualTo("acme/mail");
    Caller nobody = new Caller("eve", Map.of("zeta", Role.ADMIN));
    assertThat(sites.page("", nobody)).startsWith("{\"items\":[],\"next\":null,");
  }

  @Test
  void answersThatNothingHasChanged() {
    sites.up("default/shop", 40);
    Response first = ask(Headers.empty());
    String tag = first.headers().first("ETag").orElseThrow();
    sites.advance(Duration.ofSeconds(20));

    Response again = ask(Headers.of("If-None-Match", "\"other\", " + tag));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.headers().first("ETag")).contains(tag);
    assertThat(OpenApiAnswers.check("overview", again)).isEmpty();

    sites.up("default/shop", 40);
    Response changed = ask(Headers.of("If-None-Match", tag));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.headers().first("ETag")).isPresent().get().isNotEqualTo(tag);
    assertThat(changed.headers().first("Cache-Control")).contains("no-store");
    assertThat(
            sites
                .get("/api/v1/overview", "", Headers.of("If-None-Match", tag), ACME)
                .headers()
                .first("ETag"))
        .isPresent()
        .get()
        .isNotEqualTo(tag);
  }

  @Test
  void answersAsItIsDescribed() {
    sites.up("default/shop", 40);
    sites.down("default/blog", "why \"so\"\n<b>" + "x".repeat(600));
    String body = OpenApiAnswers.check("overview", ask(Headers.empty()));
    assertThat(body).contains("why \\\"so\\\"\\n<b>", "x…\"");
    OpenApiAnswers.check(
        "overview", sites.get("/api/v1/overview", "state=well", Headers.empty(), ALL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=2001",
        "limit=x",
        "state=well",
        "after=%22",
        "site=%22",
        "colour=red",
        "q=%zz",
        "customer=0123456789012345678901234567890123456789012345678901234567890123"
      })
  void refusesWhatItDoesNotKnow(String query) {
    assertThat(sites.get("/api/v1/overview", query, Headers.empty(), ALL).status()).isEqualTo(400);
  }

  @Test
  void refusesToSearchForTooMuch() {
    String query = "q=" + "x".repeat(OverviewQuestion.WORDS_MAX);
    assertThat(sites.get("/api/v1/overview", query, Headers.empty(), ALL).status()).isEqualTo(200);
    assertThat(sites.get("/api/v1/overview", query + "x", Headers.empty(), ALL).status())
        .isEqualTo(400);
  }

  private Response ask(Headers headers) {
    return sites.get("/api/v1/overview", "", headers, ALL);
  }

  private JsonNode item(String key) {
    JsonNode page = JsonMapper.shared().readTree(sites.page("site=" + key, ALL));
    return page.path("items").get(0);
  }

  private static String keys(String page) {
    return Pattern.compile("\\{\"id\":\"([^\"]*)\",\"customer\":\"([^\"]*)\"")
        .matcher(page)
        .results()
        .map((MatchResult each) -> each.group(2) + "/" + each.group(1))
        .collect(Collectors.joining(" "));
  }
}
