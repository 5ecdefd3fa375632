// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.app.result.StoredChecks.Answer;
import dev.weir.monitor.check.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RunsOfASiteTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final String SHOP = "sites/acme/shop/results";

  @TempDir private Path folder;
  private StoredChecks checks;
  private Site shop;

  @BeforeEach
  void open() {
    checks = new StoredChecks(folder, NOW);
    shop = checks.site("{id: shop, customer: acme, endpoint: 'https://a.b/', regions: [eu, us]}");
  }

  @AfterEach
  void close() {
    checks.close();
  }

  @Test
  void showsEveryFigureOfARun() {
    Instant at = ago(60);
    checks.up(shop, "eu", at, 0.25).stored();
    JsonNode run = only(checks.get(SHOP, ""));
    assertThat(run.get("at_ms").asLong()).isEqualTo(at.toEpochMilli());
    assertThat(run.get("region").asString()).isEqualTo("eu");
    assertThat(run.get("outcome").asString()).isEqualTo("up");
    for (String latency : List.of("", "_min", "_max", "_p50", "_p95")) {
      assertThat(run.get("latency" + latency + "_s").asDouble()).isCloseTo(0.25, within(1e-9));
    }
    assertThat(run.get("status").asInt()).isEqualTo(200);
    assertThat(run.get("phases_s").toString())
        .isEqualTo(
            "{\"dns\":0.025,\"connect\":0.025,\"tls\":0.05,\"send\":0.0,\"wait\":0.125,"
                + "\"body\":0.025}");
    assertThat(run.get("requests").asInt()).isEqualTo(1);
    assertThat(run.get("failed_requests").asInt()).isZero();
    assertThat(run.get("attempts").asInt()).isEqualTo(1);
    assertThat(run.get("schedule_lag_s").asDouble()).isCloseTo(0.02, within(1e-9));
    assertThat(run.get("certificate_days").isIntegralNumber()).isTrue();
    assertThat(run.get("address").asString()).isEqualTo("192.0.2.7");
    assertThat(run.get("content_bytes").asLong()).isEqualTo(1_234);
    for (String failure : List.of("error_class", "error", "failed_expectation")) {
      assertThat(run.get(failure).isNull()).as(failure).isTrue();
    }
  }

  @Test
  void saysWhyARunFailedAndThatASlotWasMissed() {
    checks
        .down(shop, "eu", ago(60), false)
        .down(shop, "eu", ago(120), true)
        .missed(shop, "eu", ago(180))
        .stored();
    JsonNode items = checks.get(SHOP, "").items();
    assertThat(texts(items, "outcome")).containsExactly("down", "doubtful", "missed");
    JsonNode down = items.get(0);
    assertThat(down.get("error_class").asString()).isEqualTo("status");
    assertThat(down.get("error").asString()).isEqualTo("It answered 503.");
    assertThat(down.get("failed_expectation").asString()).isEqualTo("status 200-299");
    assertThat(down.get("status").asInt()).isEqualTo(503);
    assertThat(down.get("latency_s").isNull()).isTrue();
    assertThat(down.get("failed_requests").asInt()).isEqualTo(2);
    assertThat(down.get("attempts").asInt()).isEqualTo(2);
    JsonNode missed = items.get(2);
    assertThat(missed.get("error").asString()).startsWith("this slot was missed: too many checks");
    assertThat(missed.get("requests").asInt()).isZero();
    assertThat(missed.get("phases_s").get("dns").isNull()).isTrue();
  }

  @Test
  void knowsTablesInWhichNothingOrLittleWasStored() {
    assertThat(checks.get(SHOP, "").items()).isEmpty();
    checks.missed(shop, "eu", ago(60)).stored();
    assertThat(texts(checks.get(SHOP, "").items(), "outcome")).containsExactly("missed");
    for (String outcome : List.of("up", "down", "doubtful")) {
      assertThat(checks.get(SHOP, "outcome=" + outcome).items()).isEmpty();
    }
    checks.down(shop, "us", ago(30), false).stored();
    assertThat(texts(checks.get(SHOP, "").items(), "outcome")).containsExactly("down", "missed");
  }

  @Test
  void goesThroughAllRunsPageByPageNewestFirst() {
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      for (String region : List.of("eu", "us")) {
        checks.up(shop, region, ago(i * 60), 0.1);
        expected.add(ago(i * 60).toEpochMilli() + region);
      }
    }
    // long before: the window of a page has to grow until there
    checks.up(shop, "eu", ago(40 * 86_400), 0.1).stored();
    expected.add(ago(40 * 86_400).toEpochMilli() + "eu");

    for (int limit : List.of(1, 7, 41, 1_000)) {
      List<String> found = new ArrayList<>();
      String next = "";
      int pages = 0;
      do {
        Answer page = checks.get(SHOP, "limit=" + limit + next);
        assertThat(page.status()).isEqualTo(200);
        page.items()
            .forEach(run -> found.add(run.get("at_ms").asLong() + run.get("region").asString()));
        assertThat(page.items().size()).isBetween(1, limit);
        JsonNode token = page.body().get("next");
        next = token.isNull() ? "" : "&after=" + token.asString();
        pages++;
      } while (!next.isEmpty());
      assertThat(found).as("limit %d", limit).isEqualTo(expected);
      assertThat(pages).isEqualTo((expected.size() + limit - 1) / limit);
      if (limit == 1) {
        assertThat(found).isSortedAccordingTo(Collections.reverseOrder(RunsOfASiteTest::byTime));
      }
    }
  }

  @Test
  void aRunThatComesBetweenTwoPagesMovesNothing() {
    checks.up(shop, "eu", ago(60), 0.1).up(shop, "eu", ago(120), 0.1).stored();
    Answer first = checks.get(SHOP, "limit=1");
    checks.up(shop, "eu", ago(30), 0.1).stored();
    Answer second = checks.get(SHOP, "limit=1&after=" + first.body().get("next").asString());
    assertThat(only(second).get("at_ms").asLong()).isEqualTo(ago(120).toEpochMilli());
    assertThat(second.body().get("next").isNull()).isTrue();
  }

  @Test
  void filtersByTimeRegionAndOutcome() {
    checks
        .up(shop, "eu", ago(60), 0.1)
        .up(shop, "us", ago(60), 0.1)
        .down(shop, "eu", ago(120), false)
        .down(shop, "us", ago(180), true)
        .missed(shop, "eu", ago(240))
        .stored();
    assertThat(texts(checks.get(SHOP, "region=us").items(), "outcome"))
        .containsExactly("up", "doubtful");
    assertThat(texts(checks.get(SHOP, "outcome=up").items(), "region")).containsExactly("eu", "us");
    for (String outcome : List.of("down", "doubtful", "missed")) {
      assertThat(texts(checks.get(SHOP, "outcome=" + outcome).items(), "outcome"))
          .containsExactly(outcome);
    }
    // from is included, to is not
    String range = "from=" + ago(180).toEpochMilli() + "&to=" + ago(60);
    assertThat(texts(checks.get(SHOP, range).items(), "outcome"))
        .containsExactly("down", "doubtful");
    assertThat(checks.get(SHOP, "region=nowhere").items()).isEmpty();
  }

  @Test
  void showsNothingOfOtherSitesCustomersAndSitesThatAreGone() {
    Site other = checks.site("{id: blog, customer: acme, endpoint: 'https://a.b/'}");
    Site same = checks.site("{id: shop, endpoint: 'https://a.b/'}");
    checks
        .up(other, "eu", ago(60), 0.1)
        .up(same, "eu", ago(90), 0.1)
        .up(shop, "eu", ago(120), 0.1)
        .stored();
    assertThat(only(checks.get(SHOP, "")).get("at_ms").asLong()).isEqualTo(ago(120).toEpochMilli());
    assertThat(only(checks.get("sites/default/shop/results", "")).get("at_ms").asLong())
        .isEqualTo(ago(90).toEpochMilli());

    Caller ann = new Caller("ann", Map.of("acme", Role.VIEWER));
    assertThat(checks.get(SHOP, "", ann).status()).isEqualTo(200);
    assertThat(checks.get("sites/default/shop/results", "", ann).status()).isEqualTo(404);

    assertThat(checks.get("sites/acme/never/results", "").status()).isEqualTo(404);
    assertThat(checks.get("sites/acme/no site/results", "").status()).isEqualTo(404);
    checks.book.apply(checks.book.plan("acme", List.of(other), true));
    assertThat(checks.get(SHOP, "").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          limit=0               | limit is a whole number from 1 to 1000, not '0'
          limit=1001            | limit is a whole number from 1 to 1000, not '1001'
          outcome=fine          | outcome is one of up, down, doubtful, missed, not 'fine'
          region=a'b            | region is the name of a region, not 'a'b'
          after=1               | after is the next of a page, not '1'
          after=99999999999999999999~eu | after is the next of a page
          from=yesterday        | from is milliseconds since the epoch or a moment such as 2026-03-10T12:00:00Z, not 'yesterday'
          to=99999999999999     | to is from 1970-01-01T00:00:00Z to 2200-01-01T00:00:00Z
          from=2026-03-10T12:00:00Z&to=2026-03-10T12:00:00Z | from is earlier than to
          from=0                | from and to are at most 400 days apart, not 20523
          colour=red            | there is no parameter 'colour'
          """)
  void refusesWhatIsOutOfItsLimits(String query, String detail) {
    Answer answer = checks.get(SHOP, query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asString()).startsWith(detail);
  }

  private static Instant ago(long seconds) {
    return NOW.minus(Duration.ofSeconds(seconds));
  }

  private static JsonNode only(Answer answer) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.items()).hasSize(1);
    return answer.items().get(0);
  }

  private static List<String> texts(JsonNode items, String field) {
    return items.valueStream().map(item -> item.get(field).asString()).toList();
  }

  private static int byTime(String left, String right) {
    return left.substring(0, 13).compareTo(right.substring(0, 13));
  }
}
