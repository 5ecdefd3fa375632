// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Expectations.AnswerRule;
import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.Expectations.HeaderRule;
import dev.weir.monitor.check.Expectations.LatencyRule;
import dev.weir.monitor.check.Expectations.StatusRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JudgeTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final StatusRange SUCCESS = new StatusRange(200, 299);

  @Test
  void namesTheStatusesAndSaysBothSides() {
    Failure failure =
        judge(expecting(List.of(SUCCESS, new StatusRange(304, 304))), answer(500, ""));
    assertThat(failure)
        .isEqualTo(
            new Failure(
                ErrorClass.STATUS,
                "the status is 500, expected 200-299, 304",
                "status in 200-299, 304"));
    assertThat(judge(expecting(List.of(SUCCESS)), answer(204, ""))).isNull();
    assertThat(judge(expecting(List.of(SUCCESS)), answer(299, ""))).isNull();
    assertThat(judge(expecting(List.of(SUCCESS)), answer(300, ""))).isNotNull();
  }

  @Test
  void headersMatchWantedAndUnwanted() {
    assertThat(header(new HeaderRule("X-Tier", "gold|silver", true))).isNull();
    assertThat(header(new HeaderRule("x-tier", "^gold$", false)))
        .isEqualTo(
            new Failure(
                ErrorClass.HEADER_MISMATCH,
                "header x-tier is 'gold', expected no match of '^gold$'",
                "header x-tier without '^gold$'"));
    assertThat(header(new HeaderRule("x-other", ".", true)))
        .isEqualTo(
            new Failure(
                ErrorClass.HEADER_MISMATCH,
                "header x-other is missing, expected a match of '.'",
                "header x-other matches '.'"));
    assertThat(header(new HeaderRule("x-other", ".", false))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "Hello, true, true",
    "hello, true, false",
    "Hello, false, false",
    "hello, false, true",
  })
  void bodyContains(String text, boolean wanted, boolean met) {
    Failure failure = body(new BodyRule.Contains(text, wanted), "Say Hello");
    assertThat(failure == null).isEqualTo(met);
    if (failure != null) {
      assertThat(failure.errorClass()).isEqualTo(ErrorClass.BODY_MISMATCH);
      assertThat(failure.sentence()).contains("'" + text + "'").contains("'Say Hello'");
    }
  }

  @Test
  void bodyMatchesWithoutRunningForEver() {
    assertThat(body(new BodyRule.Matches("H.l+o", true), "Say Hello")).isNull();
    assertThat(body(new BodyRule.Matches("H.l+o", false), "Say Hello").expectation())
        .isEqualTo("body without match of 'H.l+o'");
    String hard = "a".repeat(50_000) + "!";
    assertThat(body(new BodyRule.Matches("(a+)+$", true), hard)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$.status|UP|",
        "$.status|DOWN|the body has 'UP' at $.status, expected 'DOWN'",
        "$.checks[*].n|2|",
        "$.checks[?(@.name == 'db')].n|1.0|",
        "$.checks[?(@.name == 'x')].n|1|the body has nothing at $.checks[?(@.name == 'x')].n,"
            + " expected '1'",
        "$.missing||the body has nothing at $.missing, expected something",
        "$.nothing|null|",
        "$.on|true|",
        "$..n|2|",
        "$.checks[?(@.name =~ /(a+)+/)]||the body was not searched: =~ in a JSONPath may search for"
            + " ever, use another filter, expected something",
        "$.checks[?(@.n|1|the body can't be searched with this JSONPath, expected '1'",
      })
  void bodyHasJson(String path, @Nullable String value, @Nullable String sentence) {
    String json =
        "{\"status\":\"UP\",\"on\":true,\"nothing\":null,"
            + "\"checks\":[{\"name\":\"db\",\"n\":1},{\"name\":\"fs\",\"n\":2}]}";
    Failure failure = body(new BodyRule.Json(path, Optional.ofNullable(value)), json);
    assertThat(failure == null ? null : failure.sentence()).isEqualTo(sentence);
  }

  @Test
  void jsonThatIsNoneOrTooDeepIsAMismatch() {
    BodyRule rule = new BodyRule.Json("$.a", Optional.empty());
    for (String body : List.of("", "<html>", "{a:1}", "{\"a\":1", "{'a':1}", "{\"a\":1} x")) {
      assertThat(body(rule, body).sentence()).as(body).contains("is not JSON");
    }
    assertThat(body(rule, "\"a\"").sentence()).contains("single value");
    int depth = BodyJson.DEPTH_MAX;
    String atTheLimit = "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    assertThat(body(rule, atTheLimit)).isNull();
    for (String bomb : List.of("[".repeat(500_000), "{\"a\":".repeat(100_000))) {
      assertThat(body(rule, bomb).sentence()).contains("more than 100 brackets");
    }
    assertThat(body(rule, "{\"a\":\"" + "[".repeat(1000) + "\\\"[\"}")).isNull();
  }

  @Test
  void certificateHasToLastFromTheMomentOfTheCheck() {
    Expectations expected = days(14);
    assertThat(judge(expected, withExpiry(NOW.plus(Duration.ofDays(14))))).isNull();
    assertThat(judge(expected, withExpiry(NOW.plus(Duration.ofDays(14)).minusSeconds(1))))
        .isEqualTo(
            new Failure(
                ErrorClass.CERTIFICATE_DAYS,
                "a certificate of the chain ends on 2026-03-14T23:59:59Z, in 13 days,"
                    + " expected at least 14; renew it",
                "certificate days >= 14"));
    assertThat(judge(expected, withExpiry(null)).sentence()).contains("without TLS");
  }

  @Test
  void dnsAnswersAreJudged() {
    Reply.Dns reply = new Reply.Dns("NOERROR", List.of("192.0.2.1", "192.0.2.2"), 0, 0, 0);
    assertThat(dns(List.of("NOERROR"), List.of(new AnswerRule("2\\.2$", true)), reply)).isNull();
    assertThat(dns(List.of("NXDOMAIN", "SERVFAIL"), List.of(), reply))
        .isEqualTo(
            new Failure(
                ErrorClass.DNS_ANSWER,
                "the name server says NOERROR, expected NXDOMAIN, SERVFAIL",
                "response code in NXDOMAIN, SERVFAIL"));
    assertThat(dns(List.of("NOERROR"), List.of(new AnswerRule("^10\\.", true)), reply).sentence())
        .isEqualTo("the answers are '192.0.2.1, 192.0.2.2', expected a match of '^10\\.'");
    assertThat(dns(List.of(), List.of(new AnswerRule("^192", false)), reply).expectation())
        .isEqualTo("no answer matches '^192'");
  }

  @Test
  void statusIsJudgedBeforeHeadersAndHeadersBeforeTheBody() {
    Expectations all =
        new Expectations(
            List.of(SUCCESS),
            List.of(new HeaderRule("x", ".", true)),
            List.of(new BodyRule.Contains("y", true)),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());
    assertThat(judge(all, answer(500, "")).errorClass()).isEqualTo(ErrorClass.STATUS);
    assertThat(judge(all, answer(200, "")).errorClass()).isEqualTo(ErrorClass.HEADER_MISMATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "AVERAGE, 200, true",
    "AVERAGE, 199, false",
    "P95, 300, true",
    "P95, 299, false",
    "MAXIMUM, 300, true",
    "MAXIMUM, 299, false",
  })
  void latencyIsOfTheRequestsThatSucceeded(
      LatencyRule.Statistic statistic, long limitMillis, boolean met) {
    List<Measurement> requests =
        List.of(measured(100), measured(300), failed(9_000), measured(200));
    Failure failure =
        RunJudge.failure(
            requests, 4, Optional.of(new LatencyRule(Duration.ofMillis(limitMillis), statistic)));
    assertThat(failure == null).as("%s", failure).isEqualTo(met);
    if (failure != null) {
      assertThat(failure.errorClass()).isEqualTo(ErrorClass.LATENCY);
      assertThat(failure.expectation()).endsWith(" <= " + limitMillis + "ms");
      assertThat(failure.sentence()).contains("of 3 requests is").contains("at most");
    }
  }

  @Test
  void runIsDownWhereHalfOfItsRequestsFailed() {
    assertThat(RunJudge.failure(List.of(failed(1), measured(1), measured(1)), 3, Optional.empty()))
        .isNull();
    assertThat(
            RunJudge.failure(
                List.of(measured(1), failed(1), failed(2), measured(1)), 4, Optional.empty()))
        .isEqualTo(
            new Failure(ErrorClass.TIMEOUT, "2 of 4 requests failed; the first: late 1", null));
    assertThat(RunJudge.failure(List.of(failed(1)), 1, Optional.empty()).sentence())
        .isEqualTo("late 1");
    assertThat(RunJudge.failure(List.of(failed(1)), 2, Optional.empty()).sentence())
        .isEqualTo("late 1");
    List<Measurement> decided = List.of(measured(1), failed(1), failed(2), failed(3));
    assertThat(RunJudge.failure(decided, 5, Optional.empty()).sentence())
        .isEqualTo("3 of 4 requests failed, more were not made; the first: late 1");
  }

  @Test
  void runIsDecidedOnceHalfOfWhatIsWantedHasFailed() {
    assertThat(RunJudge.down(List.of(failed(1), failed(1)), 5)).isFalse();
    assertThat(RunJudge.down(List.of(failed(1), failed(1)), 4)).isTrue();
    assertThat(RunJudge.down(List.of(failed(1), measured(1), failed(1), failed(1)), 5)).isTrue();
    assertThat(RunJudge.down(List.of(measured(1), measured(1)), 2)).isFalse();
  }

  @Test
  void percentilesAreOfTheNearestRank() {
    long[] hundred = LongStream.rangeClosed(1, 100).toArray();
    assertThat(RunJudge.percentile(hundred, 95)).isEqualTo(95);
    assertThat(RunJudge.percentile(new long[] {7}, 95)).isEqualTo(7);
    assertThat(RunJudge.percentile(new long[] {1, 2, 3, 4, 5}, 95)).isEqualTo(5);
    assertThat(RunJudge.percentile(new long[] {1, 2, 3, 4, 5}, 50)).isEqualTo(3);
  }

  private static Measurement measured(long millis) {
    return measurement(millis * 1_000_000, new Reply.Connection(Map.of()), null, null);
  }

  private static Measurement failed(long millis) {
    Failure late = new Failure(ErrorClass.TIMEOUT, "late " + millis);
    return measurement(millis * 1_000_000, null, late, null);
  }

  private static Measurement answer(int status, String body) {
    return measurement(1, http(status, Map.of(), body), null, null);
  }

  private static Measurement withExpiry(@Nullable Instant expiry) {
    Peer.Chain chain =
        expiry == null ? null : new Peer.Chain(expiry, null, "00", "CN=a", "CN=b", "a", "1");
    Peer peer = new Peer("192.0.2.1", null, "TLSv1.3", null, chain);
    return measurement(1, http(200, Map.of(), ""), null, peer);
  }

  private static Reply.Http http(int status, Map<String, List<String>> headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Reply.Http(status, headers, bytes.length, bytes);
  }

  private static Measurement measurement(
      long nanos, @Nullable Reply reply, @Nullable Failure failure, @Nullable Peer peer) {
    Hop hop = new Hop("http://a/", Phases.NONE, peer, null, null);
    return new Measurement(nanos, List.of(hop), reply, failure);
  }

  private static @Nullable Failure header(HeaderRule rule) {
    Reply.Http reply = http(200, Map.of("x-tier", List.of("gold")), "");
    Expectations expected =
        new Expectations(
            List.of(SUCCESS),
            List.of(rule),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());
    return judge(expected, measurement(1, reply, null, null));
  }

  private static @Nullable Failure body(BodyRule rule, String body) {
    Expectations expected =
        new Expectations(
            List.of(SUCCESS),
            List.of(),
            List.of(rule),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());
    return judge(expected, answer(200, body));
  }

  private static @Nullable Failure dns(
      List<String> codes, List<AnswerRule> rules, Reply.Dns reply) {
    Expectations expected =
        new Expectations(
            List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), codes, rules);
    return judge(expected, measurement(1, reply, null, null));
  }

  private static Expectations expecting(List<StatusRange> statuses) {
    return new Expectations(
        statuses, List.of(), List.of(), Optional.empty(), Optional.empty(), List.of(), List.of());
  }

  private static Expectations days(int days) {
    return new Expectations(
        List.of(SUCCESS),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.of(days),
        List.of(),
        List.of());
  }

  private static @Nullable Failure judge(Expectations expected, Measurement measurement) {
    return new Judge(expected, () -> NOW).judge(measurement).failure();
  }
}
