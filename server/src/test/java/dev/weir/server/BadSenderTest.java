// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadSenderTest {

  private static final Limits SMALL = Limits.standard().withBodyBytes(100_000);

  private final Doorstep door = new Doorstep();
  private final AtomicInteger handled = new AtomicInteger();

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void answers413ToADeclaredLengthBeforeAnyOfTheBodyCame() throws Exception {
    door.limits(SMALL).post("/write", this::echoLength).open();

    try (RawConnection raw = door.raw()) {
      raw.send("POST /write HTTP/1.1\nHost: localhost\nContent-Length: 100001\n\n");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 413").contains("Connection: close");
    }
    assertThat(handled).hasValue(0);
  }

  @Test
  void lets413BeReadByASenderInTheMiddleOfItsBody() throws Exception {
    door.limits(SMALL).post("/write", this::echoLength).open();

    HttpResponse<String> answer = door.send("/write", new byte[8_000_000]);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("8000000").contains("100000");
  }

  @Test
  void answers413ToAChunkedBodyThatGrowsTooLarge() throws Exception {
    door.limits(SMALL).post("/write", this::echoLength).open();

    try (RawConnection raw = door.raw()) {
      raw.send("POST /write HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n");
      for (int i = 0; i < 20; i++) {
        raw.send("2000\n" + "x".repeat(0x2000) + "\n");
      }
      raw.send("0\n\n");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 413");
    }
    assertThat(handled).hasValue(1);
  }

  @Test
  void takesABodyOfExactlyTheLimit() throws Exception {
    door.limits(SMALL).post("/write", this::echoLength).open();
    assertThat(door.send("/write", new byte[100_000]).body()).isEqualTo("100000\n");
  }

  @Test
  void answers503ToASilentSenderSoThatItKeepsItsData() throws Exception {
    door.limits(SMALL.withSlowBody(Duration.ofMillis(150), Duration.ofSeconds(9), 1))
        .post("/write", this::echoLength)
        .open();

    try (RawConnection raw = door.raw()) {
      raw.send("POST /write HTTP/1.1\nHost: localhost\nContent-Length: 1000\n\nonly this");
      assertThat(raw.readToEnd())
          .startsWith("HTTP/1.1 503")
          .contains("Retry-After")
          .contains("silent for 150 ms");
    }
  }

  @Test
  void answers503ToASenderThatTrickles() throws Exception {
    door.limits(SMALL.withSlowBody(Duration.ofSeconds(9), Duration.ofMillis(120), 100_000))
        .post("/write", this::echoLength)
        .open();

    try (RawConnection raw = door.raw()) {
      raw.send("POST /write HTTP/1.1\nHost: localhost\nContent-Length: 90000\n\n");
      String answer = trickle(raw);
      assertThat(answer).startsWith("HTTP/1.1 503").contains("Connection: close");
    }
  }

  @Test
  void answersARequestWhoseSenderClosedItsHalf() throws Exception {
    door.post("/write", this::echoLength).open();

    try (RawConnection raw = door.raw()) {
      raw.send("POST /write HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello").halfClose();
      assertThat(raw.readToEnd()).startsWith("HTTP/1.1 200").endsWith("5\n");
    }
  }

  @Test
  void answers400ToABodyThatEndsEarly() throws Exception {
    door.post("/write", this::echoLength).open();

    try (RawConnection raw = door.raw()) {
      raw.send("POST /write HTTP/1.1\nHost: localhost\nContent-Length: 50\n\nhello").halfClose();
      assertThat(raw.readToEnd()).startsWith("HTTP/1.1 400").contains("broke off");
    }
  }

  @Test
  void answers400ToBrokenChunks() throws Exception {
    door.post("/write", this::echoLength).open();

    try (RawConnection raw = door.raw()) {
      raw.send("POST /write HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\nzz\nhello");
      assertThat(raw.readToEnd()).startsWith("HTTP/1.1 400");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'GET / HTTP/9.9\n\n', 505",
    "'garbage\n\n', 400",
    "'GET / HTTP/1.1\n\n', 400",
    "'GET / HTTP/1.1\nHost: a\nHost: b\n\n', 400",
    "'POST /write HTTP/1.1\nHost: localhost\nContent-Length: 5\nContent-Length: 6\n\n', 400",
    "'POST /write HTTP/1.1\nHost: localhost\nContent-Length: -1\n\n', 400",
    "'GET /%zz HTTP/1.1\nHost: localhost\n\n', 400",
  })
  void answersBrokenHeadsInOnePlainLine(String head, int status) throws Exception {
    door.post("/write", this::echoLength).open();

    try (RawConnection raw = door.raw()) {
      String answer = raw.send(head).readToEnd();
      assertThat(answer)
          .startsWith("HTTP/1.1 " + status)
          .doesNotContain("Exception", "<html", "\tat ");
      assertThat(answer.contains("Retry-After: 1\r\n")).isEqualTo(status >= 500);
    }
    assertThat(door.fetch("/-/healthy").statusCode()).isEqualTo(200);
  }

  @Test
  void boundsHeadersAndRequestLines() throws Exception {
    door.open();

    try (RawConnection raw = door.raw()) {
      raw.send("GET /-/healthy HTTP/1.1\nHost: localhost\nX: " + "y".repeat(20_000) + "\n\n");
      assertThat(raw.readToEnd()).startsWith("HTTP/1.1 431");
    }
    try (RawConnection raw = door.raw()) {
      raw.send("GET /" + "y".repeat(20_000) + " HTTP/1.1\nHost: localhost\n\n");
      assertThat(raw.readToEnd()).startsWith("HTTP/1.1 414");
    }
  }

  @Test
  void answers503WhenTooManyRequestsWork() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    door.limits(SMALL.withConcurrentRequests(1))
        .post(
            "/write",
            _ -> {
              entered.countDown();
              await(leave);
              return Response.empty(204);
            })
        .open();

    try (RawConnection first = door.raw()) {
      first.send("POST /write HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n");
      entered.await();
      HttpResponse<String> second = door.send("/write", new byte[10]);
      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.headers().firstValue("retry-after")).contains("1");
      assertThat(door.fetch("/-/healthy").statusCode()).isEqualTo(200);
      leave.countDown();
      assertThat(first.readHead()).startsWith("HTTP/1.1 204");
    }
    assertThat(untilNot503(() -> door.send("/write", new byte[10]))).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({"/page, 3, 204", "/write, 4, 503"})
  void leavesAQuarterOfTheRequestsToOthersThanTheConsole(String path, int filled, int other)
      throws Exception {
    CountDownLatch entered = new CountDownLatch(filled);
    CountDownLatch leave = new CountDownLatch(1);
    Handler waiting =
        request -> {
          if (request.query().equals("wait")) {
            entered.countDown();
            await(leave);
          }
          return Response.empty(204);
        };
    door.limits(SMALL.withConcurrentRequests(4))
        .get(Door.CONSOLE, "/page", waiting)
        .get(Door.PROMETHEUS, "/write", waiting)
        .open();
    List<RawConnection> held = new ArrayList<>();
    try {
      for (int i = 0; i < filled; i++) {
        held.add(door.raw().send("GET " + path + "?wait HTTP/1.1\nHost: localhost\n\n"));
      }
      entered.await();
      for (int i = 0; i < 4; i++) {
        assertThat(door.fetch("/page").statusCode()).isEqualTo(503);
      }
      assertThat(door.fetch("/write").statusCode()).isEqualTo(other);
      leave.countDown();
      assertThat(untilNot503(() -> door.fetch("/page"))).isEqualTo(204);
    } finally {
      leave.countDown();
      for (RawConnection each : held) {
        each.close();
      }
    }
  }

  @Test
  void answers503WhenBodiesInFlightFillTheirRoom() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    door.limits(SMALL.withBodyBytesInFlight(100_000))
        .post(
            "/write",
            request -> {
              entered.countDown();
              await(leave);
              return echoLength(request);
            })
        .open();

    try (RawConnection first = door.raw()) {
      first.send("POST /write HTTP/1.1\nHost: localhost\nContent-Length: 60000\n\n");
      entered.await();
      assertThat(door.send("/write", new byte[50_000]).statusCode()).isEqualTo(503);
      leave.countDown();
      first.send(new byte[60_000]);
      assertThat(first.readHead()).startsWith("HTTP/1.1 200");
    }
    assertThat(untilNot503(() -> door.send("/write", new byte[50_000]))).isEqualTo(200);
  }

  @Test
  void answers500InOneLineWhenAHandlerFails() throws Exception {
    door.post(
            "/write",
            _ -> {
              throw new IllegalStateException("secret detail");
            })
        .open();

    HttpResponse<String> answer = door.send("/write", "hello".getBytes(UTF_8));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .contains(answer.headers().firstValue("x-request-id").orElseThrow())
        .doesNotContain("secret", "Exception")
        .hasLineCount(1);
    assertThat(answer.headers().firstValue("retry-after")).contains("1");
  }

  @Test
  void cutsTheConnectionWhenAStreamedBodyFails() throws Exception {
    door.post(
            "/read",
            _ ->
                Response.streamed(
                    200,
                    Headers.empty(),
                    out -> {
                      out.write("first frame".getBytes(UTF_8));
                      out.flush();
                      throw new IllegalStateException("secret detail");
                    }))
        .open();

    try (RawConnection raw = door.raw()) {
      raw.send("POST /read HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n");
      String answer = raw.readToEnd();
      assertThat(answer)
          .startsWith("HTTP/1.1 200")
          .contains("first frame")
          .doesNotContain("\r\n0\r\n", "secret");
    }
  }

  @Test
  void streamsInChunksAndKeepsTheConnection() throws Exception {
    byte[] large = "0123456789abcdef".repeat(10_000).getBytes(ISO_8859_1);
    door.post(
            "/read",
            _ ->
                Response.streamed(
                    200,
                    Headers.empty(),
                    out -> {
                      out.write('>');
                      out.write(large);
                    }))
        .open();

    HttpResponse<String> answer = door.send("/read", new byte[0]);
    assertThat(answer.headers().firstValue("transfer-encoding")).contains("chunked");
    assertThat(answer.body()).hasSize(large.length + 1).startsWith(">0123");
  }

  @Test
  void keepsTheConnectionAfterARefusalOfASmallBody() throws Exception {
    door.post("/write", this::echoLength).open();

    try (RawConnection raw = door.raw()) {
      raw.send("PUT /write HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 405");
      raw.read("this path takes POST\n".length());
      raw.send("POST /write HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void saysContinueToASenderThatAsks() throws Exception {
    door.limits(SMALL).post("/write", this::echoLength).open();

    try (RawConnection raw = door.raw()) {
      raw.send(
          "POST /write HTTP/1.1\nHost: localhost\nExpect: 100-continue\nContent-Length: 5\n\n");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 100");
      raw.send("hello".getBytes(UTF_8));
      assertThat(raw.readHead()).startsWith("HTTP/1.1 200");
    }
    try (RawConnection raw = door.raw()) {
      raw.send(
          "POST /write HTTP/1.1\n"
              + "Host: localhost\n"
              + "Expect: 100-continue\n"
              + "Content-Length: 500000\n\n");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void isNotHeldToTheIdleTimeoutWhileAHandlerWorks() throws Exception {
    AtomicReference<CountDownLatch> leave = new AtomicReference<>(new CountDownLatch(1));
    door.limits(
            SMALL.withIdleTimeout(Duration.ofSeconds(1)).withAnswerTimeout(Duration.ofSeconds(1)))
        .post(
            "/write",
            _ -> {
              await(leave.get());
              return Response.empty(204);
            })
        .open();

    try (RawConnection idle = door.raw();
        RawConnection raw = door.raw()) {
      raw.send("POST /write HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n");
      // The idle connection is closed by the timeout, so by then it has run for both.
      assertThat(idle.readToEnd()).isEmpty();
      leave.get().countDown();
      assertThat(raw.readHead()).startsWith("HTTP/1.1 204");
    }
  }

  @Test
  void cutsAReceiverThatTakesNothing() throws Exception {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    door.limits(SMALL.withAnswerTimeout(Duration.ofMillis(100)))
        .post(
            "/read",
            _ ->
                Response.streamed(
                    200,
                    Headers.empty(),
                    out -> {
                      try {
                        for (int i = 0; i < 10_000; i++) {
                          out.write(new byte[64_000]);
                        }
                      } catch (IOException e) {
                        seen.set(e);
                        throw e;
                      } finally {
                        ended.countDown();
                      }
                    }))
        .open();

    try (RawConnection raw = door.raw()) {
      raw.send("POST /read HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n");
      assertThat(ended.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      assertThat(seen.get()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void closesAConnectionThatBringsNoRequestInTime() throws Exception {
    CountDownLatch leave = new CountDownLatch(1);
    door.limits(SMALL.withHeadTimeout(Duration.ofSeconds(1)))
        .post(
            "/write",
            _ -> {
              await(leave);
              return Response.empty(204);
            })
        .open();

    try (RawConnection working = door.raw();
        RawConnection silent = door.raw();
        RawConnection slow = door.raw()) {
      working.send("POST /write HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n");
      slow.send("POST /write HTTP/1.1\nHos");
      assertThat(silent.readToEnd()).doesNotContain("200");
      assertThat(slow.readToEnd()).doesNotContain("200");
      leave.countDown();
      assertThat(working.readHead()).startsWith("HTTP/1.1 204");
    }
  }

  /**
   * The status of a call that is made again where there is no room: it is free just after an
   * answer.
   */
  private static int untilNot503(Callable<HttpResponse<String>> call) throws Exception {
    long begun = System.nanoTime();
    int status = call.call().statusCode();
    while (status == 503 && System.nanoTime() - begun < Duration.ofSeconds(30).toNanos()) {
      status = call.call().statusCode();
    }
    return status;
  }

  private static String trickle(RawConnection raw) {
    for (int i = 0; i < 3_000; i++) {
      try {
        raw.send("x");
        Thread.onSpinWait();
        java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
      } catch (IOException _) {
        break;
      }
      if (raw.hasAnswer()) {
        break;
      }
    }
    return raw.readToEnd();
  }

  private Response echoLength(Request request) {
    handled.incrementAndGet();
    try {
      return Response.text(200, Integer.toString(request.body().readAllBytes().length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
