// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.certificate.KeyMaterial;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.TlsSettings;
import dev.weir.monitor.check.TlsSettings.Version;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.identity.TestIdentity;
import dev.weir.store.kit.identity.TestIdentity.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TlsContextTest {

  private static final Instant NOW =
      InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
  private static final String HOST = "shop.example";
  private static final TestIdentity AUTHORITY = TestIdentity.authority("Weir test authority");
  private static final TestIdentity STRANGER = TestIdentity.authority("Stranger");
  private static final TestIdentity GOOD = AUTHORITY.sign(HOST);
  private static final Request LEAF = Request.of(HOST, false);

  private final TlsContexts contexts = new TlsContexts(Secret::reference, () -> NOW);

  /** What a server does, and what is to be said of it. */
  private record Case(
      String name, TestServer server, TlsSettings settings, ErrorClass wanted, String sentence) {
    @Override
    public String toString() {
      return name;
    }
  }

  private interface TestServer {
    FakeTlsServer start() throws IOException;
  }

  static Stream<Case> faults() {
    Request expired = LEAF.valid(NOW.minus(Duration.ofDays(50)), NOW.minus(Duration.ofDays(21)));
    Request future = LEAF.valid(NOW.plus(Duration.ofDays(2)), NOW.plus(Duration.ofDays(9)));
    Request elsewhere = LEAF.only("a.example", "b.example");
    TestIdentity oldBetween =
        AUTHORITY.sign(
            Request.of("Between", true)
                .valid(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(1))));
    TestIdentity unsentBetween = AUTHORITY.sign(Request.of("Unsent", true));
    return Stream.of(
        presents("expired", AUTHORITY.sign(expired), ErrorClass.TLS_EXPIRED, "21 days ago; renew"),
        presents(
            "not yet valid", AUTHORITY.sign(future), ErrorClass.TLS_EXPIRED, "not valid before"),
        presents(
            "expired in between",
            oldBetween.sign(LEAF),
            ErrorClass.TLS_EXPIRED,
            "'CN=Between' in the chain of shop.example expired",
            oldBetween),
        presents("unknown issuer", STRANGER.sign(LEAF), ErrorClass.TLS_UNTRUSTED, "'CN=Stranger'"),
        presents(
            "missing in between",
            unsentBetween.sign(LEAF),
            ErrorClass.TLS_UNTRUSTED,
            "may have to send the certificates in between"),
        presents(
            "self-signed",
            TestIdentity.selfSigned(LEAF),
            ErrorClass.TLS_UNTRUSTED,
            "signed itself"),
        presents(
            "other host",
            AUTHORITY.sign(elsewhere),
            ErrorClass.TLS_HOSTNAME,
            "is for a.example, b.example; issue one that names shop.example"),
        presents(
            "expired before untrusted",
            STRANGER.sign(expired),
            ErrorClass.TLS_EXPIRED,
            "the certificate of shop.example expired on"),
        presents(
            "untrusted before host",
            STRANGER.sign(elsewhere),
            ErrorClass.TLS_UNTRUSTED,
            "no trusted authority"),
        new Case(
            "older version only",
            () -> FakeTlsServer.serving(GOOD.server(), protocols("TLSv1.2")),
            settings(Version.TLS_1_3, true),
            ErrorClass.TLS_PROTOCOL,
            "older versions"),
        new Case(
            "wants a client certificate",
            () -> {
              SSLParameters parameters = protocols("TLSv1.2");
              parameters.setNeedClientAuth(true);
              return FakeTlsServer.serving(GOOD.server(), parameters);
            },
            settings(Version.TLS_1_2, true),
            ErrorClass.TLS_PROTOCOL,
            "client certificate"),
        acts(
            "speaks without TLS",
            connection -> {
              connection
                  .getOutputStream()
                  .write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
              connection.getInputStream().readAllBytes();
            },
            ErrorClass.TLS_PROTOCOL,
            "not TLS"),
        acts(
            "resets",
            connection -> {
              connection.getInputStream().read();
              connection.setSoLinger(true, 0);
            },
            ErrorClass.RESET,
            "closed the connection"),
        acts(
            "closes",
            connection -> {
              connection.getInputStream().readNBytes(5);
              connection.shutdownOutput();
              connection.getInputStream().readAllBytes();
            },
            ErrorClass.RESET,
            "closed the connection"),
        acts(
            "says nothing",
            connection -> connection.getInputStream().readAllBytes(),
            ErrorClass.TIMEOUT,
            "within 400 ms"),
        acts(
            "trickles",
            connection -> {
              // The head of a record of 16,000 bytes, then one of them at a time.
              connection.getOutputStream().write(new byte[] {22, 3, 3, 62, (byte) 128});
              for (int i = 0; i < 100; i++) {
                connection.getOutputStream().write(2);
                LockSupport.parkNanos(20_000_000);
              }
            },
            ErrorClass.TIMEOUT,
            "within 400 ms"));
  }

  private static Case presents(
      String name,
      TestIdentity identity,
      ErrorClass wanted,
      String sentence,
      TestIdentity... issuers) {
    return new Case(
        name,
        () -> FakeTlsServer.serving(identity, issuers),
        settings(Version.TLS_1_2, true),
        wanted,
        sentence);
  }

  private static Case acts(String name, FakeTlsServer.Act act, ErrorClass wanted, String sentence) {
    return new Case(
        name, () -> FakeTlsServer.acting(act), settings(Version.TLS_1_2, true), wanted, sentence);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void eachFaultHasItsClassAndASentence(Case fault) throws Exception {
    try (FakeTlsServer server = fault.server().start()) {
      TlsHandshake.Refused failure =
          refused(
              contexts.of(fault.settings()),
              server,
              HOST,
              fault.wanted() == ErrorClass.TIMEOUT
                  ? Duration.ofMillis(400)
                  : Duration.ofSeconds(20));
      assertThat(failure.failure().errorClass()).as(failure.toString()).isEqualTo(fault.wanted());
      assertThat(failure.failure().sentence()).contains(HOST).contains(fault.sentence());
      boolean judged =
          List.of(ErrorClass.TLS_EXPIRED, ErrorClass.TLS_UNTRUSTED, ErrorClass.TLS_HOSTNAME)
              .contains(fault.wanted());
      assertThat(failure.peer().chain() != null).isEqualTo(judged);
      if (judged) {
        Peer peer = failure.peer();
        assertThat(peer.tlsVersion()).isEqualTo("TLSv1.3");
        assertThat(peer.chain().subject()).isEqualTo("CN=" + HOST);
      }
    }
  }

  @Test
  void aGoodChainIsDescribed() throws Exception {
    Instant until = NOW.plus(Duration.ofDays(20));
    TestIdentity between =
        AUTHORITY.sign(Request.of("Between", true).valid(NOW.minusSeconds(9), until));
    TestIdentity leaf =
        between.sign(LEAF.valid(NOW.minusSeconds(9), until.plus(Duration.ofDays(9))));
    try (FakeTlsServer server = FakeTlsServer.serving(leaf, between);
        SSLSocket socket = handshake(contexts.of(settings(Version.TLS_1_2, true)), server, HOST)) {
      Peer peer =
          contexts.of(settings(Version.TLS_1_2, true)).peer(connected(), socket.getSession());
      Peer.Chain chain = peer.chain();
      assertThat(peer.tlsVersion()).isEqualTo("TLSv1.3");
      assertThat(peer.tlsCipher()).startsWith("TLS_");
      assertThat(chain.earliestExpiry()).isEqualTo(until);
      assertThat(chain.lastChainExpiry())
          .as("the authority's own end is earlier than theirs")
          .isEqualTo(AUTHORITY.certificate().getNotAfter().toInstant());
      assertThat(chain.issuer()).isEqualTo("CN=Between");
      assertThat(chain.alternativeNames()).isEqualTo("localhost,shop.example");
      assertThat(chain.fingerprint()).matches("[0-9a-f]{64}");
    }
  }

  @Test
  void withoutVerifyingEveryChainIsTakenAndDescribed() throws Exception {
    Request expired = LEAF.valid(NOW.minusSeconds(90), NOW.minusSeconds(60)).only("a.example");
    TlsContext context = contexts.of(settings(Version.TLS_1_2, false));
    try (FakeTlsServer server = FakeTlsServer.serving(STRANGER.sign(expired));
        SSLSocket socket = handshake(context, server, HOST)) {
      Peer.Chain chain = context.peer(connected(), socket.getSession()).chain();
      assertThat(chain.earliestExpiry()).isEqualTo(NOW.minusSeconds(60));
      assertThat(chain.lastChainExpiry()).isNull();
    }
  }

  @Test
  void theServerNameStandsForTheHost() throws Exception {
    TlsSettings named =
        new TlsSettings(
            Optional.of(HOST),
            Optional.of(new Secret(AUTHORITY.certificatePem())),
            Optional.empty(),
            Optional.empty(),
            Version.TLS_1_2,
            true);
    try (FakeTlsServer server = FakeTlsServer.serving(AUTHORITY.sign(LEAF.only(HOST)));
        SSLSocket socket = handshake(contexts.of(named), server, "127.0.0.1")) {
      assertThat(socket.getSSLParameters().getServerNames().toString()).contains(HOST);
    }
    try (FakeTlsServer server = FakeTlsServer.serving(AUTHORITY.sign(LEAF.only(HOST)))) {
      TlsHandshake.Refused failure =
          refused(
              contexts.of(settings(Version.TLS_1_2, true)),
              server,
              "127.0.0.1",
              Duration.ofSeconds(20));
      assertThat(failure.failure().errorClass()).isEqualTo(ErrorClass.TLS_HOSTNAME);
    }
  }

  @Test
  void aClientCertificateIsShown() throws Exception {
    TestIdentity client = AUTHORITY.sign("checker");
    TlsSettings shown =
        new TlsSettings(
            Optional.empty(),
            Optional.of(new Secret(AUTHORITY.certificatePem())),
            Optional.of(new Secret(client.certificatePem())),
            Optional.of(new Secret(client.keyPem())),
            Version.TLS_1_2,
            true);
    SSLContext asking = SSLContext.getInstance("TLS");
    asking.init(
        KeyMaterial.identity(List.of(GOOD.certificate()), GOOD.keys().getPrivate()),
        new TrustManager[] {KeyMaterial.trust(List.of(AUTHORITY.certificate()))},
        null);
    SSLParameters parameters = protocols("TLSv1.2");
    parameters.setNeedClientAuth(true);
    try (FakeTlsServer server = FakeTlsServer.serving(asking, parameters);
        SSLSocket socket = handshake(contexts.of(shown), server, HOST)) {
      assertThat(socket.getSession().getLocalCertificates()[0]).isEqualTo(client.certificate());
    }
  }

  @Test
  void theProtocolOfTheServersChoiceIsTold() throws Exception {
    SSLParameters parameters = new SSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    TlsContext context = contexts.of(settings(Version.TLS_1_2, true));
    try (FakeTlsServer server = FakeTlsServer.serving(GOOD.server(), parameters);
        Socket plain = connect(server);
        SSLSocket socket = context.over(plain, HOST, List.of("http/1.1", "h2"))) {
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
    }
  }

  @Test
  void everyConnectionHasAHandshakeOfItsOwn() throws Exception {
    Counting counting = new Counting();
    TlsContext context =
        new TlsContext(settings(Version.TLS_1_2, true), new KeyManager[0], counting, () -> NOW);
    try (FakeTlsServer server = FakeTlsServer.serving(GOOD.server(), protocols("TLSv1.2"))) {
      for (int i = 0; i < 3; i++) {
        handshake(context, server, HOST).close();
      }
      assertThat(counting.chains).hasValue(3);

      SSLContext usual = SSLContext.getInstance("TLS");
      usual.init(null, new TrustManager[] {counting}, null);
      for (int i = 0; i < 3; i++) {
        Socket plain = connect(server);
        SSLSocket socket =
            (SSLSocket) usual.getSocketFactory().createSocket(plain, HOST, server.port(), true);
        socket.startHandshake();
        socket.close();
      }
      assertThat(counting.chains).as("the platform's own sockets resume").hasValue(4);
    }
  }

  @Test
  void aRenewedAuthorityIsTakenUpAfterAMinute() {
    ManualClock clock = new ManualClock(NOW);
    List<String> revealed = new ArrayList<>(List.of(AUTHORITY.certificatePem()));
    TlsContexts rereading = new TlsContexts(_ -> revealed.getLast(), clock);
    TlsContext first = rereading.of(settings(Version.TLS_1_2, true));
    revealed.add(STRANGER.certificatePem());
    assertThat(rereading.of(settings(Version.TLS_1_2, true))).isSameAs(first);
    clock.advance(TlsContexts.REREAD_AFTER);
    TlsContext next = rereading.of(settings(Version.TLS_1_2, true));
    assertThat(next).isNotSameAs(first);
    clock.advance(TlsContexts.REREAD_AFTER);
    assertThat(rereading.of(settings(Version.TLS_1_2, true))).isSameAs(next);
  }

  @Test
  void keepsNoMoreContextsThanItMay() {
    TlsContext first = contexts.of(named(0));
    assertThat(contexts.of(named(0))).isSameAs(first);
    for (int i = 1; i <= TlsContexts.CONTEXTS_MAX; i++) {
      contexts.of(named(i));
    }
    assertThat(contexts.of(named(0))).isNotSameAs(first);
  }

  @Test
  void whatCanNotBeReadIsSaidWithoutItsContent() {
    TlsSettings broken =
        new TlsSettings(
            Optional.empty(),
            Optional.of(new Secret("top-secret")),
            Optional.empty(),
            Optional.empty(),
            Version.TLS_1_2,
            true);
    assertThatThrownBy(() -> contexts.of(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the authority: no PEM certificate in it");
    TlsSettings foreign =
        new TlsSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Secret(GOOD.certificatePem())),
            Optional.of(new Secret(STRANGER.keyPem())),
            Version.TLS_1_2,
            true);
    assertThatThrownBy(() -> contexts.of(foreign))
        .hasMessage("the key does not belong to the client certificate");
  }

  private static TlsSettings named(int number) {
    return new TlsSettings(
        Optional.of("host" + number),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Version.TLS_1_2,
        false);
  }

  private static TlsSettings settings(Version minimum, boolean verified) {
    return new TlsSettings(
        Optional.empty(),
        Optional.of(new Secret(AUTHORITY.certificatePem())),
        Optional.empty(),
        Optional.empty(),
        minimum,
        verified);
  }

  private static SSLParameters protocols(String protocol) {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {protocol});
    return parameters;
  }

  private static Peer connected() {
    return new Peer("127.0.0.1", null, null, null, null);
  }

  private static Socket connect(FakeTlsServer server) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress("127.0.0.1", server.port()), 20_000);
    return socket;
  }

  private static SSLSocket handshake(TlsContext context, FakeTlsServer server, String host)
      throws IOException {
    SSLSocket socket = context.over(connect(server), host, List.of());
    socket.startHandshake();
    return socket;
  }

  private static TlsHandshake.Refused refused(
      TlsContext context, FakeTlsServer server, String host, Duration limit) throws IOException {
    Deadline deadline = Deadline.of(limit, limit, System.nanoTime() + limit.toNanos());
    Socket connection = connect(server);
    TlsHandshake outcome =
        TlsHandshake.over(connection, context, host, List.of(), connected(), deadline);
    assertThat(outcome).isInstanceOf(TlsHandshake.Refused.class);
    assertThat(connection.isClosed()).isTrue();
    return (TlsHandshake.Refused) outcome;
  }

  /** Vouches for all, and counts how often it is asked: a resumed session asks nobody. */
  private static final class Counting extends X509ExtendedTrustManager {

    private final AtomicInteger chains = new AtomicInteger();

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String exchange, Socket socket) {
      chains.incrementAndGet();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String exchange, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("sockets only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String exchange)
        throws CertificateException {
      throw new CertificateException("sockets only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String exchange, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String exchange, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String exchange) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
