// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import static dev.weir.store.timestream.query.AnswerText.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.query.Scope;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Detail;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.timestream.call.Connections;
import dev.weir.store.timestream.call.Destination;
import dev.weir.store.timestream.call.Effort;
import dev.weir.store.timestream.call.UpstreamListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The whole way of a query: signed, sent over a socket, read back. */
class TimestreamReaderHttpTest {

  private static final InstantSource CLOCK = InstantSource.system();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch never = new CountDownLatch(1);
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final ReadAheadLimit limit = new ReadAheadLimit();
  private HttpServer server;
  private Connections connections;
  private TimestreamReader reader;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    Random random = new Random(20_261_122);
    connections = Connections.open(16, CLOCK, random, UpstreamListener.NONE, Map.of());
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    Destination destination =
        new Destination(Optional.of("us-east-1"), Optional.of(uri), Optional.of(uri), "test");
    reader =
        new TimestreamReader(
            connections.signedBy(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("weir", "weir")),
                destination,
                new Effort(1, 1, 1)),
            CLOCK,
            random,
            limit);
  }

  @AfterEach
  void close() {
    reader.close();
    connections.close();
    server.stop(0);
    threads.shutdownNow();
  }

  /** Three pages, then a page that never comes; says what was asked for. */
  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    if (target.endsWith(".CancelQuery")) {
      asked.add("cancel");
      send(exchange, 200, "{\"CancellationMessage\":\"done\"}".getBytes(StandardCharsets.UTF_8));
    } else if (body.contains("too long")) {
      byte[] error =
          AnswerText.bytes(
              "{'__type':'ValidationException','Message':'Query aborted as max page response size"
                  + " has been exceeded by the output result row'}");
      send(exchange, 400, error);
    } else if (body.contains("\"NextToken\":\"t1\"")) {
      asked.add("t1");
      send(exchange, 200, texts("t2", "two"));
    } else if (body.contains("\"NextToken\":\"t2\"")) {
      asked.add("t2");
      hang();
    } else {
      asked.add("new");
      send(exchange, 200, texts("t1", "one"));
    }
  }

  private void hang() {
    try {
      never.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void fetchesPagesAheadAndCancelsTheOneThatHangs() throws Exception {
    QueryRequest request = request("SELECT 1");

    assertThat(AnswerText.text(reader.run(request).page(), 0)).isEqualTo("one");
    assertThat(ScriptedUpstream.next(asked)).isEqualTo("new");
    assertThat(ScriptedUpstream.next(asked)).isEqualTo("t1"); // Before anybody wants it.
    QueryPage second = reader.run(request.resume("t1"));
    assertThat(AnswerText.text(second.page(), 0)).isEqualTo("two");
    assertThat(ScriptedUpstream.next(asked)).isEqualTo("t2");

    FutureTask<String> third =
        new FutureTask<>(() -> {
          try {
            return "page " + reader.run(request.resume("t2"));
          } catch (StoreException e) {
            return e.kind() + " " + Thread.currentThread().isInterrupted();
          }
        });
    Thread waiting = Thread.ofVirtual().start(third);
    awaitWaiting(waiting);
    assertThat(reader.cancel(second.queryId())).isTrue();

    assertThat(third.get()).isEqualTo("CANCELLED false");
    assertThat(ScriptedUpstream.next(asked)).isEqualTo("cancel");
    assertThat(limit.pages()).isZero();
  }

  @Test
  void tellsThatARowIsTooLong() {
    assertThatThrownBy(() -> reader.run(request("SELECT too long")))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST);
              assertThat(e.detail()).contains(Detail.ROW_TOO_LARGE);
            });
  }

  /** Until a thread waits for its page, which is the only wait of it that has an end. */
  private static void awaitWaiting(Thread thread) {
    long begun = System.nanoTime();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(System.nanoTime() - begun).isLessThan(20_000_000_000L);
      Thread.onSpinWait();
    }
  }

  private static QueryRequest request(String text) {
    return new QueryRequest(text, Scope.all(), CLOCK.instant().plusSeconds(30));
  }
}
