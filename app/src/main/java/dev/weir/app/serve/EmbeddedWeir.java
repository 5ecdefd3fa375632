// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.checks.CheckStore;
import dev.weir.app.cli.Version;
import dev.weir.app.selfscrape.SelfScrape;
import dev.weir.app.settings.ServeSettings;
import dev.weir.app.settings.ServeSettings.Embedded;
import dev.weir.exchange.Handler;
import dev.weir.prometheus.read.RemoteRead;
import dev.weir.prometheus.read.RemoteReadOptions;
import dev.weir.prometheus.write.RemoteWrite;
import dev.weir.server.Door;
import dev.weir.server.Route;
import dev.weir.server.ServerOptions;
import dev.weir.server.WeirServer;
import dev.weir.server.connector.ConnectorWatch;
import dev.weir.server.connector.Writers;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.server.timestream.TimestreamDoor;
import dev.weir.server.timestream.TimestreamOptions;
import dev.weir.server.timestream.TimestreamStore;
import dev.weir.server.timestream.signing.Callers;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Weir on its own engine: the rooms, put together by their constructors. */
final class EmbeddedWeir implements Service {

  private final ServeSettings settings;
  private final Embedded files;
  private final InstantSource clock;
  private final WeirMetrics metrics = new WeirMetrics(Version.text());
  private final RunningParts parts = new RunningParts();

  EmbeddedWeir(ServeSettings settings, Embedded files, InstantSource clock) {
    this.settings = settings;
    this.files = files;
    this.clock = clock;
  }

  @Override
  public String start() {
    try {
      EmbeddedStore store = openStore();
      Writers writers = new Writers(clock);
      WebsiteChecks checks = startChecks(store, writers);
      RemoteWrite write =
          new RemoteWrite(
              settings.table(),
              RoomOptions.write(settings.write(), Runtime.getRuntime().maxMemory()),
              WriteMetrics.of(metrics),
              clock);
      RemoteRead read =
          new RemoteRead(
              settings.table(), RemoteReadOptions.defaults(), ReadMetrics.of(metrics), clock);
      WeirServer server =
          startServer(
              store, writers.hearing(write.over(store)), read.over(store, store), checks.routes());
      if (settings.selfScrape()) {
        SelfScrape selfScrape =
            new SelfScrape(metrics::samples, write.over(store), server.address().toString(), clock);
        parts.add(selfScrape::close);
        writers.writesItself(SelfScrape.INTERVAL);
        selfScrape.start();
      }
      BackupSocket.open(
          parts, files.dataDir(), DataFolderCopier.of(store, checks.documents(), files.dataDir()));
      FirstQuery.ask(store, settings.table(), clock);
      return server.url();
    } catch (RuntimeException | Error e) {
      stop();
      throw e;
    }
  }

  @Override
  public void stop() {
    parts.stop();
  }

  private EmbeddedStore openStore() {
    EngineMetrics engineMetrics = new EngineMetrics(metrics, clock);
    EmbeddedStore store =
        EmbeddedStore.open(
            EmbeddedStoreOptions.of(files.dataDir()).withClock(clock).withListener(engineMetrics));
    parts.add(store::close);
    metrics.watchStore(() -> engineMetrics.figures(store));
    store.createIfMissing(settings.table(), TableRules.own(files.retention()));
    return store;
  }

  private WebsiteChecks startChecks(EmbeddedStore store, Writers writers) {
    TableRules rules = TableRules.own(files.retention());
    ServerOptions port = RoomOptions.server(settings.web(), false);
    ConnectorWatch connector = ConnectorWatch.start(port, store, true, metrics, writers, clock);
    parts.add(connector::close);
    return WebsiteChecks.open(
        settings.checks(),
        port,
        connector,
        new CheckStore(store, store, store, table -> store.createIfMissing(table, rules)),
        metrics,
        clock,
        parts);
  }

  private WeirServer startServer(
      EmbeddedStore store, Handler write, Handler read, List<Route> more) {
    ServerOptions options = RoomOptions.server(settings.web(), false);
    TimestreamDoor timestream =
        new TimestreamDoor(
            TimestreamStore.of(store),
            Callers.of(options.timestreamCredentials(), clock),
            TimestreamOptions.of(options.speaksTls()),
            clock,
            new SecureRandom(),
            metrics);
    parts.add(timestream::close);
    List<Route> routes = new ArrayList<>(PrometheusRoutes.of(write, read));
    routes.add(Route.post(Door.TIMESTREAM, "/", timestream));
    routes.addAll(more);
    return parts.listen(options, routes, store, metrics, clock);
  }
}
