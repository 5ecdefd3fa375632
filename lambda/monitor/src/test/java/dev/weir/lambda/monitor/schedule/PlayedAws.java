// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server that answers calls of AWS as a test says, for what moto never does. */
public final class PlayedAws implements AutoCloseable {

  /**
   * One call.
   *
   * @param operation the last part of {@code X-Amz-Target}, or method and path
   */
  public record Call(String operation, String query, String body) {}

  /** What is answered; a status of an error with the error's name. */
  public record Answer(int status, String error, String body) {
    public static Answer ok(String body) {
      return new Answer(200, "", body);
    }

    public static Answer error(int status, String name) {
      return new Answer(
          status, name, "{\"__type\":\"%s\",\"message\":\"as the test says\"}".formatted(name));
    }
  }

  /** The test's part. */
  public interface Script {
    Answer answer(Call call);
  }

  private final HttpServer server;
  private final Script script;
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  public PlayedAws(Script script) {
    this.script = script;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String operation =
        target == null
            ? exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()
            : target.substring(target.indexOf('.') + 1);
    Call call =
        new Call(
            operation,
            String.valueOf(exchange.getRequestURI().getQuery()),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    calls.add(call);
    Answer answer = script.answer(call);
    byte[] body = answer.body().getBytes(UTF_8);
    if (!answer.error().isEmpty()) {
      exchange.getResponseHeaders().set("X-Amzn-ErrorType", answer.error());
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  public List<String> operations() {
    return calls.stream().map(Call::operation).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
