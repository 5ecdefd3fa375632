// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The servers of the demonstration, each on a port of its own that is free, on this machine only.
 * Thread-safe.
 */
final class DemoServers implements AutoCloseable {

  /** Longer than any demonstration site is waited for. */
  private static final long SILENCE_MILLIS = 20_000;

  private static final int ANNOUNCED_BYTES = 5_000;
  private static final int REDIRECTS = 2;

  private final InstantSource clock;
  private final DemoCertificates certificates;
  private final Map<String, Integer> ports = new HashMap<>();
  private final Deque<Runnable> stops = new ArrayDeque<>();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

  private DemoServers(InstantSource clock, DemoCertificates certificates) {
    this.clock = clock;
    this.certificates = certificates;
  }

  /**
   * Starts one for each site.
   *
   * @throws IOException where no port is to be had
   */
  static DemoServers start(List<DemoSite> sites, DemoCertificates certificates, InstantSource clock)
      throws IOException {
    DemoServers servers = new DemoServers(clock, certificates);
    try {
      for (DemoSite site : sites) {
        servers.ports.put(site.id(), servers.listen(site));
      }
      return servers;
    } catch (IOException e) {
      servers.close();
      throw e;
    }
  }

  /** Where a site is. */
  String endpoint(DemoSite site) {
    // Certificates are for the name; what is encrypted is asked for by it.
    String host = site.listener().encrypted() ? "localhost" : "127.0.0.1";
    return "%s://%s:%d%s"
        .formatted(site.listener().scheme(), host, ports.get(site.id()), site.path());
  }

  @Override
  public void close() {
    while (!stops.isEmpty()) {
      stops.pop().run();
    }
    requests.shutdownNow();
  }

  private int listen(DemoSite site) throws IOException {
    return switch (site.listener()) {
      case NOBODY -> freePort();
      case MAIL -> mail();
      default -> web(site);
    };
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  /** A port where nobody listens: whoever comes is refused. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(anyPort());
      return socket.getLocalPort();
    }
  }

  private int web(DemoSite site) throws IOException {
    HttpServer server;
    if (site.listener().encrypted()) {
      HttpsServer encrypted = HttpsServer.create(anyPort(), 0);
      encrypted.setHttpsConfigurator(new HttpsConfigurator(certificates.server(site.listener())));
      server = encrypted;
    } else {
      server = HttpServer.create(anyPort(), 0);
    }
    server.setExecutor(requests);
    server.createContext("/", exchange -> answer(site, exchange));
    server.start();
    stops.push(() -> server.stop(0));
    return server.getAddress().getPort();
  }

  private void answer(DemoSite site, HttpExchange exchange) throws IOException {
    Behaviour.Answer answer = site.behaviour().at(clock.instant());
    try (exchange) {
      Thread.sleep(answer.delayMillis());
      switch (answer.fault()) {
        case STATUS -> send(exchange, 503, "The site is being looked after.\n");
        case BODY_MISMATCH -> send(exchange, 200, "An error occurred. Please try again later.\n");
        case TRUNCATED_BODY -> {
          exchange.sendResponseHeaders(200, ANNOUNCED_BYTES);
          exchange.getResponseBody().write("<!doctype html>".getBytes(UTF_8));
          exchange.getResponseBody().flush();
        }
        case TIMEOUT -> Thread.sleep(SILENCE_MILLIS);
        default -> well(exchange);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void well(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String redirect = "/moved/";
    if (path.startsWith(redirect)) {
      int count = Integer.parseInt(path.substring(redirect.length()));
      String next = count < REDIRECTS ? redirect + (count + 1) : "/";
      exchange.getResponseHeaders().set("Location", next);
      send(exchange, 301, "");
    } else if (path.startsWith("/api/")) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      send(exchange, 200, "{\"status\":\"ok\"}\n");
    } else {
      send(exchange, 200, "<!doctype html><title>Welcome</title><h1>Welcome</h1>\n");
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private int mail() throws IOException {
    ServerSocket server = new ServerSocket();
    server.bind(anyPort());
    stops.push(() -> {
      try {
        server.close();
      } catch (IOException _) {
        // it is gone with the process
      }
    });
    requests.execute(() -> greet(server));
    return server.getLocalPort();
  }

  private void greet(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket caller = server.accept();
        requests.execute(() -> greet(caller));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private static void greet(Socket caller) {
    try (caller) {
      caller.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes(UTF_8));
      caller.getInputStream().read();
    } catch (IOException _) {
      // whoever came is gone
    }
  }
}
