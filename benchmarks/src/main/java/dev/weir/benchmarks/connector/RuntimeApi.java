// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's side of a function (Lambda developer guide, "Using the Lambda runtime API"), with the
 * moments at which the function asks and answers. For one process.
 */
final class RuntimeApi implements AutoCloseable {

  private static final String API = "/2018-06-01/runtime";
  private static final long LIMIT_SECONDS = 60;

  private final HttpServer server;
  private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answered> answers = new LinkedBlockingQueue<>();

  /**
   * What the function said of an event.
   *
   * @param atNanos when all of it was there
   */
  record Answered(long atNanos, String text) {}

  private RuntimeApi(HttpServer server) {
    this.server = server;
  }

  static RuntimeApi open() throws IOException {
    // The JDK's server writes an answer in two pieces; the second would wait 40 ms for the client.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    RuntimeApi api =
        new RuntimeApi(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    api.server.setExecutor(Executors.newCachedThreadPool());
    api.server.createContext(API + "/invocation/next", api::next);
    api.server.createContext(API + "/restore/next", exchange -> answer(exchange, 200, new byte[0]));
    api.server.createContext(API + "/invocation/", api::take);
    api.server.createContext(API + "/init/error", api::take);
    api.server.start();
    return api;
  }

  /** Host and port, as the runtime interface client is told. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void next(HttpExchange exchange) throws IOException {
    asked.add(System.nanoTime());
    byte[] event;
    try {
      event = events.take();
    } catch (InterruptedException e) {
      exchange.close();
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
    headers.set("Lambda-Runtime-Deadline-Ms", "4102444800000");
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:1:function:connector");
    answer(exchange, 200, event);
  }

  private void take(HttpExchange exchange) throws IOException {
    String said = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    long now = System.nanoTime();
    String path = exchange.getRequestURI().getPath();
    answers.add(new Answered(now, path.endsWith("/response") ? said : "error: " + said));
    answer(exchange, 202, new byte[0]);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    // The client's native part takes a missing content type for a text, and crashes.
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** When the function asked for an event: its initialization, or its last answer, is done. */
  long awaitAsked() throws IOException, InterruptedException {
    Long at = asked.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (at == null) {
      Answered said = answers.poll();
      throw new IOException("the function asked for no event; it said " + said);
    }
    return at;
  }

  /** Hands out an event, and waits for what is said of it. */
  Answered invoke(byte[] event) throws IOException, InterruptedException {
    events.add(event);
    Answered answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new IOException("the function did not answer within " + LIMIT_SECONDS + " s");
    }
    return answer;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
