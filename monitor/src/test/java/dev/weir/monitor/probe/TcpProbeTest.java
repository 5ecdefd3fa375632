// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.certificate.KeyMaterial;
import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.AddressFamily;
import dev.weir.monitor.check.Check.Tcp.Step;
import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.TlsSettings;
import dev.weir.monitor.check.TlsSettings.Version;
import dev.weir.store.kit.identity.TestIdentity;
import dev.weir.store.kit.site.ClosedPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TcpProbeTest {

  private static final String HOST = "mail.example";
  private static final TestIdentity AUTHORITY = TestIdentity.authority("Weir test authority");
  private static final TestIdentity MAIL = AUTHORITY.sign(HOST);
  private static final TlsSettings TLS =
      new TlsSettings(
          Optional.empty(),
          Optional.of(new Secret(AUTHORITY.certificatePem())),
          Optional.empty(),
          Optional.empty(),
          Version.TLS_1_2,
          true);

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private record Case(
      String name, FakeTlsServer.Act act, List<Step> steps, ErrorClass wanted, String sentence) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> faults() {
    List<Step> greeting = List.of(new Step.Expect("^220 "));
    return Stream.of(
        new Case(
            "no greeting",
            connection -> connection.getInputStream().readAllBytes(),
            greeting,
            ErrorClass.TIMEOUT,
            "step 1 of 1"),
        new Case(
            "trickled greeting",
            connection -> {
              while (true) {
                say(connection, "not yet\r\n");
                LockSupport.parkNanos(20_000_000);
              }
            },
            greeting,
            ErrorClass.TIMEOUT,
            "step 1 of 1"),
        new Case("closed", _ -> {}, greeting, ErrorClass.RESET, "nothing was answered"),
        new Case(
            "other greeting",
            connection -> say(connection, "554 go away\r\n"),
            greeting,
            ErrorClass.BODY_MISMATCH,
            "'^220 ' matches; the last was '554 go away'"),
        new Case(
            "endless greeting",
            connection -> {
              byte[] dots = ".".repeat(4096).getBytes(StandardCharsets.US_ASCII);
              for (int i = 0; i < 1000; i++) {
                connection.getOutputStream().write(dots);
              }
            },
            greeting,
            ErrorClass.BODY_TOO_LARGE,
            "65536 bytes"),
        new Case(
            "second step",
            connection -> {
              say(connection, "220 hello\r\n500 what?\r\n");
            },
            List.of(new Step.Expect("^220"), new Step.Expect("^250")),
            ErrorClass.BODY_MISMATCH,
            "step 2 of 2 with mail.example"),
        new Case(
            "no TLS after STARTTLS",
            connection -> {
              say(connection, "220 ready\r\n");
              connection.getInputStream().readNBytes(5);
              say(connection, "454 not available after all\r\n");
              connection.getInputStream().readAllBytes();
            },
            List.of(new Step.Expect("^220"), new Step.StartTls()),
            ErrorClass.TLS_PROTOCOL,
            "not TLS"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theFirstFailingStepIsNamedWithItsClass(Case fault) throws Exception {
    try (FakeTlsServer server = FakeTlsServer.acting(fault.act())) {
      var check =
          new Check.Tcp(
              HOST,
              server.port(),
              fault.steps(),
              Optional.empty(),
              AddressFamily.PREFER_IPV4,
              fault.wanted() == ErrorClass.TIMEOUT
                  ? Timeouts.of(Duration.ofMillis(400))
                  : timeouts());
      Measurement measured =
          new TcpProbe(connector(), contexts(), TcpProbeTest::revealed, _ -> true)
              .request(check, soon());
      assertThat(measured.failure().errorClass())
          .as(measured.failure().sentence())
          .isEqualTo(fault.wanted());
      assertThat(measured.failure().sentence()).contains(fault.sentence());
      assertThat(measured.reply()).isNull();
    }
  }

  @Test
  void holdsAConversationAndSendsBackWhatItCaptured() throws Exception {
    FakeTlsServer.Act challenge =
        connection -> {
          say(connection, "* welcome\r\n* token=abc123 for (?P<x>) ${1}\r\n");
          heard.add(reader(connection).readLine());
          say(connection, "bye"); // Its last line has no end.
        };
    List<Step> steps =
        List.of(
            new Step.Expect("token=([a-z0-9]+) for (?P<rest>.*)"),
            new Step.Send(Secret.literal("login ${1} ${rest} ${unknown}\r\n")),
            new Step.Expect("^bye$"));
    try (FakeTlsServer server = FakeTlsServer.acting(challenge)) {
      Measurement measured = measure(server.port(), steps, Optional.empty(), _ -> true);
      assertThat(measured.failure()).isNull();
      assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("login abc123 (?P<x>) ${1} ${unknown}");
      assertThat(((Reply.Connection) measured.reply()).captured())
          .containsEntry("0", "bye")
          .containsEntry("1", "abc123")
          .containsEntry("rest", "(?P<x>) ${1}");
      assertThat(measured.last().phases().waiting()).isPositive();
      assertThat(measured.last().phases().tls()).isEqualTo(Phases.NOT_REACHED);
    }
  }

  @Test
  void becomesEncryptedWhereTheStepsSaySo() throws Exception {
    FakeTlsServer.Act mail =
        connection -> {
          say(connection, "220 mail.example ESMTP\r\n");
          heard.add(reader(connection).readLine());
          say(connection, "220 ready\r\n");
          SSLSocket secured =
              FakeTlsServer.handshake(connection, MAIL.server(), new SSLParameters());
          heard.add(reader(secured).readLine());
          say(secured, "250 STARTTLS\r\n");
        };
    List<Step> steps =
        List.of(
            new Step.Expect("^220 "),
            new Step.Send(new Secret("STARTTLS\r\n")),
            new Step.Expect("^220 "),
            new Step.StartTls(),
            new Step.Send(new Secret("EHLO checker\r\n")),
            new Step.Expect("^250 "));
    try (FakeTlsServer server = FakeTlsServer.acting(mail)) {
      Measurement measured = measure(server.port(), steps, Optional.of(TLS), _ -> true);
      assertThat(measured.failure()).isNull();
      assertThat(heard).containsExactly("STARTTLS", "EHLO checker");
      assertThat(measured.last().peer().chain().subject()).isEqualTo("CN=" + HOST);
      assertThat(measured.last().phases().tls()).isPositive();
    }
  }

  @Test
  void isEncryptedFromTheBeginningWhereNoStepSaysWhen() throws Exception {
    try (FakeTlsServer server = FakeTlsServer.serving(MAIL)) {
      Measurement measured = measure(server.port(), List.of(), Optional.of(TLS), _ -> true);
      assertThat(measured.failure()).isNull();
      assertThat(measured.last().peer().tlsVersion()).isEqualTo("TLSv1.3");
    }
    try (FakeTlsServer server =
        FakeTlsServer.serving(
            AUTHORITY.sign(TestIdentity.Request.of("x", false).only("x.example")))) {
      Measurement measured = measure(server.port(), List.of(), Optional.of(TLS), _ -> true);
      assertThat(measured.failure().errorClass()).isEqualTo(ErrorClass.TLS_HOSTNAME);
      assertThat(measured.last().peer().chain()).isNotNull();
    }
  }

  @Test
  void aConnectionAloneIsEnoughAndThePolicyIsAsked() throws Exception {
    try (FakeTlsServer server = FakeTlsServer.acting(_ -> {})) {
      assertThat(measure(server.port(), List.of(), Optional.empty(), _ -> true).failure()).isNull();
      assertThat(
              measure(server.port(), List.of(), Optional.empty(), _ -> false)
                  .failure()
                  .errorClass())
          .isEqualTo(ErrorClass.BLOCKED_ADDRESS);
    }
  }

  @Test
  void theTlsProbeEndsWithTheHandshake() throws Exception {
    try (FakeTlsServer server = FakeTlsServer.serving(MAIL)) {
      var check = new Check.Tls(HOST, server.port(), TLS, AddressFamily.PREFER_IPV4, timeouts());
      Measurement measured = tls(_ -> true).request(check, soon());
      assertThat(measured.failure()).isNull();
      assertThat(measured.reply()).isEqualTo(new Reply.Connection(java.util.Map.of()));
      Peer peer = measured.last().peer();
      assertThat(peer.chain().lastChainExpiry())
          .isEqualTo(AUTHORITY.certificate().getNotAfter().toInstant());
      assertThat(measured.latencyNanos())
          .isGreaterThanOrEqualTo(measured.last().phases().totalNanos());
      assertThat(tls(_ -> false).request(check, soon()).failure().errorClass())
          .isEqualTo(ErrorClass.BLOCKED_ADDRESS);
    }
    try (ClosedPort closed = new ClosedPort()) {
      var nobody = new Check.Tls(HOST, closed.number(), TLS, AddressFamily.PREFER_IPV4, timeouts());
      assertThat(tls(_ -> true).request(nobody, soon()).failure().errorClass())
          .isEqualTo(ErrorClass.CONNECT_REFUSED);
    }
  }

  @Test
  void aServerThatAsksForACertificateAfterTheHandshakeIsAFailureOfTls() throws Exception {
    SSLContext asking = SSLContext.getInstance("TLS");
    asking.init(
        KeyMaterial.identity(List.of(MAIL.certificate()), MAIL.keys().getPrivate()),
        new TrustManager[] {KeyMaterial.trust(List.of(AUTHORITY.certificate()))},
        null);
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setNeedClientAuth(true);
    try (FakeTlsServer server = FakeTlsServer.serving(asking, parameters)) {
      List<Step> steps = List.of(new Step.Expect("^220"));
      Measurement measured = measure(server.port(), steps, Optional.of(TLS), _ -> true);
      assertThat(measured.failure().errorClass())
          .as(measured.failure().sentence())
          .isEqualTo(ErrorClass.TLS_PROTOCOL);
      assertThat(measured.failure().sentence()).contains("client certificate");
    }
  }

  @Test
  void anUnreadableAuthorityIsNoFailureOfTheSitesAndNobodyConnects() {
    TlsSettings broken =
        new TlsSettings(
            Optional.empty(),
            Optional.of(new Secret("nothing")),
            Optional.empty(),
            Optional.empty(),
            Version.TLS_1_2,
            true);
    NetworkPolicy nobody =
        _ -> {
          throw new AssertionError("a connection is made");
        };
    var check = new Check.Tls(HOST, 1, broken, AddressFamily.PREFER_IPV4, timeouts());
    assertThatThrownBy(() -> tls(nobody).request(check, soon()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the authority: no PEM certificate in it");
    assertThatThrownBy(() -> measure(1, List.of(), Optional.of(broken), nobody))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the authority: no PEM certificate in it");
  }

  private static Measurement measure(
      int port, List<Step> steps, Optional<TlsSettings> tls, NetworkPolicy policy) {
    var check = new Check.Tcp(HOST, port, steps, tls, AddressFamily.PREFER_IPV4, timeouts());
    return new TcpProbe(connector(), contexts(), TcpProbeTest::revealed, policy)
        .request(check, soon());
  }

  /** Nothing here names a secret. */
  private static String revealed(Secret secret) {
    return secret.reference().replace("$${", "${");
  }

  private static TlsProbe tls(NetworkPolicy policy) {
    return new TlsProbe(connector(), contexts(), policy);
  }

  private static Connector connector() {
    return new Connector(_ -> List.of(InetAddress.ofLiteral("127.0.0.1")));
  }

  private static TlsContexts contexts() {
    return new TlsContexts(Secret::reference, java.time.InstantSource.system());
  }

  private static Timeouts timeouts() {
    return Timeouts.of(Duration.ofSeconds(20));
  }

  private static long soon() {
    return System.nanoTime() + Duration.ofSeconds(20).toNanos();
  }

  private static void say(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static BufferedReader reader(Socket connection) throws IOException {
    return new BufferedReader(
        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
  }
}
