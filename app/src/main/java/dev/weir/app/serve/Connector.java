// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.cli.Version;
import dev.weir.app.settings.ConnectorFlags.CredentialsSource;
import dev.weir.app.settings.ConnectorSettings;
import dev.weir.exchange.Handler;
import dev.weir.exchange.Response;
import dev.weir.prometheus.read.RemoteRead;
import dev.weir.prometheus.read.RemoteReadOptions;
import dev.weir.prometheus.write.RemoteWrite;
import dev.weir.server.Door;
import dev.weir.server.Route;
import dev.weir.server.WeirServer;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.StoreHealth;
import dev.weir.store.timestream.TimestreamOptions;
import dev.weir.store.timestream.TimestreamStore;
import dev.weir.store.timestream.TimestreamStores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** A running connector: Prometheus on one side, Timestream on the other, nothing kept between. */
final class Connector {

  private static final Duration DRAIN_MAX = Duration.ofSeconds(20);

  private final ConnectorSettings settings;
  private final InstantSource clock;
  private final WeirMetrics metrics = new WeirMetrics(Version.text());
  private final UpstreamMetrics upstream = new UpstreamMetrics(metrics);
  private final Deque<Runnable> stops = new ArrayDeque<>();

  Connector(ConnectorSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Starts to listen.
   *
   * @return the address to send to
   */
  String start() {
    try {
      TimestreamStores stores = TimestreamStores.open(options());
      stops.push(stores::close);
      RemoteWrite write =
          new RemoteWrite(
              settings.table(),
              RoomOptions.write(settings.write(), Runtime.getRuntime().maxMemory()),
              WriteMetrics.beside(upstream),
              clock);
      boolean perRequest = settings.credentials() == CredentialsSource.REQUEST;
      Handler writes = perRequest ? perRequest(stores, write::over) : lazily(stores, write::over);
      RemoteRead read =
          new RemoteRead(
              settings.table(), RemoteReadOptions.defaults(), ReadMetrics.beside(upstream), clock);
      Function<TimestreamStore, Handler> readOver = store -> read.over(store, store);
      Handler reads = perRequest ? perRequest(stores, readOver) : lazily(stores, readOver);
      List<Route> routes =
          List.of(
              Route.post(Door.PROMETHEUS, "/write", writes),
              Route.post(Door.PROMETHEUS, "/api/v1/write", writes),
              Route.post(Door.PROMETHEUS, "/read", reads),
              Route.post(Door.PROMETHEUS, "/api/v1/read", reads));
      WeirServer server =
          WeirServer.start(
              RoomOptions.server(settings.web(), perRequest),
              routes,
              () -> new StoreHealth.Health(true, "ready"),
              metrics,
              clock);
      stops.push(() -> server.drain(DRAIN_MAX));
      return server.url();
    } catch (RuntimeException | Error e) {
      stop();
      throw e;
    }
  }

  /** Drains: requests in flight end. */
  void stop() {
    while (!stops.isEmpty()) {
      stops.pop().run();
    }
  }

  private TimestreamOptions options() {
    ConnectorSettings.Upstream told = settings.upstream();
    return TimestreamOptions.defaults(clock)
        .inRegion(told.region())
        .at(told.writeEndpoint(), told.queryEndpoint())
        .withAttempts(told.writeAttemptsMax(), told.readAttemptsMax())
        .heardBy(upstream, "weir/" + Version.text());
  }

  /** The store is made at the first request: until then nothing is asked of the surroundings. */
  private static Handler lazily(
      TimestreamStores stores, Function<TimestreamStore, Handler> handlers) {
    return request -> handlers.apply(stores.ofEnvironment()).handle(request);
  }

  private static Handler perRequest(
      TimestreamStores stores, Function<TimestreamStore, Handler> handlers) {
    return request ->
        RequestCredentials.of(request.headers())
            .map(credentials -> handlers.apply(stores.of(credentials)).handle(request))
            .orElseGet(() ->
                Response.text(
                        401,
                        "AWS credentials are needed: access key and secret as user and password")
                    .with("WWW-Authenticate", "Basic realm=\"AWS\", charset=\"UTF-8\""));
  }
}
