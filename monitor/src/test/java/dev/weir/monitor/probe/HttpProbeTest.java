// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Credentials;
import dev.weir.monitor.check.Secret;
import dev.weir.store.kit.site.FakeSite;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent, and what is told of an answer that is sound. */
final class HttpProbeTest {

  private static final String OK = "HTTP/1.1 200 OK";
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  @Test
  void sendsAPlainRequestAndTellsItsPhases() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.answer(OK + "\r\nX-Tier: gold", HELLO))) {
      Measurement measurement = measure(TestCheck.of(site.url("/a?b=c#d")));
      assertThat(measurement.succeeded()).isTrue();
      Reply.Http reply = (Reply.Http) measurement.reply();
      assertThat(reply.body()).isEqualTo(HELLO);
      assertThat(reply.wireBytes()).isEqualTo(5);
      assertThat(reply.headers().get("x-tier")).containsExactly("gold");
      Hop hop = measurement.last();
      assertThat(hop.target()).isEqualTo(site.url("/a?b=c"));
      assertThat(hop.version()).isEqualTo("HTTP/1.1");
      assertThat(hop.peer().address()).isEqualTo("127.0.0.1");
      assertThat(hop.phases().dns()).isZero();
      assertThat(hop.phases().connect()).isPositive();
      assertThat(hop.phases().tls()).isEqualTo(Phases.NOT_REACHED);
      assertThat(hop.phases().send()).isPositive();
      assertThat(hop.phases().waiting()).isPositive();
      assertThat(hop.phases().body()).isPositive();
      assertThat(measurement.latencyNanos()).isGreaterThanOrEqualTo(hop.phases().totalNanos());
      FakeSite.Visit visit = site.visits().getFirst();
      assertThat(visit.requestLine()).isEqualTo("GET /a?b=c HTTP/1.1");
      assertThat(visit.headers())
          .containsOnly(
              Map.entry("host", "127.0.0.1:" + site.port()),
              Map.entry("accept", "*/*"),
              Map.entry("accept-encoding", "gzip, br"),
              Map.entry("user-agent", "weir/test"),
              Map.entry("connection", "close"));
    }
  }

  @Test
  void sendsMethodHeadersAndBody() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.answer(OK, HELLO))) {
      measure(
          TestCheck.of(site.url("/"))
              .method("POST")
              .header("User-Agent", "mine")
              .header("Content-Type", "application/json")
              .header("Host", "shop.example")
              .header("Connection", "keep-alive")
              .header("X-Name", "Zoë")
              .body("{\"a\":\"é\"}"));
      FakeSite.Visit visit = site.visits().getFirst();
      assertThat(visit.requestLine()).isEqualTo("POST / HTTP/1.1");
      assertThat(visit.headers())
          .containsEntry("user-agent", "mine")
          .containsEntry("content-type", "application/json")
          .containsEntry("host", "shop.example")
          .containsEntry("connection", "close")
          .containsEntry("content-length", "10");
      assertThat(visit.headers().get("x-name").getBytes(StandardCharsets.ISO_8859_1))
          .isEqualTo("Zoë".getBytes(StandardCharsets.UTF_8));
      assertThat(visit.body()).isEqualTo("{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void bodyThatIsLargerThanAnyBufferArrives() throws Exception {
    String large = "x".repeat(8_000_000);
    try (FakeSite site = FakeSite.of(v -> v.answer(OK, HELLO))) {
      Measurement measurement = measure(TestCheck.of(site.url("/")).method("PUT").body(large));
      assertThat(measurement.failure()).isNull();
      assertThat(site.visits().getFirst().body()).hasSize(8_000_000);
    }
  }

  @Test
  void siteThatDoesNotTakeTheBodyIsLate() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        HttpProbe probe = TestProbes.http(TestCheck.ANY)) {
      Check.Http check =
          TestCheck.of("http://127.0.0.1:" + deaf.getLocalPort())
              .method("POST")
              .body("x".repeat(20_000_000))
              .build();
      Measurement measurement = probe.request(check, System.nanoTime() + 3_000_000_000L);
      assertThat(measurement.failure().errorClass()).isEqualTo(ErrorClass.TIMEOUT);
      assertThat(measurement.failure().sentence()).contains("did not take the request");
    }
  }

  @Test
  void answersToHeadHaveNoBody() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.send(OK + "\r\nContent-Length: 99\r\n\r\n"))) {
      Measurement measurement = measure(TestCheck.of(site.url("/")).method("HEAD"));
      assertThat(measurement.failure()).isNull();
      assertThat(((Reply.Http) measurement.reply()).body()).isEmpty();
    }
  }

  @Test
  void authorizesByCredentialsOrByTheAddress() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.answer(OK, HELLO))) {
      String withUser = "http://m%40x:p%3Aw+d@127.0.0.1:" + site.port() + "/";
      Measurement measurement = measure(TestCheck.of(withUser));
      assertThat(measurement.last().target()).doesNotContain("p%3Aw");
      measure(
          TestCheck.of(site.url("/"))
              .credentials(new Credentials.Basic(new Secret("u"), new Secret("p"))));
      measure(TestCheck.of(site.url("/")).credentials(new Credentials.Bearer(new Secret("t\n"))));
      assertThat(site.visits().stream().map(v -> v.headers().get("authorization")))
          .containsExactly("Basic bUB4OnA6dytk", "Basic dTpw", "Bearer t");
    }
  }

  @Test
  void valueThatWouldBreakTheHeadIsRefusedWithoutBeingShown() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.answer(OK, HELLO))) {
      assertThatThrownBy(
              () -> measure(TestCheck.of(site.url("/")).header("X-Key", "secret\r\nX-Evil: 1")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the value of header X-Key has a control character");
      assertThat(site.connections()).isZero();
    }
  }

  @Test
  void wordsThatWouldBreakTheHeadAreRefused() {
    assertThatThrownBy(() -> measure(TestCheck.of("http://a.test/").header("X: y\r\nZ", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'X: y..Z' can't be a header's name");
    assertThatThrownBy(() -> measure(TestCheck.of("http://a.test/").method("GET / HTTP/1.1")))
        .hasMessage("'GET / HTTP/1.1' can't be a method");
  }

  @Test
  void unpacksGzipAndBrotli() throws Exception {
    byte[] brotli = storedBrotli(HELLO);
    assertThat(unpacked("gzip", AnswerFaults.gzip(HELLO))).isEqualTo(HELLO);
    assertThat(unpacked("X-GZIP", AnswerFaults.gzip(HELLO))).isEqualTo(HELLO);
    assertThat(unpacked("br", brotli)).isEqualTo(HELLO);
    assertThat(
            unpacked("gzip, br, gzip", AnswerFaults.gzip(storedBrotli(AnswerFaults.gzip(HELLO)))))
        .isEqualTo(HELLO);
    assertThat(unpacked("identity", HELLO)).isEqualTo(HELLO);
    assertThat(unpacked("zstd", HELLO)).isEqualTo(HELLO);
  }

  @Test
  void namesAreLookedUpAndInternationalOnesToo() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    Resolver resolver =
        host -> {
          asked.add(host);
          return TestCheck.loopback().addresses(host);
        };
    try (FakeSite site = FakeSite.of(v -> v.answer(OK, HELLO));
        HttpProbe probe = TestProbes.http(resolver, TestCheck.ANY, false)) {
      Check.Http check = TestCheck.of("http://Bücher.example:%d".formatted(site.port())).build();
      Measurement measurement = probe.request(check, soon());
      assertThat(measurement.failure()).isNull();
      assertThat(measurement.last().phases().dns()).isPositive();
      assertThat(asked).containsExactly("xn--bcher-kva.example");
      assertThat(site.visits().getFirst().requestLine()).isEqualTo("GET / HTTP/1.1");
      assertThat(site.visits().getFirst().headers().get("host"))
          .isEqualTo("xn--bcher-kva.example:" + site.port());
    }
  }

  @Test
  void literalsOfIpv6AreAddresses() throws Exception {
    try (FakeSite site = FakeSite.at("::1", v -> v.answer(OK, HELLO))) {
      Measurement measurement = measure(TestCheck.of("http://[::1]:%d/".formatted(site.port())));
      assertThat(measurement.failure()).isNull();
      assertThat(site.visits().getFirst().headers().get("host")).isEqualTo("[::1]:" + site.port());
      assertThat(measurement.last().peer().address()).isEqualTo("::1");
    }
  }

  @Test
  void coldRequestsHaveAConnectionEachAndWarmOnesShareIt() throws Exception {
    try (FakeSite site =
        FakeSite.of(v -> {
          v.keep();
          v.answer(OK, HELLO);
        })) {
      Check.Http check = TestCheck.of(site.url("/")).build();
      try (HttpProbe cold = TestProbes.http(TestCheck.ANY, false)) {
        for (int i = 0; i < 3; i++) {
          assertThat(cold.request(check, soon()).succeeded()).isTrue();
        }
      }
      assertThat(site.connections()).isEqualTo(3);
      try (HttpProbe warm = TestProbes.http(TestCheck.ANY, true)) {
        for (int i = 0; i < 3; i++) {
          Measurement measurement = warm.request(check, soon());
          assertThat(measurement.succeeded()).isTrue();
          assertThat(measurement.last().phases().connect() == Phases.NOT_REACHED).isEqualTo(i > 0);
          assertThat(measurement.last().peer().address()).isEqualTo("127.0.0.1");
        }
      }
      assertThat(site.connections()).isEqualTo(4);
    }
  }

  @Test
  void warmConnectionThatItsServerClosedIsMadeAgain() throws Exception {
    try (FakeSite site = FakeSite.of(v -> v.answer(OK, HELLO));
        HttpProbe warm = TestProbes.http(TestCheck.ANY, true)) {
      for (int i = 0; i < 3; i++) {
        Measurement measurement = warm.request(TestCheck.of(site.url("/")).build(), soon());
        assertThat(measurement.failure()).isNull();
        assertThat(measurement.last().phases().connect()).isPositive();
      }
      assertThat(site.visits()).hasSize(3);
    }
  }

  @Test
  void warmConnectionIsNotUsedAfterABodyThatWasTooLarge() throws Exception {
    try (FakeSite site =
            FakeSite.of(v -> {
              v.keep();
              v.answer(OK, new byte[100_000]);
            });
        HttpProbe warm = TestProbes.http(TestCheck.ANY, true)) {
      Check.Http check = TestCheck.of(site.url("/")).bodyLimit(10).build();
      for (int i = 0; i < 2; i++) {
        assertThat(warm.request(check, soon()).failure().errorClass())
            .isEqualTo(ErrorClass.BODY_TOO_LARGE);
      }
      assertThat(site.connections()).isEqualTo(2);
    }
  }

  @Test
  void interruptEndsARequestAsATimeout() throws Exception {
    var started = new LinkedBlockingQueue<String>();
    try (FakeSite site =
        FakeSite.of(v -> {
          started.add("now");
          v.awaitClosed();
        })) {
      var results = new LinkedBlockingQueue<Measurement>();
      Thread thread =
          Thread.startVirtualThread(() -> results.add(measure(TestCheck.of(site.url("/")))));
      started.take();
      thread.interrupt();
      Measurement measurement = results.poll(20, TimeUnit.SECONDS);
      assertThat(measurement).isNotNull();
      assertThat(measurement.failure().errorClass()).isEqualTo(ErrorClass.TIMEOUT);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://a.test|http://a.test/",
        "HTTP://A.Test:80?q|http://a.test/?q",
        "https://a.test:443/x#y|https://a.test/x",
        "https://u:p@a.test:8443/x|https://a.test:8443/x",
        "http://a.test/a b/ü?x=<y>|http://a.test/a%20b/%C3%BC?x=%3Cy%3E",
        "http://[FE80::1]:81/|http://[fe80::1]:81/",
        "http://a.test:/%zz|http://a.test/%zz",
      })
  void addressesAreReadAsTheWebWritesThem(String text, String target) {
    assertThat(HttpTarget.parse(text).toString()).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ftp://a/|'ftp:' is neither http nor https",
        "a.test|'a.test' has no scheme",
        "http:a|'http:a' has no host",
        "http:///x|'' is no host",
        "http://a b/|'a b' is no host",
        "http://a:0/|'0' is no port",
        "http://a:65536/|'65536' is no port",
      })
  void addressesThatAreNoneAreNamed(String text, String message) {
    assertThatThrownBy(() -> HttpTarget.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static byte[] unpacked(String coding, byte[] packed) throws Exception {
    try (FakeSite site =
        FakeSite.of(v -> v.answer(OK + "\r\nContent-Encoding: " + coding, packed))) {
      Measurement measurement = measure(TestCheck.of(site.url("/")));
      assertThat(measurement.failure()).as(coding).isNull();
      Reply.Http reply = (Reply.Http) measurement.reply();
      assertThat(reply.wireBytes()).isEqualTo(packed.length);
      return reply.body();
    }
  }

  /** One uncompressed meta-block of fewer than 65,536 bytes, and an empty last one. */
  private static byte[] storedBrotli(byte[] plain) {
    // Bits from the lowest: window 0, not last 0, two bits for four nibbles, length - 1, stored 1.
    int head = (plain.length - 1) << 4 | 1 << 20;
    byte[] packed = new byte[plain.length + 4];
    for (int i = 0; i < 3; i++) {
      packed[i] = (byte) (head >> 8 * i);
    }
    System.arraycopy(plain, 0, packed, 3, plain.length);
    packed[packed.length - 1] = 3;
    return packed;
  }

  private static Measurement measure(TestCheck check) {
    try (HttpProbe probe = TestProbes.http(TestCheck.ANY)) {
      return probe.request(check.build(), soon());
    }
  }

  private static long soon() {
    return System.nanoTime() + 30_000_000_000L;
  }
}
