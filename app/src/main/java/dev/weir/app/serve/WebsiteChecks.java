// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.api.CustomerScope;
import dev.weir.api.SiteStates;
import dev.weir.api.SitesApi;
import dev.weir.app.settings.ServeSettings;
import dev.weir.app.sites.SitesFile;
import dev.weir.monitor.site.SiteBook;
import dev.weir.server.Door;
import dev.weir.server.Route;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.embedded.document.FileDocuments;
import java.time.InstantSource;
import java.util.List;

/** The sites of a running Weir: its documents, their API and their file, whatever the store. */
final class WebsiteChecks {

  /** Where this process checks from, for sites that name no region. */
  private static final String REGION = "local";

  private final FileDocuments documents;
  private final List<Route> routes;

  private WebsiteChecks(FileDocuments documents, List<Route> routes) {
    this.documents = documents;
    this.routes = routes;
  }

  /** Opens the documents, and applies the file of sites where there is one. */
  static WebsiteChecks open(
      ServeSettings.Checks settings, WeirMetrics metrics, InstantSource clock, RunningParts parts) {
    FileDocuments documents = FileDocuments.open(settings.dataDir());
    parts.add(documents::close);
    SiteBook book = new SiteBook(documents, REGION);
    settings
        .sitesFile()
        .ifPresent(path -> {
          SitesFile file = new SitesFile(path, documents, book, REGION);
          metrics.gauge(
              "weir_sites_file_last_reload_successful",
              "Whether --sites.file as it is now was applied.",
              () -> file.lastSuccessful() ? 1 : 0);
          parts.add(file::close);
          file.start();
        });
    SitesApi api = new SitesApi(book, SiteStates.none(), REGION, clock);
    // Nobody signs in yet: the door is open on loopback only, to the operator.
    return new WebsiteChecks(
        documents,
        Route.tree(Door.CONSOLE, SitesApi.PATH, request -> api.handle(request, CustomerScope.ALL)));
  }

  /** What a backup copies. */
  FileDocuments documents() {
    return documents;
  }

  /** What the console's door answers. */
  List<Route> routes() {
    return routes;
  }
}
