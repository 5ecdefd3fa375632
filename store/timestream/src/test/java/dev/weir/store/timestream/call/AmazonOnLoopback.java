// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server that answers as a test says, and keeps what it was asked. */
public final class AmazonOnLoopback implements AutoCloseable {

  /** A request as it came. */
  public record Asked(String target, Map<String, List<String>> headers, byte[] body) {
    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** Answers a request; may block or break the connection. */
  public interface Handler {
    void answer(Asked asked, HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Handler handler;

  public AmazonOnLoopback(Handler handler) {
    this.handler = handler;
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public void answers(Handler other) {
    handler = other;
  }

  public URI uri() {
    return URI.create("http://" + authority());
  }

  public String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Asked> asked() {
    return asked;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    Asked request =
        new Asked(
            target.substring(target.indexOf('.') + 1),
            Map.copyOf(exchange.getRequestHeaders()),
            exchange.getRequestBody().readAllBytes());
    asked.add(request);
    handler.answer(request, exchange);
  }

  public static void json(HttpExchange exchange, int status, String body) throws IOException {
    text(exchange, status, "application/x-amz-json-1.0", body);
  }

  static void text(HttpExchange exchange, int status, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  static void error(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    json(exchange, status, "{\"__type\":\"%s\",\"Message\":\"%s\"}".formatted(type, message));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
