// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import dev.weir.benchmarks.timestream.StubOptions.Behaviour;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes connections of loopback, one platform thread each: a thread that blocks in the kernel costs
 * less than one that is handed over.
 */
final class StubServer {

  private static final String TARGET_PREFIX = "Timestream_20181101.";
  private static final int BACKLOG = 1_024;

  private final ServerSocket listener;
  private final Figures figures = new Figures();
  private final WriteCalls writes = new WriteCalls(figures);
  private final QueryCalls queries;
  private final Optional<ServerSocket> tlsListener;
  private volatile Behaviour behaviour;

  private StubServer(
      ServerSocket listener, Optional<ServerSocket> tlsListener, StubOptions options) {
    this.listener = listener;
    this.tlsListener = tlsListener;
    this.behaviour = options.behaviour();
    this.queries =
        new QueryCalls(new StoredPoints(options.series()), options.pageBytesMax(), figures);
  }

  static StubServer start(StubOptions options) throws IOException {
    ServerSocket listener =
        new ServerSocket(options.port(), BACKLOG, InetAddress.getLoopbackAddress());
    Optional<ServerSocket> tlsListener = Optional.empty();
    if (options.identity().isPresent()) {
      tlsListener = Optional.of(TlsListener.open(options.identity().get(), BACKLOG));
    }
    StubServer server = new StubServer(listener, tlsListener, options);
    server.listen(listener);
    tlsListener.ifPresent(server::listen);
    return server;
  }

  private void listen(ServerSocket on) {
    Thread.ofPlatform().daemon().name("accept").start(() -> accept(on));
  }

  int port() {
    return listener.getLocalPort();
  }

  OptionalInt tlsPort() {
    return tlsListener.stream().mapToInt(ServerSocket::getLocalPort).findFirst();
  }

  private void accept(ServerSocket on) {
    while (true) {
      try {
        Socket socket = on.accept();
        figures.connections.increment();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException e) {
        System.err.println("accept: " + e.getMessage());
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (HttpConnection connection = new HttpConnection(socket)) {
      while (connection.read()) {
        Reply reply = answer(connection);
        waitUntil(connection.readAtNanos() + reply.delayMillis() * 1_000_000L);
        connection.write(reply);
      }
    } catch (IOException e) {
      figures.brokenConnections.increment();
    }
  }

  private Reply answer(HttpConnection request) {
    try {
      return switch (request.path()) {
        case "/" -> call(request);
        case "/figures" -> Reply.json(figures.json());
        case "/reset" -> {
          figures.reset();
          yield Reply.json("{}");
        }
        default -> request.path().startsWith("/settings?") ? set(request.path()) : Reply.missing();
      };
    } catch (RefusedException e) {
      figures.fault(e.getMessage());
      return Reply.refused(e.type(), e.getMessage());
    } catch (RuntimeException e) {
      figures.fault(e.toString());
      return Reply.refused("InternalServerException", e.toString());
    }
  }

  private Reply call(HttpConnection request) {
    String target = request.header("x-amz-target");
    String operation =
        target.startsWith(TARGET_PREFIX) ? target.substring(TARGET_PREFIX.length()) : target;
    figures.caller(request.header("authorization"));
    return switch (operation) {
      case "WriteRecords" -> writes.answer(request.body(), request.bodyLength(), behaviour);
      case "Query" -> queries.answer(request.body(), request.bodyLength(), behaviour.pageDelay());
      case "CancelQuery" -> Reply.json("{\"CancellationMessage\":\"Query is cancelled.\"}");
      case "DescribeEndpoints" ->
          Reply.json(
              "{\"Endpoints\":[{\"Address\":\"http://127.0.0.1:%d\",\"CachePeriodInMinutes\":1440}]}"
                  .formatted(port()));
      default -> throw new RefusedException("UnknownOperationException", operation);
    };
  }

  private Reply set(String path) {
    Map<String, String> given = new HashMap<>();
    for (String setting : path.substring(path.indexOf('?') + 1).split("&")) {
      String[] parts = setting.split("=", 2);
      given.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    behaviour = behaviour.with(given);
    if (!given.isEmpty()) {
      throw new RefusedException("ValidationException", "unknown settings: " + given.keySet());
    }
    return new Reply(200, behaviour.toString().getBytes(StandardCharsets.UTF_8), 0);
  }

  private static void waitUntil(long nanos) {
    for (long rest = nanos - System.nanoTime(); rest > 0; rest = nanos - System.nanoTime()) {
      LockSupport.parkNanos(rest);
    }
  }
}
