// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.api.Api;
import dev.weir.api.call.Operation;
import dev.weir.api.caller.Authentication;
import dev.weir.api.caller.MeApi;
import dev.weir.api.connector.ConnectorApi;
import dev.weir.api.openapi.OpenApiApi;
import dev.weir.api.query.QueryApi;
import dev.weir.api.result.IncidentsApi;
import dev.weir.api.result.ResultsApi;
import dev.weir.api.site.SitesApi;
import dev.weir.api.trial.TrialsApi;
import dev.weir.app.checks.CheckStore;
import dev.weir.app.checks.SiteWatch;
import dev.weir.app.cli.Version;
import dev.weir.app.settings.ServeSettings;
import dev.weir.app.sites.SitesFile;
import dev.weir.monitor.notice.IncidentReader;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.monitor.site.SiteBook;
import dev.weir.server.Route;
import dev.weir.server.ServerOptions;
import dev.weir.server.connector.ConnectorWatch;
import dev.weir.server.console.ConsoleRoutes;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.embedded.document.FileDocuments;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The sites of a running Weir: its documents, their API, their file, and the watch over them. */
final class WebsiteChecks {

  private final FileDocuments documents;
  private final List<Route> routes;

  private WebsiteChecks(FileDocuments documents, List<Route> routes) {
    this.documents = documents;
    this.routes = routes;
  }

  /**
   * Opens the documents, applies the file of sites where there is one, and begins to check.
   *
   * @param port tells who comes in at the console's door
   * @param connector tells how the other doors do
   */
  static WebsiteChecks open(
      ServeSettings.Checks settings,
      ServerOptions port,
      ConnectorWatch connector,
      CheckStore store,
      WeirMetrics metrics,
      InstantSource clock,
      RunningParts parts) {
    String region = settings.running().schedule().region();
    FileDocuments documents = FileDocuments.open(settings.dataDir());
    parts.add(documents::close);
    SiteBook book = new SiteBook(documents, region);
    settings
        .sitesFile()
        .ifPresent(path -> {
          SitesFile file = new SitesFile(path, documents, book, region);
          metrics.gauge(
              "weir_sites_file_last_reload_successful",
              "Whether --sites.file as it is now was applied.",
              () -> file.lastSuccessful() ? 1 : 0);
          parts.add(file::close);
          file.start();
        });
    SiteWatch watch = SiteWatch.start(settings.running(), book, documents, store, metrics, clock);
    parts.add(watch::close);
    List<Operation> operations = new ArrayList<>();
    operations.addAll(new OpenApiApi(Version.text()).operations());
    operations.addAll(new MeApi(authentication(port), Version.text(), book).operations());
    parts.endBeforeDrain(watch.overview()::endStreams);
    operations.addAll(watch.overview().operations());
    operations.addAll(new SitesApi(book, watch.overview(), region, clock).operations());
    operations.addAll(new IncidentsApi(new IncidentReader(documents, clock)).operations());
    operations.addAll(results(settings, store, book, clock).operations());
    operations.addAll(
        new TrialsApi(book, watch.prober(), settings.running()::policy, region, clock)
            .operations());
    operations.addAll(
        new QueryApi(
                store.queries(),
                store.catalog(),
                settings.running().recorder().tables(),
                clock,
                new SecureRandom())
            .operations());
    operations.addAll(new ConnectorApi(connector::figures).operations());
    Api api = new Api(operations);
    List<Route> routes = new ArrayList<>(PrometheusProbes.routes(settings.running(), watch));
    routes.addAll(ConsoleRoutes.of(api, port, clock));
    return new WebsiteChecks(documents, routes);
  }

  private static Authentication authentication(ServerOptions port) {
    return port.console().users().isPresent() ? Authentication.LOCAL : Authentication.NONE;
  }

  private static ResultsApi results(
      ServeSettings.Checks settings, CheckStore store, SiteBook book, InstantSource clock) {
    HourlyRollup hours =
        new HourlyRollup(store.queries(), store.catalog(), store.writer(), store.tables(), clock);
    return new ResultsApi(
        book,
        settings.running().recorder().tables(),
        store.queries(),
        store.catalog(),
        hours,
        clock);
  }

  /** What a backup copies. */
  FileDocuments documents() {
    return documents;
  }

  /** What the doors of the console and of Prometheus answer. */
  List<Route> routes() {
    return routes;
  }
}
