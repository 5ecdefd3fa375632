// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.api.call.Caller;
import dev.weir.api.call.Role;
import dev.weir.app.result.StoredChecks.Answer;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.rollup.LatencyHistogram;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SeriesOfASiteTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:20:00Z");
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final String SERIES = "sites/acme/shop/series";
  private static final String ROLLUPS = "sites/acme/shop/rollups";

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
  void addsRunsUpInBins() {
    checks
        .up(shop, "eu", NOON.plusSeconds(0), 0.1)
        .up(shop, "eu", NOON.plusSeconds(10), 0.2)
        .up(shop, "us", NOON.plusSeconds(20), 0.6)
        .down(shop, "eu", NOON.plusSeconds(70), false)
        .down(shop, "eu", NOON.plusSeconds(80), true)
        .missed(shop, "us", NOON.plusSeconds(90))
        .up(shop, "us", NOON.plusSeconds(599), 0.3)
        .up(shop, "us", NOON.plusSeconds(600), 9) // behind the end
        .up(shop, "us", NOON.minusSeconds(1), 9) // before the beginning
        .stored();
    JsonNode series = series("from=2026-03-10T12:00:00Z&to=2026-03-10T12:10:00Z&points=10");
    assertThat(series.get("from_ms").asLong()).isEqualTo(NOON.toEpochMilli());
    assertThat(series.get("to_ms").asLong()).isEqualTo(NOON.plusSeconds(600).toEpochMilli());
    assertThat(series.get("step_s").asInt()).isEqualTo(60);
    assertThat(series.get("runs").toString()).isEqualTo("[3,2,0,0,0,0,0,0,0,1]");
    assertThat(series.get("failed").toString()).isEqualTo("[0,2,0,0,0,0,0,0,0,0]");
    assertThat(series.get("missed").toString()).isEqualTo("[0,1,0,0,0,0,0,0,0,0]");
    JsonNode latency = series.get("latency_s");
    assertThat(latency.get("mean").toString())
        .isEqualTo("[0.3,null,null,null,null,null,null,null,null,0.3]");
    assertThat(latency.get("p50").get(0).asDouble()).isEqualTo(0.2);
    assertThat(latency.get("p95").get(0).asDouble()).isEqualTo(0.6);
    assertThat(latency.get("max").get(0).asDouble()).isEqualTo(0.6);
    JsonNode phases = series.get("phases_s");
    assertThat(phases.get("wait").get(0).asDouble()).isCloseTo(0.15, within(1e-6));
    assertThat(phases.get("wait").get(1).isNull())
        .as("a run without a latency says nothing of its parts")
        .isTrue();
    double sum = 0;
    for (JsonNode phase : phases) {
      sum += phase.get(0).asDouble();
    }
    assertThat(sum).as("the parts are the whole").isCloseTo(0.3, within(1e-5));
  }

  @Test
  void tellsRegionsApartAndAddsThemUp() {
    for (int i = 0; i < 10; i++) {
      checks.up(shop, "eu", NOON.plusSeconds(i * 30L), 0.1 + i / 100.0);
    }
    checks.up(shop, "us", NOON.plusSeconds(5), 1).down(shop, "us", NOON.plusSeconds(65), false);
    checks.missed(shop, "us", NOON.plusSeconds(125)).stored();
    String range = "from=2026-03-10T12:00:00Z&to=2026-03-10T12:10:00Z&points=10";
    JsonNode series = series(range);
    JsonNode regions = series.get("regions");
    assertThat(regions.size()).isEqualTo(2);
    JsonNode eu = regions.get(0);
    JsonNode us = regions.get(1);
    assertThat(eu.get("region").asString()).isEqualTo("eu");
    assertThat(eu.get("runs").asInt()).isEqualTo(10);
    assertThat(eu.get("latency_p50_s").asDouble()).isEqualTo(0.15);
    assertThat(eu.get("latency_p99_s").asDouble()).isEqualTo(0.19);
    assertThat(us.get("region").asString()).isEqualTo("us");
    assertThat(us.get("runs").asInt()).isEqualTo(2);
    assertThat(us.get("failed").asInt()).isEqualTo(1);
    assertThat(us.get("latency_p75_s").asDouble()).isEqualTo(1);
    assertThat(us.get("mean_s").toString())
        .isEqualTo("[1.0,null,null,null,null,null,null,null,null,null]");
    JsonNode total = series.get("total");
    assertThat(total.get("runs").asInt()).isEqualTo(12);
    assertThat(total.get("failed").asInt()).isEqualTo(1);
    assertThat(total.get("missed").asInt()).isEqualTo(1);
    assertThat(total.get("latency_p99_s").asDouble()).isEqualTo(1);

    JsonNode alone = series(range + "&region=eu");
    assertThat(alone.get("regions").size()).isEqualTo(1);
    assertThat(alone.get("total").get("runs").asInt()).isEqualTo(10);
    assertThat(alone.get("regions").get(0).get("mean_s"))
        .isEqualTo(alone.get("latency_s").get("mean"));
  }

  @Test
  void aLongRangeIsMadeOfHoursAndOfTheRunsOfTheOneThatGoesOn() {
    // a run each ten minutes for ten days, the last of them in the hour that goes on
    Instant first = NOON.minus(Duration.ofDays(10));
    int[] fast = {0};
    for (Instant at = first; at.isBefore(NOW); at = at.plusSeconds(600)) {
      checks.up(shop, "eu", at, fast[0]++ % 10 == 0 ? 1.0 : 0.1);
    }
    Site other = checks.site("{id: blog, customer: acme, endpoint: 'https://a.b/'}");
    checks.up(other, "eu", first, 9).up(other, "eu", NOON.plusSeconds(60), 9);
    checks.down(shop, "us", NOON.plusSeconds(30), false).stored();
    checks.rolledUp("acme", first, NOON);
    JsonNode series = series("from=" + first + "&to=" + NOW + "&points=60");
    assertThat(series.get("step_s").asInt()).isEqualTo(6 * 3_600);
    assertThat(series.get("runs").size()).isEqualTo(41);
    assertThat(series.get("runs").get(0).asInt()).isEqualTo(36);
    assertThat(series.get("runs").get(40).asInt()).as("made of runs").isEqualTo(3);
    assertThat(series.get("failed").get(40).asInt()).isEqualTo(1);
    assertThat(series.get("total").get("runs").asInt()).isEqualTo(fast[0] + 1);
    assertThat(series.get("total").get("latency_p50_s").asDouble())
        .isCloseTo(0.1, within(0.1 * LatencyHistogram.ERROR_MAX));
    assertThat(series.get("total").get("latency_p95_s").asDouble())
        .isCloseTo(1.0, within(LatencyHistogram.ERROR_MAX));
    assertThat(series.get("latency_s").get("max").get(0).asDouble())
        .isCloseTo(1.0, within(LatencyHistogram.ERROR_MAX));
    assertThat(series.get("latency_s").get("mean").get(0).asDouble())
        .isCloseTo((4 * 1.0 + 32 * 0.1) / 36, within(1e-6));
    assertThat(series.get("phases_s").get("wait").get(0).asDouble())
        .isCloseTo((4 * 0.5 + 32 * 0.05) / 36, within(1e-5));
    assertThat(series.get("regions").size()).isEqualTo(2);
    JsonNode us = series("from=" + first + "&to=" + NOW + "&points=60&region=us");
    assertThat(us.get("total").get("runs").asInt()).isEqualTo(1);
    assertThat(us.get("regions").size()).isEqualTo(1);
  }

  @Test
  void aLongRangeOfShortBinsIsMadeOfRuns() {
    Instant first = NOON.minus(Duration.ofDays(4));
    checks.up(shop, "eu", first, 0.123_456).stored();
    JsonNode series = series("from=" + first + "&to=" + NOON + "&points=500");
    assertThat(series.get("step_s").asInt()).isEqualTo(900);
    assertThat(series.get("latency_s").get("max").get(0).asDouble()).isEqualTo(0.123_456);
  }

  @Test
  void knowsTablesInWhichNothingOrLittleWasStored() {
    for (String range : List.of("", "from=2026-01-10T12:00:00Z")) {
      JsonNode series = series(range);
      assertThat(series.get("total").get("runs").asInt()).isZero();
      assertThat(series.get("total").get("latency_p50_s").isNull()).isTrue();
      assertThat(series.get("regions").size()).isZero();
      assertThat(series.get("latency_s").get("mean").get(0).isNull()).isTrue();
    }
    checks.missed(shop, "eu", NOON).stored();
    assertThat(series("").get("total").get("missed").asInt()).isEqualTo(1);
    checks.down(shop, "us", NOON, false).stored();
    JsonNode series = series("from=2026-01-10T12:00:00Z");
    assertThat(series.get("total").get("failed").asInt()).isEqualTo(1);
    assertThat(series.get("phases_s").get("dns").get(0).isNull()).isTrue();
  }

  @Test
  void showsHoursAsTheyWereMade() {
    Instant eleven = NOON.minus(Duration.ofHours(1));
    checks
        .up(shop, "eu", eleven, 0.1)
        .up(shop, "us", eleven.plusSeconds(60), 0.4)
        .down(shop, "us", eleven.plusSeconds(120), true)
        .missed(shop, "us", eleven.plusSeconds(180))
        .up(shop, "eu", eleven.minusSeconds(1), 0.1)
        .stored();
    checks.rolledUp("acme", eleven.minusSeconds(3_600), NOON);
    JsonNode hours = checks.get(ROLLUPS, "").items();
    assertThat(hours.valueStream().map(hour -> hour.get("region").asString()))
        .containsExactly("eu", "eu", "us");
    assertThat(hours.get(0).get("hour_ms").asLong())
        .isEqualTo(eleven.minusSeconds(3_600).toEpochMilli());
    JsonNode us = hours.get(2);
    assertThat(us.get("hour_ms").asLong()).isEqualTo(eleven.toEpochMilli());
    for (Map.Entry<String, Integer> count :
        Map.of("runs", 2, "up", 1, "failed", 1, "missed", 1, "doubtful", 1).entrySet()) {
      assertThat(us.get(count.getKey()).asInt()).as(count.getKey()).isEqualTo(count.getValue());
    }
    assertThat(us.get("latency_mean_s").asDouble()).isCloseTo(0.4, within(1e-6));
    assertThat(us.get("latency_p50_s").asDouble())
        .isCloseTo(0.4, within(0.4 * LatencyHistogram.ERROR_MAX));
    assertThat(us.get("lag_max_s").asDouble()).isCloseTo(0.02, within(1e-6));
    assertThat(checks.get(ROLLUPS, "from=2026-03-10T11:30:00Z").items().size())
        .as("the hour that holds it")
        .isEqualTo(2);
  }

  @Test
  void showsNothingOfOtherCustomersAndSitesThatAreNotThere() {
    Caller ann = new Caller("ann", Map.of("default", Role.ADMIN));
    for (String path : List.of(SERIES, ROLLUPS)) {
      assertThat(checks.get(path, "", ann).status()).isEqualTo(404);
      assertThat(checks.get(path.replace("shop", "never"), "").status()).isEqualTo(404);
    }
    Site other = checks.site("{id: shop, endpoint: 'https://a.b/'}");
    checks.up(other, "eu", NOON, 0.1).stored();
    assertThat(series("").get("total").get("runs").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          series  | points=0    | points is a whole number from 1 to 500, not '0'
          series  | points=501  | points is a whole number from 1 to 500, not '501'
          series  | points=1&from=2025-12-01T00:00:00Z&to=2026-03-10T12:00:00Z | points is 1, and from and to are more bins of 56 days apart
          series  | region=%20  | region is the name of a region
          series  | from=2025-02-03T00:00:00Z&to=2026-03-10T12:00:00Z | from and to are at most 400 days apart, not 401
          series  | outcome=up  | there is no parameter 'outcome'
          rollups | from=2026-02-07T00:00:00Z&to=2026-03-10T12:00:00Z | from and to are at most 31 days apart, not 32
          """)
  void refusesWhatIsOutOfItsLimits(String what, String query, String detail) {
    Answer answer = checks.get("sites/acme/shop/" + what, query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asString()).startsWith(detail);
  }

  @Test
  void theLongestRangeHasItsBins() {
    JsonNode series = series("from=2025-02-03T12:00:00Z&to=2026-03-10T12:00:00Z&points=10");
    assertThat(series.get("step_s").asInt()).isEqualTo(56 * 86_400);
    assertThat(series.get("runs").size()).isBetween(8, 10);
  }

  @Test
  void aRangeOfFewRunsHasAsFewBins() {
    JsonNode series = series("from=2026-03-10T10:00:00Z&to=2026-03-10T12:00:00Z&points=2");
    assertThat(series.get("step_s").asInt()).isEqualTo(3_600);
    assertThat(series.get("runs").size()).isEqualTo(2);
  }

  private JsonNode series(String query) {
    Answer answer = checks.get(SERIES, query);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    JsonNode series = answer.body();
    for (String array : List.of("failed", "missed")) {
      assertThat(series.get(array).size()).isEqualTo(series.get("runs").size());
    }
    for (String group : List.of("latency_s", "phases_s")) {
      series
          .get(group)
          .forEach(array -> assertThat(array.size()).isEqualTo(series.get("runs").size()));
    }
    return series;
  }
}
