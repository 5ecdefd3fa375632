// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.HttpVersion;
import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.TlsSettings;
import dev.weir.monitor.probe.FakeHttp2.Asked;
import dev.weir.store.kit.identity.TestIdentity;
import dev.weir.store.kit.site.FakeSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Http2ConnectionTest {

  private static final TestIdentity AUTHORITY = TestIdentity.authority("Weir test authority");
  private static final TestIdentity SERVER = AUTHORITY.sign("localhost");
  private static final int END = FakeHttp2.END_STREAM;

  /** What a server does with each request. */
  private interface Act {
    void play(FakeHttp2 server, Asked asked) throws Exception;
  }

  private record Fault(
      String name, Act act, ErrorClass expected, @Nullable Integer status, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("answer", (s, a) -> s.head(a.stream(), 204, END), ErrorClass.NONE, 204, ""),
        new Fault(
            "1xx before the answer",
            (s, a) -> {
              s.head(a.stream(), 103, 0, "link: x");
              s.head(a.stream(), 200, END);
            },
            ErrorClass.NONE,
            200,
            ""),
        new Fault(
            "unavailable, to be asked again at once",
            (s, a) -> s.head(a.stream(), 503, END, "retry-after: 0"),
            ErrorClass.NONE,
            503,
            ""),
        new Fault(
            "stream reset before the head",
            (s, a) -> s.frame(FakeHttp2.RST_STREAM, 0, a.stream(), new byte[] {0, 0, 0, 2}),
            ErrorClass.RESET,
            null,
            "before the answer began"),
        new Fault(
            "closed before the head",
            (s, a) -> {
              throw new InterruptedException("closes");
            },
            ErrorClass.RESET,
            null,
            "before the answer began"),
        new Fault(
            "broken head",
            (s, a) ->
                s.frame(
                    FakeHttp2.HEADERS, END | FakeHttp2.END_HEADERS, a.stream(), new byte[] {-1}),
            ErrorClass.PROTOCOL,
            null,
            "rules of HTTP/2"),
        new Fault(
            "closed within the body",
            (s, a) -> {
              s.head(a.stream(), 200, 0);
              s.data(a.stream(), 0, "abc");
              throw new InterruptedException("closes");
            },
            ErrorClass.TRUNCATED_BODY,
            200,
            "within its body"),
        new Fault(
            "stream reset within the body",
            (s, a) -> {
              s.head(a.stream(), 200, 0);
              s.frame(FakeHttp2.RST_STREAM, 0, a.stream(), new byte[] {0, 0, 0, 2});
            },
            ErrorClass.TRUNCATED_BODY,
            200,
            "within its body"),
        new Fault(
            "short body",
            (s, a) -> {
              s.head(a.stream(), 200, 0, "content-length: 9");
              s.data(a.stream(), END, "abc");
            },
            ErrorClass.TRUNCATED_BODY,
            200,
            "3 of 9 bytes"),
        new Fault(
            "no body where one was announced",
            (s, a) -> s.head(a.stream(), 200, END, "content-length: 9"),
            ErrorClass.TRUNCATED_BODY,
            200,
            "0 of 9 bytes"),
        new Fault(
            "not modified",
            (s, a) -> s.head(a.stream(), 304, END, "content-length: 9"),
            ErrorClass.NONE,
            304,
            ""),
        new Fault(
            "long body",
            (s, a) -> {
              s.head(a.stream(), 200, 0, "content-length: 2");
              s.data(a.stream(), END, "abc");
            },
            ErrorClass.PROTOCOL,
            200,
            "rules of HTTP/2"),
        new Fault(
            "body over its limit",
            (s, a) -> {
              s.head(a.stream(), 200, 0);
              s.data(a.stream(), END, "x".repeat(1_001));
            },
            ErrorClass.BODY_TOO_LARGE,
            200,
            "limit of 1000"),
        new Fault("silence", (s, a) -> {}, ErrorClass.TIMEOUT, null, "did not answer within"),
        new Fault(
            "body that stops",
            (s, a) -> s.head(a.stream(), 200, 0),
            ErrorClass.TIMEOUT,
            200,
            "did not end the body within"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultsAreToldAsWhatTheyAre(Fault fault) throws Exception {
    try (FakeTlsServer server = plain(fault.act());
        HttpProbe probe = TestProbes.http(TestCheck.ANY)) {
      Duration whole = Duration.ofSeconds(30);
      boolean late = fault.expected() == ErrorClass.TIMEOUT;
      Duration waiting = late && fault.status() == null ? Duration.ofMillis(800) : whole;
      Duration body = late ? Duration.ofMillis(800) : whole;
      Check.Http check =
          TestCheck.of("http://localhost:%d/".formatted(server.port()))
              .version(HttpVersion.HTTP_2)
              .bodyLimit(1_000)
              .timeouts(new Timeouts(whole, whole, whole, whole, waiting, body))
              .build();
      Measurement measurement = probe.request(check, soon());
      Failure failure = measurement.failure();
      assertThat(failure == null ? ErrorClass.NONE : failure.errorClass())
          .as("%s", failure)
          .isEqualTo(fault.expected());
      assertThat(failure == null ? "" : failure.sentence()).contains(fault.says());
      assertThat(measurement.last().status()).isEqualTo(fault.status());
      assertThat(measurement.latencyNanos()).isLessThan(20_000_000_000L);
    }
  }

  @Test
  void agreesOnItByTlsAndTellsAllPhases() throws Exception {
    List<Asked> asked = new CopyOnWriteArrayList<>();
    Act hello =
        (s, a) -> {
          asked.add(a);
          s.head(a.stream(), 200, 0, "content-type: text/plain", "set-cookie: a", "set-cookie: b");
          s.data(a.stream(), 0, "hel");
          s.data(a.stream(), END, "lo");
        };
    try (FakeTlsServer server = encrypted(hello, "h2");
        HttpProbe probe = TestProbes.http(TestCheck.ANY)) {
      Check.Http check =
          TestCheck.of("https://localhost:%d/a?b=c".formatted(server.port()))
              .tls(trusting())
              .method("POST")
              .body("text")
              .header("X-Key", "k")
              .build();
      Measurement measurement = probe.request(check, soon());
      assertThat(measurement.failure()).isNull();
      Hop hop = measurement.last();
      assertThat(hop.version()).isEqualTo("HTTP/2");
      assertThat(hop.peer().tlsVersion()).isEqualTo("TLSv1.3");
      Phases phases = hop.phases();
      assertThat(List.of(phases.dns(), phases.connect(), phases.tls(), phases.send()))
          .allMatch(each -> each > 0);
      assertThat(phases.waiting()).isPositive();
      assertThat(phases.body()).isPositive();
      Reply.Http reply = (Reply.Http) measurement.reply();
      assertThat(reply.body()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
      assertThat(reply.wireBytes()).isEqualTo(5);
      assertThat(reply.headers()).containsEntry("set-cookie", List.of("a", "b"));
      assertThat(asked.getFirst().headers())
          .containsEntry(":method", "POST")
          .containsEntry(":scheme", "https")
          .containsEntry(":path", "/a?b=c")
          .containsEntry(":authority", "localhost:" + server.port())
          .containsEntry("x-key", "k")
          .containsEntry("user-agent", "weir/test")
          .containsEntry("accept-encoding", "gzip, br")
          .doesNotContainKeys("connection", "host", "content-type");
      assertThat(asked.getFirst().body()).isEqualTo("text".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void speaks11WhereTheServerPrefersIt() throws Exception {
    try (FakeSite site =
            FakeSite.encrypted(SERVER.server(), v -> v.answer("HTTP/1.1 200 OK", new byte[0]));
        HttpProbe probe = TestProbes.http(TestCheck.ANY)) {
      String url = "https://localhost:%d/".formatted(site.port());
      Measurement either = probe.request(TestCheck.of(url).tls(trusting()).build(), soon());
      assertThat(either.failure()).isNull();
      assertThat(either.last().version()).isEqualTo("HTTP/1.1");
      Measurement only =
          probe.request(
              TestCheck.of(url).tls(trusting()).version(HttpVersion.HTTP_2).build(), soon());
      assertThat(only.failure().errorClass()).isEqualTo(ErrorClass.PROTOCOL);
      assertThat(only.failure().sentence()).contains("does not agree on HTTP/2");
    }
  }

  @Test
  void serverThatSpeaksSomethingElseIsTold() throws Exception {
    try (FakeTlsServer server =
            FakeTlsServer.acting(connection -> {
              connection.getInputStream().readNBytes(24);
              connection
                  .getOutputStream()
                  .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
              connection.getInputStream().readAllBytes();
            });
        HttpProbe probe = TestProbes.http(TestCheck.ANY)) {
      Measurement measurement =
          probe.request(
              TestCheck.of("http://localhost:%d/".formatted(server.port()))
                  .version(HttpVersion.HTTP_2)
                  .build(),
              soon());
      assertThat(measurement.failure().errorClass()).isEqualTo(ErrorClass.PROTOCOL);
      assertThat(measurement.failure().sentence()).contains("does not speak HTTP/2");
    }
  }

  @Test
  void aBodyThatIsStillSentIsNotWaitedFor() throws Exception {
    Act never = (_, _) -> {}; // More than the window has is never taken, so none is played.
    Duration whole = Duration.ofSeconds(2);
    Timeouts timeouts = new Timeouts(whole, whole, whole, whole, Duration.ofMillis(50), whole);
    try (FakeTlsServer server = plain(never);
        HttpProbe probe = TestProbes.http(TestCheck.ANY)) {
      Measurement measurement =
          probe.request(
              TestCheck.of("http://localhost:%d/".formatted(server.port()))
                  .version(HttpVersion.HTTP_2)
                  .method("POST")
                  .body("x".repeat(100_000))
                  .timeouts(timeouts)
                  .build(),
              System.nanoTime() + whole.toNanos());
      assertThat(measurement.failure().errorClass()).isEqualTo(ErrorClass.TIMEOUT);
      assertThat(measurement.failure().sentence()).contains("did not take the request within");
      assertThat(measurement.last().phases().waiting()).isEqualTo(Phases.NOT_REACHED);
    }
  }

  @Test
  void warmRunSharesTheConnection() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (FakeTlsServer server =
            FakeTlsServer.acting(connection -> {
              connections.incrementAndGet();
              FakeHttp2 http = FakeHttp2.over(connection);
              while (true) {
                http.head(http.next().stream(), 204, END);
              }
            });
        HttpProbe warm = TestProbes.http(TestCheck.ANY, true)) {
      Check.Http check =
          TestCheck.of("http://localhost:%d/".formatted(server.port()))
              .version(HttpVersion.HTTP_2)
              .build();
      for (int i = 0; i < 3; i++) {
        Measurement measurement = warm.request(check, soon());
        assertThat(measurement.failure()).isNull();
        assertThat(measurement.last().phases().connect() == Phases.NOT_REACHED).isEqualTo(i > 0);
      }
      assertThat(connections).hasValue(1);
    }
  }

  private static FakeTlsServer plain(Act act) throws Exception {
    return FakeTlsServer.acting(connection -> play(FakeHttp2.over(connection), act));
  }

  private static FakeTlsServer encrypted(Act act, String protocol) throws Exception {
    SSLParameters parameters = new SSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    return FakeTlsServer.acting(connection ->
        play(
            FakeHttp2.over(FakeTlsServer.handshake(connection, SERVER.server(), parameters)), act));
  }

  private static void play(FakeHttp2 server, Act act) throws IOException {
    while (true) {
      try {
        act.play(server, server.next());
      } catch (IOException gone) {
        throw gone;
      } catch (Exception closes) {
        return;
      }
    }
  }

  private static TlsSettings trusting() {
    return new TlsSettings(
        Optional.empty(),
        Optional.of(new Secret(AUTHORITY.certificatePem())),
        Optional.empty(),
        Optional.empty(),
        TlsSettings.Version.TLS_1_2,
        true);
  }

  private static long soon() {
    return System.nanoTime() + 30_000_000_000L;
  }
}
