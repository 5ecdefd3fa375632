// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.Expectations.LatencyRule;
import dev.weir.monitor.check.Expectations.LatencyRule.Statistic;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Secret;
import dev.weir.store.kit.site.FakeSite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Faults of the monitor that this one follows, by the numbers of its list: each was real, and each
 * stays mended.
 */
final class OriginalFaultsTest {

  private static final String OK = "HTTP/1.1 200 OK";
  private static final byte[] EMPTY = new byte[0];
  private static final Duration FAR = Duration.ofMinutes(1);

  private final SiteProber prober =
      new SiteProber(
          TestCheck.loopback(), TestCheck.PLAIN, () -> Instant.EPOCH, length -> {}, "1.2.3");

  /** The constraint was computed, and had no effect. */
  @Test
  void b6LatencyOverItsConstraintFailsTheRun() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.answer(OK, EMPTY))) {
      Run run = run(site, Sampling.FIVE, latency(Duration.ofNanos(1)));
      assertThat(run.up()).isFalse();
      assertThat(run.failure().errorClass()).isEqualTo(ErrorClass.LATENCY);
      assertThat(run.failure().expectation()).startsWith("latency average <= ");
      assertThat(run(site, Sampling.FIVE, latency(FAR)).up()).isTrue();
    }
  }

  /** A missing text left the site up, and only exactly 200 was up. */
  @Test
  void b7MissingTextIsAFailureAndEvery2xxIsASuccess() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.answer(OK, "hello".getBytes(StandardCharsets.UTF_8)))) {
      Run run = run(site, Sampling.ONE, contains("goodbye"));
      assertThat(run.failure().errorClass()).isEqualTo(ErrorClass.BODY_MISMATCH);
      assertThat(run.failure().expectation()).isEqualTo("body contains 'goodbye'");
      assertThat(run.measurements().getFirst().last().status()).isEqualTo(200);
    }
    for (String status : List.of("201 Created", "204 No Content", "206 Partial Content")) {
      try (FakeSite site = FakeSite.of(v -> v.send("HTTP/1.1 " + status + "\r\n\r\n"))) {
        assertThat(run(site, Sampling.ONE, Expectations.DEFAULT).up()).as(status).isTrue();
      }
    }
  }

  /** Content types without exactly one parameter made a healthy page "failed decoding". */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "text/html|utf-8",
        "text/html;charset=utf-8|utf-8",
        "text/html; charset=utf-8|utf-8",
        "text/html; charset=\"ISO-8859-2\"|iso-8859-2",
        "application/json|utf-8",
        "none|utf-8",
        "none|windows-1252",
        "text/html; boundary=something|utf-8",
        "text/html; boundary=x; charset=koi8-r|koi8-r",
        "text/html; charset|utf-8",
        "text/html; charset=unheard-of|utf-8",
        "garbage|utf-8",
      })
  void b8EveryContentTypeIsRead(@Nullable String contentType, String charset) throws Exception {
    String text = charset.equals("koi8-r") ? "привет" : "é";
    String head = contentType == null ? OK : OK + "\r\nContent-Type: " + contentType;
    try (FakeSite site = FakeSite.of(v -> v.answer(head, text.getBytes(charset)))) {
      assertThat(run(site, Sampling.ONE, contains(text)).failure()).isNull();
    }
  }

  /** A transport failure was stored as status 500, as a real one is. */
  @Test
  void b9TransportFailureHasNoStatus() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.reset())) {
      Run run = run(site, Sampling.ONE, Expectations.DEFAULT);
      assertThat(run.measurements().getFirst().last().status()).isNull();
      assertThat(run.failure().errorClass()).isEqualTo(ErrorClass.RESET);
    }
    try (FakeSite site = FakeSite.of(v -> v.answer("HTTP/1.1 500 Broken", EMPTY))) {
      Run run = run(site, Sampling.ONE, Expectations.DEFAULT);
      assertThat(run.measurements().getFirst().last().status()).isEqualTo(500);
      assertThat(run.failure().errorClass()).isEqualTo(ErrorClass.STATUS);
    }
  }

  /** Failures were averaged in as latencies; five in parallel, some on a warm connection. */
  @Test
  void b10FailuresAreNoLatenciesAndRequestsAreColdAndOneAfterAnother() throws Exception {
    AtomicInteger visits = new AtomicInteger();
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (FakeSite site =
        FakeSite.of(v -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          int visit = visits.incrementAndGet();
          atOnce.decrementAndGet();
          if (visit % 2 == 0) {
            v.reset();
          } else {
            v.answer(OK, EMPTY);
          }
        })) {
      Run run = run(site, Sampling.FIVE, latency(FAR));
      assertThat(run.up()).isTrue();
      assertThat(run.measurements()).hasSize(5);
      assertThat(run.failedRequests()).isEqualTo(2);
      long[] succeeded =
          run.measurements().stream()
              .filter(Measurement::succeeded)
              .mapToLong(Measurement::latencyNanos)
              .sorted()
              .toArray();
      assertThat(run.latenciesNanos()).hasSize(3).isEqualTo(succeeded);
      assertThat(site.connections()).isEqualTo(5);
      assertThat(most).hasValue(1);
    }
  }

  /** No limit of the body, no guard of addresses, no name, method, header or credentials. */
  @Test
  void b14BodiesHaveALimitAddressesAGuardAndRequestsWhatTheyNeed() throws Exception {
    try (FakeSite endless =
        FakeSite.of(v -> {
          v.send(OK + "\r\n\r\n");
          v.trickle("x".repeat(10_000), 0);
        })) {
      Run run = run(endless, Sampling.ONE, Expectations.DEFAULT);
      assertThat(run.failure().errorClass()).isEqualTo(ErrorClass.BODY_TOO_LARGE);
      Run guarded =
          prober.attempt(
              TestCheck.of(endless.url("/")).build(),
              Sampling.ONE,
              Expectations.DEFAULT,
              NetworkPolicies.parse("public"));
      assertThat(guarded.failure().errorClass()).isEqualTo(ErrorClass.BLOCKED_ADDRESS);
    }
    try (FakeSite site = FakeSite.of(v -> v.answer(OK, EMPTY))) {
      Run run =
          prober.attempt(
              TestCheck.of(site.url("/hook?token=t"))
                  .method("PATCH")
                  .header("X-Key", "k")
                  .body("{}")
                  .credentials(new Credentials.Basic(new Secret("u"), new Secret("hidden")))
                  .build(),
              Sampling.ONE,
              Expectations.DEFAULT,
              TestCheck.ANY);
      FakeSite.Visit visit = site.visits().getFirst();
      assertThat(visit.requestLine()).isEqualTo("PATCH /hook?token=t HTTP/1.1");
      assertThat(visit.headers())
          .containsEntry("user-agent", "weir/1.2.3")
          .containsEntry("x-key", "k")
          .containsKey("authorization");
      assertThat(run.toString()).doesNotContain("hidden");
    }
  }

  private Run run(FakeSite site, Sampling sampling, Expectations expectations) {
    return prober.attempt(
        TestCheck.of(site.url("/")).build(), sampling, expectations, TestCheck.ANY);
  }

  private static Expectations latency(Duration limit) {
    return new Expectations(
        Expectations.DEFAULT.statuses(),
        List.of(),
        List.of(),
        Optional.of(new LatencyRule(limit, Statistic.AVERAGE)),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static Expectations contains(String text) {
    return new Expectations(
        Expectations.DEFAULT.statuses(),
        List.of(),
        List.of(new BodyRule.Contains(text, true)),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }
}
