// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import dev.weir.server.metrics.StoreFigures;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.server.page.FrontPage;
import dev.weir.server.page.OpenDoor;
import dev.weir.server.page.Overview;
import dev.weir.server.page.PageSettings;
import dev.weir.server.web.WebAccess;
import dev.weir.store.StoreHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The console door as it is for now: the page at the root and its figures. */
final class ConsoleDoor {

  private static final String NOTHING_NEEDED = "none, from this machine only";

  private final ServerOptions options;
  private final WebAccess access;
  private final StoreHealth store;
  private final WeirMetrics metrics;
  private final InstantSource clock;
  private final Instant start;
  private final Rate rate = new Rate();

  ConsoleDoor(
      ServerOptions options,
      WebAccess access,
      StoreHealth store,
      WeirMetrics metrics,
      InstantSource clock) {
    this.options = options;
    this.access = access;
    this.store = store;
    this.metrics = metrics;
    this.clock = clock;
    this.start = clock.instant();
  }

  List<Route> routes() {
    FrontPage page = new FrontPage(this::overview, this::settings);
    return List.of(
        Route.get(Door.CONSOLE, "/about", page::page),
        Route.get(Door.CONSOLE, "/api/v1/weir/overview", page::json));
  }

  private Overview overview() {
    StoreHealth.Health health = store.health();
    StoreFigures figures = metrics.storeFigures();
    long stored = metrics.storedSamples();
    Instant now = clock.instant();
    return new Overview(
        metrics.version(),
        health.ready(),
        health.message(),
        Duration.between(start, now).toMillis(),
        stored,
        rate.at(now, stored),
        metrics.rejectedSamples(),
        metrics.answeredRequests(),
        figures.series(),
        figures.storedBytes() + figures.logBytes(),
        figures.queuedPoints());
  }

  private PageSettings settings() {
    boolean prometheus = options.doors().contains(Door.PROMETHEUS);
    List<OpenDoor> doors = new ArrayList<>();
    if (prometheus) {
      String credentials = credentials();
      doors.add(new OpenDoor("Remote write", "POST", "/api/v1/write", credentials));
      doors.add(new OpenDoor("Remote read", "POST", "/api/v1/read", credentials));
      doors.add(new OpenDoor("Metrics", "GET", options.telemetryPath(), credentials));
    }
    if (options.doors().contains(Door.TIMESTREAM)) {
      String credentials =
          options.timestreamCredentials().isPresent() ? "AWS signature" : NOTHING_NEEDED;
      doors.add(new OpenDoor("Amazon Timestream", "POST", "/", credentials));
    }
    doors.add(new OpenDoor("This page", "GET", "/", NOTHING_NEEDED));
    return new PageSettings(
        doors,
        access.hasTls(),
        access.hasUsers(),
        access.needsCertificate(),
        prometheus,
        options.telemetryPath());
  }

  private String credentials() {
    if (options.requestCredentials()) {
      return "Amazon's, in each request";
    }
    if (access.needsCertificate()) {
      return access.hasUsers() ? "client certificate, user and password" : "client certificate";
    }
    return access.hasUsers() ? "user and password" : NOTHING_NEEDED;
  }
}
