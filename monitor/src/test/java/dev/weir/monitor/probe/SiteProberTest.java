// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.AddressFamily;
import dev.weir.monitor.check.Check.Tcp.Step;
import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.check.Confirmation;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Expectations.BodyRule;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.Secrets;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.TlsSettings;
import dev.weir.store.kit.identity.TestIdentity;
import dev.weir.store.kit.site.FakeSite;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SiteProberTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final byte[] EMPTY = new byte[0];

  private final List<Duration> pauses = new ArrayList<>();
  private final SiteProber prober = prober(TestCheck.PLAIN);

  @AfterEach
  void wakeUp() {
    Thread.interrupted();
  }

  @Test
  void failureIsConfirmedByAnotherAttemptAfterAPause() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.answer("HTTP/1.1 500 Broken", EMPTY))) {
      Run run = run(site, new Confirmation(3, Duration.ofSeconds(7)));
      assertThat(run.up()).isFalse();
      assertThat(run.attempts()).isEqualTo(3);
      assertThat(run.failure().expectation()).isEqualTo("status in 200-299");
      assertThat(site.visits()).hasSize(3);
      assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
    }
  }

  @Test
  void pausesTakeNoMoreThanHalfOfTheInterval() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.answer("HTTP/1.1 500 Broken", EMPTY))) {
      Run run = run(site, new Confirmation(3, Duration.ofMinutes(1)));
      assertThat(run.attempts()).isEqualTo(3);
      assertThat(pauses).containsExactly(Duration.ofSeconds(15), Duration.ofSeconds(15));
    }
  }

  @Test
  void attemptThatSucceedsEndsTheRun() throws Exception {
    AtomicInteger visits = new AtomicInteger();
    try (FakeSite site =
        FakeSite.of(v ->
            v.answer(
                visits.incrementAndGet() == 1 ? "HTTP/1.1 500 Broken" : "HTTP/1.1 200 OK",
                EMPTY))) {
      Run run = run(site, new Confirmation(3, Duration.ofSeconds(7)));
      assertThat(run.up()).isTrue();
      assertThat(run.attempts()).isEqualTo(2);
      assertThat(pauses).hasSize(1);
    }
  }

  @Test
  void siteThatIsUpIsAskedOnce() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.answer("HTTP/1.1 200 OK", EMPTY))) {
      Run run = run(site, Confirmation.TWICE);
      assertThat(run.attempts()).isEqualTo(1);
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void runKeepsTheLengthOfABodyAndNotTheBody() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.answer("HTTP/1.1 200 OK", new byte[1_000]))) {
      Reply reply = requireNonNull(run(site, Confirmation.ONCE).measurements().getFirst().reply());
      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Http.class,
              http -> {
                assertThat(http.bodyBytes()).isEqualTo(1_000);
                assertThat(http.body()).isEmpty();
              });
    }
  }

  @Test
  void interruptBetweenAttemptsEndsTheRunWithWhatItHas() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.answer("HTTP/1.1 500 Broken", EMPTY))) {
      SiteProber interrupted =
          new SiteProber(
              TestCheck.loopback(),
              TestCheck.PLAIN,
              () -> NOW,
              length -> {
                throw new InterruptedException();
              },
              "test");
      Run run = interrupted.run(site(site, Confirmation.TWICE), TestCheck.ANY);
      assertThat(run.attempts()).isEqualTo(1);
      assertThat(run.up()).isFalse();
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void interruptWithinARunMakesNoFurtherRequests() throws Exception {
    Thread runner = Thread.currentThread();
    try (FakeSite site =
        FakeSite.of(v -> {
          runner.interrupt();
          v.answer("HTTP/1.1 200 OK", EMPTY);
        })) {
      Run run = attempt(prober, site, Sampling.FIVE);
      assertThat(run.measurements()).hasSize(1);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void warmRunUsesOneConnection() throws Exception {
    try (FakeSite site =
        FakeSite.of(v -> {
          v.keep();
          v.answer("HTTP/1.1 200 OK", EMPTY);
        })) {
      Run run = attempt(prober, site, new Sampling(4, Sampling.Connections.WARM));
      assertThat(run.up()).isTrue();
      assertThat(run.latenciesNanos()).hasSize(4);
      assertThat(site.connections()).isEqualTo(1);
    }
  }

  @Test
  void secretThatCanNotBeReadSaysNothingOfTheSite() throws Exception {
    SiteProber without =
        prober(secret -> {
          throw new IllegalArgumentException("${env:TOKEN} is not set");
        });
    try (FakeSite site = FakeSite.of(v -> v.answer("HTTP/1.1 200 OK", EMPTY))) {
      Run run =
          without.attempt(
              TestCheck.of(site.url("/")).header("X-Key", "${env:TOKEN}").build(),
              Sampling.ONE,
              Expectations.DEFAULT,
              TestCheck.ANY);
      assertThat(run.up()).isFalse();
      assertThat(run.doubtful()).isTrue();
      assertThat(run.failure().sentence())
          .isEqualTo("the check can't be made: ${env:TOKEN} is not set");
      assertThat(site.connections()).isZero();
    }
  }

  @Test
  void requestsEndWhereTheyCanNotChangeTheVerdict() throws Exception {
    AtomicInteger visits = new AtomicInteger();
    try (FakeSite site =
        FakeSite.of(v ->
            v.answer(
                visits.incrementAndGet() % 5 == 2 ? "HTTP/1.1 200 OK" : "HTTP/1.1 500 Broken",
                EMPTY))) {
      Run run = attempt(prober, site, Sampling.FIVE);
      assertThat(site.visits()).hasSize(4);
      assertThat(run.measurements()).hasSize(4);
      assertThat(run.failedRequests()).isEqualTo(3);
      assertThat(run.failure().sentence())
          .startsWith("3 of 4 requests failed, more were not made; the first: ");
    }
  }

  @Test
  void machineWithoutSocketsSaysNothingOfTheSite() throws Exception {
    AtomicInteger fileLimit = new AtomicInteger(1);
    Connector exhausted =
        new Connector(
            new Lookups(TestCheck.loopback()),
            () ->
                fileLimit.getAndDecrement() > 0
                    ? new Socket()
                    : new Socket() {
                      @Override
                      public void setTcpNoDelay(boolean on) throws SocketException {
                        throw new SocketException("Too many open files");
                      }
                    },
            Duration.ofSeconds(30));
    SiteProber without = new SiteProber(exhausted, TestCheck.PLAIN, () -> NOW, pauses::add, "test");
    try (FakeSite site = FakeSite.of(v -> v.answer("HTTP/1.1 200 OK", EMPTY))) {
      Run run = attempt(without, site, Sampling.FIVE);
      assertThat(site.connections()).isEqualTo(1);
      assertThat(run.doubtful()).isTrue();
      assertThat(run.failure().sentence())
          .startsWith("the check can't be made: this machine gives Weir no more sockets");
    }
  }

  @Test
  void secretsOfEncryptedChecksThatCanNotBeReadSayNothingOfTheSite() throws Exception {
    SiteProber without =
        prober(secret -> {
          throw new IllegalArgumentException("${file:ca.pem} can't be read");
        });
    TlsSettings unreadable =
        new TlsSettings(
            Optional.empty(),
            Optional.of(new Secret("${file:ca.pem}")),
            Optional.empty(),
            Optional.empty(),
            TlsSettings.Version.TLS_1_2,
            true);
    Timeouts timeouts = Timeouts.of(Duration.ofSeconds(1));
    AddressFamily family = AddressFamily.PREFER_IPV4;
    try (FakeSite site = FakeSite.of(v -> v.answer("HTTP/1.1 200 OK", EMPTY))) {
      int port = site.port();
      Step hello = new Step.Send(new Secret("${env:HELLO}"));
      for (Check check :
          List.of(
              new Check.Tls("127.0.0.1", port, unreadable, family, timeouts),
              new Check.Tcp(
                  "127.0.0.1", port, List.of(), Optional.of(unreadable), family, timeouts),
              new Check.Tcp(
                  "127.0.0.1",
                  port,
                  List.of(new Step.StartTls()),
                  Optional.of(unreadable),
                  family,
                  timeouts),
              new Check.Tcp(
                  "127.0.0.1", port, List.of(hello), Optional.empty(), family, timeouts))) {
        Run run = without.attempt(check, Sampling.ONE, Expectations.DEFAULT, TestCheck.ANY);
        assertThat(run.doubtful()).as("%s", check).isTrue();
        assertThat(run.failure().sentence())
            .isEqualTo("the check can't be made: ${file:ca.pem} can't be read");
      }
      // The site counts in the order in which it is called: an answer comes after what was before.
      try (Socket last = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
        last.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(last.getInputStream().read()).isEqualTo('H');
      }
      assertThat(site.connections()).as("only a text within it needs one").isEqualTo(1 + 1);
    }
  }

  @Test
  void blockedAddressesAreNotShown() {
    SiteProber inside =
        new SiteProber(
            _ -> List.of(InetAddress.ofLiteral("10.1.2.3")),
            TestCheck.PLAIN,
            () -> NOW,
            pauses::add,
            "test");
    Run run =
        inside.attempt(
            TestCheck.of("http://intranet.example/").build(),
            Sampling.ONE,
            Expectations.DEFAULT,
            NetworkPolicies.parse("public"));
    assertThat(run.failure().errorClass()).isEqualTo(ErrorClass.BLOCKED_ADDRESS);
    assertThat(run.toString()).contains("intranet.example").doesNotContain("10.1.2.3");
  }

  @Test
  void expressionThatIsNoneSaysNothingOfTheSite() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.answer("HTTP/1.1 200 OK", EMPTY))) {
      Run run =
          prober.attempt(
              TestCheck.of(site.url("/")).build(),
              Sampling.ONE,
              expecting(new BodyRule.Matches("(", true)),
              TestCheck.ANY);
      assertThat(run.doubtful()).isTrue();
      assertThat(run.failure().sentence()).startsWith("the check can't be made: ");
    }
  }

  @Test
  void policyHoldsForEveryKindOfCheck() {
    NetworkPolicy none = NetworkPolicies.parse("public");
    Timeouts timeouts = Timeouts.of(Duration.ofSeconds(1));
    AddressFamily family = AddressFamily.PREFER_IPV4;
    for (Check check :
        List.of(
            TestCheck.of("http://127.0.0.1:1/").build(),
            new Check.Tcp("127.0.0.1", 1, List.of(), Optional.empty(), family, timeouts),
            new Check.Tls("127.0.0.1", 1, TlsSettings.SYSTEM, family, timeouts),
            new Check.Dns("a.test", "A", Optional.of("127.0.0.1:1"), false, family, timeouts))) {
      Run run = prober.attempt(check, Sampling.ONE, Expectations.DEFAULT, none);
      assertThat(run.failure().errorClass()).as("%s", check).isEqualTo(ErrorClass.BLOCKED_ADDRESS);
    }
  }

  @Test
  void connectionsOfTcpAreRunToo() throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      Check check =
          new Check.Tcp(
              "127.0.0.1",
              server.getLocalPort(),
              List.of(),
              Optional.empty(),
              AddressFamily.PREFER_IPV4,
              Timeouts.of(Duration.ofSeconds(1)));
      Run run = prober.attempt(check, Sampling.FIVE, Expectations.DEFAULT, TestCheck.ANY);
      assertThat(run.up()).as("%s", run.failure()).isTrue();
      assertThat(run.measurements()).hasSize(5);
    }
  }

  @Test
  void encryptedSitesTellTheirCertificateAndItsDaysAreJudged() throws Exception {
    TestIdentity authority = TestIdentity.authority("Weir test authority");
    TestIdentity server = authority.sign("localhost");
    TlsSettings trusting =
        new TlsSettings(
            Optional.of("localhost"),
            Optional.of(new Secret(authority.certificatePem())),
            Optional.empty(),
            Optional.empty(),
            TlsSettings.Version.TLS_1_2,
            true);
    Instant expiry = server.certificate().getNotAfter().toInstant();
    Instant begin = server.certificate().getNotBefore().toInstant().plusSeconds(60);
    int left = (int) Duration.between(begin, expiry).toDays();
    SiteProber freshlyMade =
        new SiteProber(TestCheck.loopback(), TestCheck.PLAIN, () -> begin, pauses::add, "test");
    try (FakeSite site =
        FakeSite.encrypted(server.server(), v -> v.answer("HTTP/1.1 200 OK", EMPTY))) {
      Check.Http check = TestCheck.of(site.url("/")).tls(trusting).build();
      Run run = freshlyMade.attempt(check, Sampling.ONE, days(left), TestCheck.ANY);
      assertThat(run.failure()).isNull();
      Hop hop = run.measurements().getFirst().last();
      assertThat(hop.phases().tls()).isPositive();
      assertThat(hop.peer().tlsVersion()).isEqualTo("TLSv1.3");
      assertThat(hop.peer().chain().earliestExpiry()).isEqualTo(expiry);
      assertThat(freshlyMade.attempt(check, Sampling.ONE, days(left + 1), TestCheck.ANY).failure())
          .extracting(Failure::errorClass)
          .isEqualTo(ErrorClass.CERTIFICATE_DAYS);
      Run untrusted =
          freshlyMade.attempt(
              TestCheck.of(site.url("/")).build(), Sampling.ONE, days(left), TestCheck.ANY);
      assertThat(untrusted.failure().errorClass()).isEqualTo(ErrorClass.TLS_UNTRUSTED);
    }
  }

  @Test
  void warmsUpOverHttpTlsAndHttp2() {
    SiteProber real =
        new SiteProber(
            Resolver.system(), TestCheck.PLAIN, InstantSource.system(), pauses::add, "test");
    assertThat(real.warmUp()).isTrue();
    assertThat(pauses).isEmpty();
  }

  private Run run(FakeSite site, Confirmation confirmation) {
    return prober.run(site(site, confirmation), TestCheck.ANY);
  }

  private static Site site(FakeSite site, Confirmation confirmation) {
    return new Site(
        new SiteKey(SiteKey.DEFAULT_CUSTOMER, "shop"),
        site.url("/"),
        Duration.ofMinutes(1),
        List.of("here"),
        true,
        TestCheck.of(site.url("/")).build(),
        Sampling.ONE,
        Expectations.DEFAULT,
        confirmation,
        IncidentRules.DEFAULT);
  }

  private static Run attempt(SiteProber prober, FakeSite site, Sampling sampling) {
    return prober.attempt(
        TestCheck.of(site.url("/")).build(), sampling, Expectations.DEFAULT, TestCheck.ANY);
  }

  private SiteProber prober(Secrets secrets) {
    return new SiteProber(TestCheck.loopback(), secrets, () -> NOW, pauses::add, "test");
  }

  private static Expectations expecting(BodyRule rule) {
    return new Expectations(
        Expectations.DEFAULT.statuses(),
        List.of(),
        List.of(rule),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static Expectations days(int days) {
    return new Expectations(
        Expectations.DEFAULT.statuses(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.of(days),
        List.of(),
        List.of());
  }
}
