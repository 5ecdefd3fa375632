// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.backup.BackupServer;
import dev.weir.app.cli.Version;
import dev.weir.app.selfscrape.SelfScrape;
import dev.weir.app.settings.ServeSettings;
import dev.weir.exchange.Handler;
import dev.weir.prometheus.read.RemoteRead;
import dev.weir.prometheus.read.RemoteReadOptions;
import dev.weir.prometheus.write.RemoteWrite;
import dev.weir.server.Door;
import dev.weir.server.Route;
import dev.weir.server.ServerOptions;
import dev.weir.server.WeirServer;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.server.timestream.TimestreamDoor;
import dev.weir.server.timestream.TimestreamOptions;
import dev.weir.server.timestream.TimestreamStore;
import dev.weir.server.timestream.signing.Callers;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Weir: the rooms, put together by their constructors. */
final class Weir {

  /** Within what service managers wait, and long enough for all but the longest reads. */
  private static final Duration DRAIN_MAX = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(Weir.class);

  private final ServeSettings settings;
  private final InstantSource clock;
  private final WeirMetrics metrics = new WeirMetrics(Version.text());

  /** How each part stops; the part that was started last stops first. */
  private final Deque<Runnable> stops = new ArrayDeque<>();

  private Weir(ServeSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** A Weir that does nothing yet. */
  static Weir of(ServeSettings settings, InstantSource clock) {
    return new Weir(settings, clock);
  }

  /**
   * Starts everything; what was started stops again when the rest fails.
   *
   * @return the address to open
   * @throws dev.weir.store.StoreException when the data folder can't be used
   * @throws dev.weir.server.web.ServerConfigException when the server can't or must not listen
   */
  String start() {
    try {
      EmbeddedStore store = openStore();
      RemoteWrite write =
          new RemoteWrite(
              settings.table(),
              RoomOptions.write(settings.write(), Runtime.getRuntime().maxMemory()),
              WriteMetrics.of(metrics),
              clock);
      Handler read =
          new RemoteRead(
                  settings.table(), RemoteReadOptions.defaults(), ReadMetrics.of(metrics), clock)
              .over(store, store);
      WeirServer server = startServer(store, write.over(store), read);
      if (settings.selfScrape()) {
        startSelfScrape(server, write.over(store));
      }
      listenForBackups(store);
      FirstQuery.ask(store, settings.table(), clock);
      return server.url();
    } catch (RuntimeException | Error e) {
      stop();
      throw e;
    }
  }

  /** Drains: requests in flight end, what was acknowledged is durable. */
  void stop() {
    while (!stops.isEmpty()) {
      stops.pop().run();
    }
  }

  private EmbeddedStore openStore() {
    EngineMetrics engineMetrics = new EngineMetrics(metrics, clock);
    EmbeddedStore store =
        EmbeddedStore.open(
            EmbeddedStoreOptions.of(settings.dataDir())
                .withClock(clock)
                .withListener(engineMetrics));
    stops.push(store::close);
    metrics.watchStore(() -> engineMetrics.figures(store));
    store.createIfMissing(settings.table(), TableRules.own(settings.retention()));
    return store;
  }

  private WeirServer startServer(EmbeddedStore store, Handler write, Handler read) {
    ServerOptions options = RoomOptions.server(settings.web(), false);
    TimestreamDoor timestream =
        new TimestreamDoor(
            TimestreamStore.of(store),
            Callers.of(options.timestreamCredentials(), clock),
            TimestreamOptions.of(options.speaksTls()),
            clock,
            new SecureRandom(),
            metrics);
    stops.push(timestream::close);
    List<Route> routes =
        List.of(
            Route.post(Door.TIMESTREAM, "/", timestream),
            Route.post(Door.PROMETHEUS, "/write", write),
            Route.post(Door.PROMETHEUS, "/api/v1/write", write),
            Route.post(Door.PROMETHEUS, "/read", read),
            Route.post(Door.PROMETHEUS, "/api/v1/read", read));
    WeirServer server = WeirServer.start(options, routes, store, metrics, clock);
    stops.push(() -> server.drain(DRAIN_MAX));
    return server;
  }

  private void startSelfScrape(WeirServer server, Handler write) {
    SelfScrape selfScrape =
        new SelfScrape(metrics::samples, write, server.address().toString(), clock);
    stops.push(selfScrape::close);
    selfScrape.start();
  }

  private void listenForBackups(EmbeddedStore store) {
    try {
      BackupServer backups =
          BackupServer.open(settings.dataDir(), new EmbeddedStoreCopier(store, settings.dataDir()));
      stops.push(backups::close);
    } catch (IOException | UnsupportedOperationException e) {
      // A full disk may be why, or a file system without sockets or modes; what is kept can still
      // be read, so that is no reason not to start.
      LOG.warn("There is no backup socket; weir backup will not work until a restart", e);
    }
  }
}
