// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real server that notes what is posted to it and answers as it is told. */
final class Receiver implements AutoCloseable {

  /** What came. */
  record Posted(String path, Map<String, List<String>> headers, String body) {}

  private final HttpServer server;
  private final BlockingQueue<Posted> posted = new LinkedBlockingQueue<>();
  private final Deque<Integer> statuses = new ArrayDeque<>();

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          int status = nextStatus();
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
          posted.add(
              new Posted(
                  exchange.getRequestURI().getPath(),
                  Map.copyOf(exchange.getRequestHeaders()),
                  body));
        });
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The next answers; 204 after them. */
  synchronized void answer(int... next) {
    for (int status : next) {
      statuses.add(status);
    }
  }

  Posted take() throws InterruptedException {
    Posted one = posted.poll(30, TimeUnit.SECONDS);
    if (one == null) {
      throw new AssertionError("nothing was posted within 30 s");
    }
    return one;
  }

  int waiting() {
    return posted.size();
  }

  private synchronized int nextStatus() {
    return statuses.isEmpty() ? 204 : statuses.poll();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
