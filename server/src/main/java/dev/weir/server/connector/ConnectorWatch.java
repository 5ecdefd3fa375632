// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.connector;

import dev.weir.api.connector.ConnectorFigures;
import dev.weir.server.Door;
import dev.weir.server.ServerOptions;
import dev.weir.server.metrics.StoreFigures;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.server.web.WebAccess;
import dev.weir.store.StoreHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gathers how this process does as a connector, out of its own metrics. Thread-safe. */
public final class ConnectorWatch implements AutoCloseable {

  private static final String NOTHING_NEEDED = "none, from this machine only";
  private static final String UPSTREAM = "weir_upstream_attempts_total";
  private static final String UPSTREAM_SECONDS = "weir_upstream_attempt_duration_seconds";

  private final ServerOptions options;
  private final WebAccess access;
  private final StoreHealth store;
  private final boolean embedded;
  private final WeirMetrics metrics;
  private final Writers writers;
  private final InstantSource clock;
  private final Instant start;
  private final SampleHistory history;

  private ConnectorWatch(
      ServerOptions options,
      StoreHealth store,
      boolean embedded,
      WeirMetrics metrics,
      Writers writers,
      InstantSource clock) {
    this.options = options;
    this.access = options.access(clock);
    this.store = store;
    this.embedded = embedded;
    this.metrics = metrics;
    this.writers = writers;
    this.clock = clock;
    this.start = clock.instant();
    this.history = new SampleHistory(metrics::storedSamples, clock);
  }

  /**
   * Begins to look at the counts.
   *
   * @param embedded whether the store is our own, not Timestream
   */
  public static ConnectorWatch start(
      ServerOptions options,
      StoreHealth store,
      boolean embedded,
      WeirMetrics metrics,
      Writers writers,
      InstantSource clock) {
    ConnectorWatch watch = new ConnectorWatch(options, store, embedded, metrics, writers, clock);
    watch.history.start();
    return watch;
  }

  /** How it is now. */
  public ConnectorFigures figures() {
    StoreHealth.Health health = store.health();
    StoreFigures stored = metrics.storeFigures();
    Figures figures = new Figures(metrics.samples());
    return new ConnectorFigures(
        metrics.version(),
        health.ready(),
        health.message(),
        Duration.between(start, clock.instant()),
        embedded,
        metrics.storedSamples(),
        history.perSecond(),
        figures.all("weir_samples_rejected_total").stream()
            .map(sample ->
                new ConnectorFigures.Rejected(
                    label(sample.labels(), "reason"), Math.round(sample.value())))
            .toList(),
        figures.all("weir_http_requests_total").stream()
            .map(sample ->
                new ConnectorFigures.Requests(
                    label(sample.labels(), "path"),
                    label(sample.labels(), "status"),
                    Math.round(sample.value())))
            .toList(),
        embedded ? null : upstream(figures),
        stored.series(),
        stored.storedBytes() + stored.logBytes(),
        stored.queuedPoints(),
        writers.all(),
        writers.ownEvery(),
        doors(),
        new PrometheusYaml(
                options.doors().contains(Door.PROMETHEUS),
                access.hasTls(),
                access.hasUsers(),
                access.needsCertificate())
            .text());
  }

  @Override
  public void close() {
    history.close();
  }

  private static ConnectorFigures.@Nullable Upstream upstream(Figures figures) {
    long calls = figures.sum(UPSTREAM);
    long throttled = figures.sum(UPSTREAM, ended("throttled"));
    return new ConnectorFigures.Upstream(
        calls,
        throttled,
        calls - throttled - figures.sum(UPSTREAM, ended("done")),
        figures.percentile(UPSTREAM_SECONDS, 0.5),
        figures.percentile(UPSTREAM_SECONDS, 0.95),
        figures.sum("weir_timestream_billed_kib_total"));
  }

  private static Predicate<Map<String, String>> ended(String ending) {
    return labels -> ending.equals(labels.get("ending"));
  }

  private static String label(Map<String, String> labels, String name) {
    return labels.getOrDefault(name, "");
  }

  private List<ConnectorFigures.Door> doors() {
    List<ConnectorFigures.Door> doors = new ArrayList<>();
    if (options.doors().contains(Door.PROMETHEUS)) {
      String credentials = credentials();
      doors.add(new ConnectorFigures.Door("Remote write", "POST", "/api/v1/write", credentials));
      doors.add(new ConnectorFigures.Door("Remote read", "POST", "/api/v1/read", credentials));
      doors.add(new ConnectorFigures.Door("Metrics", "GET", options.telemetryPath(), credentials));
    }
    if (options.doors().contains(Door.TIMESTREAM)) {
      doors.add(
          new ConnectorFigures.Door(
              "Amazon Timestream",
              "POST",
              "/",
              options.timestreamCredentials().isPresent() ? "AWS signature" : NOTHING_NEEDED));
    }
    return doors;
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
