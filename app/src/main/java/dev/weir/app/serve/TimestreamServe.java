// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.checks.CheckStore;
import dev.weir.app.settings.ServeSettings;
import dev.weir.server.Route;
import dev.weir.server.ServerOptions;
import dev.weir.server.connector.ConnectorWatch;
import dev.weir.server.connector.Writers;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.StoreHealth;
import dev.weir.store.timestream.TimestreamStore;
import dev.weir.store.timestream.TimestreamStores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** {@code weir serve} on Timestream: the connector's way there, with the checks beside it. */
final class TimestreamServe {

  private TimestreamServe() {}

  static TimestreamWeir of(
      ServeSettings settings, ServeSettings.Timestream store, InstantSource clock) {
    return new TimestreamWeir(
        settings.table(),
        (stores, metrics, writers, parts) ->
            openChecks(settings, stores, metrics, writers, clock, parts),
        store.upstream(),
        settings.web(),
        settings.write(),
        settings.selfScrape(),
        true,
        clock);
  }

  /** Results go out under credentials of Weir's own, and into tables that are there. */
  private static List<Route> openChecks(
      ServeSettings settings,
      TimestreamStores stores,
      WeirMetrics metrics,
      Writers writers,
      InstantSource clock,
      RunningParts parts) {
    TimestreamStore own = stores.ofEnvironment();
    CheckStore store = new CheckStore(own, own, own, table -> {});
    ServerOptions port = RoomOptions.server(settings.web(), false);
    StoreHealth health = new HealthInBackground(own::health, HealthInBackground.WAIT);
    ConnectorWatch connector = ConnectorWatch.start(port, health, false, metrics, writers, clock);
    parts.add(connector::close);
    WebsiteChecks opened =
        WebsiteChecks.open(settings.checks(), port, connector, store, metrics, clock, parts);
    Path dataDir = settings.checks().dataDir();
    BackupSocket.open(parts, dataDir, DataFolderCopier.of(opened.documents(), dataDir));
    return opened.routes();
  }
}
