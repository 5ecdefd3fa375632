// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The console's files on a server of their own, with the headers that docs/console.md advises and a
 * config.json that says where the API is. Nothing else is answered.
 */
final class Bucket implements AutoCloseable {

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

  private final HttpServer server;
  private final String scheme;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String api = "";

  private Bucket(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  static Bucket plain() throws IOException {
    return new Bucket(HttpServer.create(loopback(), 0), "http");
  }

  static Bucket over(SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new Bucket(server, "https");
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Writes the config.json of a Weir. */
  void put(String api) {
    this.api = api;
  }

  /** As browsers send it. */
  String origin() {
    return scheme + "://localhost:" + server.getAddress().getPort();
  }

  /** The paths that were asked for. */
  List<String> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.add(path);
      byte @Nullable [] content = content(path.equals("/") ? "/index.html" : path);
      if (content == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", typeOf(path));
      exchange
          .getResponseHeaders()
          .set(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " font-src 'self'; connect-src 'self' %s; base-uri 'none';".formatted(api)
                  + " form-action 'none'; frame-ancestors 'none'");
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    }
  }

  private byte @Nullable [] content(String path) throws IOException {
    if (path.equals("/config.json")) {
      return "{\"api\":\"%s\",\"issuer\":null}".formatted(api).getBytes(StandardCharsets.UTF_8);
    }
    try (InputStream file = Bucket.class.getResourceAsStream("/dev/weir/console" + path)) {
      return file == null ? null : file.readAllBytes();
    }
  }

  private static String typeOf(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    return path.equals("/config.json")
        ? "application/json"
        : TYPES.getOrDefault(ending, TYPES.get("html"));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
