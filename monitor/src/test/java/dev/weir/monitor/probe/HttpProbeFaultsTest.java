// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static dev.weir.monitor.probe.AnswerFaults.BODY_LIMIT_BYTES;
import static dev.weir.monitor.probe.AnswerFaults.OK;
import static dev.weir.monitor.probe.AnswerFaults.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.probe.AnswerFaults.Fault;
import dev.weir.store.kit.site.FakeSite;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which an answer can go wrong, and what is said of it. */
final class HttpProbeFaultsTest {

  static Stream<Fault> faults() {
    return Stream.of(
            AnswerFaults.headFaults(),
            AnswerFaults.bodyFaults(),
            redirectFaults(),
            soundAnswers(),
            timeouts())
        .flatMap(each -> each);
  }

  private static Stream<Fault> redirectFaults() {
    return Stream.of(
        fault(
            "redirect loop",
            v -> v.answer("HTTP/1.1 302 Found\r\nLocation: " + v.path(), new byte[0]),
            ErrorClass.TOO_MANY_REDIRECTS,
            302,
            "after 3 redirects"),
        fault(
            "redirect to nowhere",
            v -> v.answer("HTTP/1.1 301 Moved\r\nServer: x", new byte[0]),
            ErrorClass.STATUS,
            301,
            "without saying where to"),
        fault(
            "redirect to another scheme",
            v -> v.answer("HTTP/1.1 302 Found\r\nLocation: ftp://127.0.0.1/", new byte[0]),
            ErrorClass.PROTOCOL,
            302,
            "neither http nor https"),
        fault(
            "redirect to a file",
            v -> v.answer("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd", new byte[0]),
            ErrorClass.PROTOCOL,
            302,
            "neither http nor https"),
        fault(
            "redirect to no host",
            v -> v.answer("HTTP/1.1 302 Found\r\nLocation: http://", new byte[0]),
            ErrorClass.PROTOCOL,
            302,
            "no host"),
        fault(
            "redirect to no port",
            v -> v.answer("HTTP/1.1 302 Found\r\nLocation: http://a:99999/", new byte[0]),
            ErrorClass.PROTOCOL,
            302,
            "no port"),
        fault(
            "redirect to a metadata address",
            v -> v.answer("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/", new byte[0]),
            ErrorClass.BLOCKED_ADDRESS,
            null,
            "169.254.169.254"));
  }

  private static Stream<Fault> soundAnswers() {
    return Stream.of(
        fault(
            "1xx before the answer",
            v ->
                v.send(
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                        + OK
                        + "Content-Length: 0\r\n\r\n"),
            ErrorClass.NONE,
            200,
            ""),
        fault(
            "same length twice",
            v -> v.send(OK + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
            ErrorClass.NONE,
            200,
            ""),
        fault("body until the end", v -> v.send(OK + "\r\nabc"), ErrorClass.NONE, 200, ""),
        fault(
            "bare line feeds",
            v -> v.send("HTTP/1.1 200 OK\nContent-Length: 3\n\nabc"),
            ErrorClass.NONE,
            200,
            ""),
        fault(
            "no reason",
            v -> v.send("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n"),
            ErrorClass.NONE,
            200,
            ""),
        fault(
            "folded header",
            v -> v.send(OK + "Server: a\r\n b\r\nContent-Length: 0\r\n\r\n"),
            ErrorClass.NONE,
            200,
            ""),
        fault(
            "old version", v -> v.send("HTTP/1.0 404 Not Found\r\n\r\n"), ErrorClass.NONE, 404, ""),
        fault(
            "no content",
            v -> v.send("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"),
            ErrorClass.NONE,
            204,
            ""),
        fault(
            "body at its limit",
            v -> v.answer(OK + "Server: x", new byte[(int) BODY_LIMIT_BYTES]),
            ErrorClass.NONE,
            200,
            ""),
        fault(
            "chunks with extensions and trailers",
            v ->
                v.send(
                    OK + "Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nSum: 1\r\n\r\n"),
            ErrorClass.NONE,
            200,
            ""),
        fault(
            "empty packed body",
            v -> v.answer(OK + "Content-Encoding: gzip", new byte[0]),
            ErrorClass.NONE,
            200,
            ""),
        fault(
            "answer before a reset",
            v -> {
              v.send(OK + "Content-Length: 3\r\n\r\nabc");
              v.awaitClosed();
            },
            ErrorClass.NONE,
            200,
            ""));
  }

  private static Stream<Fault> timeouts() {
    return Stream.of(
        fault(
            "silence",
            v -> v.awaitClosed(),
            ErrorClass.TIMEOUT,
            null,
            "did not answer within 800 ms"),
        fault(
            "trickled head",
            v -> {
              v.send(OK);
              v.trickle("a", 5);
            },
            ErrorClass.TIMEOUT,
            null,
            "did not answer within 800 ms"),
        fault(
            "1xx and silence",
            v -> {
              v.send("HTTP/1.1 102 Processing\r\n\r\n");
              v.awaitClosed();
            },
            ErrorClass.TIMEOUT,
            null,
            "did not answer within 800 ms"),
        fault(
            "trickled body",
            v -> {
              v.send(OK + "\r\n");
              v.trickle("a", 5);
            },
            ErrorClass.TIMEOUT,
            200,
            "did not end the body within 400 ms"),
        fault(
            "body that stops",
            v -> {
              v.send(OK + "Content-Length: 9\r\n\r\nabc");
              v.awaitClosed();
            },
            ErrorClass.TIMEOUT,
            200,
            "did not end the body within 400 ms"),
        fault(
            "slow redirect",
            v -> {
              if (v.path().equals("/")) {
                v.answer("HTTP/1.1 302 Found\r\nLocation: /2", new byte[0]);
              } else {
                v.awaitClosed();
              }
            },
            ErrorClass.TIMEOUT,
            null,
            "did not answer within 800 ms"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void isToldAsWhatItIs(Fault fault) throws Exception {
    try (FakeSite site = FakeSite.of(fault.act());
        HttpProbe probe = TestProbes.http(address -> !address.isLinkLocalAddress())) {
      boolean late = fault.expected() == ErrorClass.TIMEOUT;
      Duration whole = Duration.ofSeconds(30);
      Check.Http check =
          TestCheck.of(site.url("/"))
              .bodyLimit(BODY_LIMIT_BYTES)
              .redirects(3)
              .timeouts(
                  late
                      ? new Timeouts(
                          whole,
                          whole,
                          whole,
                          whole,
                          fault.status() == null ? Duration.ofMillis(800) : whole,
                          Duration.ofMillis(400))
                      : Timeouts.of(whole))
              .build();
      long begin = System.nanoTime();
      Measurement measurement = probe.request(check, begin + whole.toNanos());
      Failure failure = measurement.failure();
      assertThat(failure == null ? ErrorClass.NONE : failure.errorClass())
          .as("%s: %s", fault.name(), failure)
          .isEqualTo(fault.expected());
      assertThat(failure == null ? "" : failure.sentence()).contains(fault.says());
      assertThat(measurement.last().status()).isEqualTo(fault.status());
      if (late) {
        assertThat(measurement.latencyNanos()).isBetween(60_000_000L, 20_000_000_000L);
      }
    }
  }
}
