// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Response;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.StoreHealth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A server on a free port of loopback, with a client before it. */
final class Doorstep implements AutoCloseable {

  final AtomicReference<StoreHealth.Health> health =
      new AtomicReference<>(new StoreHealth.Health(true, "well"));
  final WeirMetrics metrics = new WeirMetrics("test");
  final AtomicReference<Instant> clock = new AtomicReference<>(Instant.EPOCH);
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Route> routes = new ArrayList<>();
  private ServerOptions options = ServerOptions.on("127.0.0.1:0");
  private @Nullable WeirServer server;

  Doorstep with(ServerOptions other) {
    options = other;
    return this;
  }

  ServerOptions options() {
    return options;
  }

  Doorstep limits(Limits limits) {
    options = options.withLimits(limits);
    return this;
  }

  Doorstep post(String path, Handler handler) {
    routes.add(Route.post(Door.PROMETHEUS, path, handler));
    return this;
  }

  Doorstep get(Door door, String path, Handler handler) {
    routes.add(Route.get(door, path, handler));
    return this;
  }

  Doorstep tree(Door door, String path, Handler handler) {
    routes.addAll(Route.tree(door, path, handler));
    return this;
  }

  Doorstep routes(List<Route> more) {
    routes.addAll(more);
    return this;
  }

  /** Opens, with a page of the console at {@code /here}. */
  Doorstep open() {
    routes.add(Route.get(Door.CONSOLE, "/here", _ -> Response.text(200, "here")));
    server = WeirServer.start(options, routes, health::get, metrics, clock::get);
    return this;
  }

  WeirServer server() {
    if (server == null) {
      throw new IllegalStateException("not open");
    }
    return server;
  }

  int port() {
    return server().port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  RawConnection raw() throws IOException {
    return new RawConnection(port());
  }

  HttpResponse<String> fetch(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(String path, byte[] body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    client.close();
  }
}
