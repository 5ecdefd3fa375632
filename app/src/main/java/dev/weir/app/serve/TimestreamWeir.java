// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.cli.Version;
import dev.weir.app.selfscrape.SelfScrape;
import dev.weir.app.settings.ConnectorSettings;
import dev.weir.app.settings.ServeSettings;
import dev.weir.app.settings.TimestreamFlags.CredentialsSource;
import dev.weir.app.settings.UpstreamSettings;
import dev.weir.exchange.Handler;
import dev.weir.prometheus.read.RemoteRead;
import dev.weir.prometheus.write.RemoteWrite;
import dev.weir.server.Route;
import dev.weir.server.WeirServer;
import dev.weir.server.connector.Writers;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.StoreHealth;
import dev.weir.store.TableName;
import dev.weir.store.timestream.TimestreamOptions;
import dev.weir.store.timestream.TimestreamStores;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Weir on Amazon Timestream, as {@code weir connector} and as {@code weir serve}: Prometheus on one
 * side, Timestream on the other, no points kept between. {@code serve} keeps its documents in its
 * data folder.
 */
final class TimestreamWeir implements Service {

  /**
   * Ready when it listens. What Timestream says does not count: a prober that took the traffic away
   * would take with it what can tell that Timestream is well again.
   */
  private static final StoreHealth LISTENS = () -> new StoreHealth.Health(true, "ready");

  private final TableName table;

  private final RoutesBeside beside;

  private final UpstreamSettings upstream;
  private final ServeSettings.Web web;
  private final ServeSettings.Write write;
  private final boolean selfScrape;
  private final boolean asksTimestream;
  private final InstantSource clock;
  private final WeirMetrics metrics = new WeirMetrics(Version.text());
  private final RunningParts parts = new RunningParts();

  TimestreamWeir(
      TableName table,
      RoutesBeside beside,
      UpstreamSettings upstream,
      ServeSettings.Web web,
      ServeSettings.Write write,
      boolean selfScrape,
      boolean asksTimestream,
      InstantSource clock) {
    this.table = table;
    this.beside = beside;
    this.upstream = upstream;
    this.web = web;
    this.write = write;
    this.selfScrape = selfScrape;
    this.asksTimestream = asksTimestream;
    this.clock = clock;
  }

  static TimestreamWeir connector(ConnectorSettings settings, InstantSource clock) {
    return new TimestreamWeir(
        settings.table(),
        RoutesBeside.NONE,
        settings.upstream(),
        settings.web(),
        settings.write(),
        false,
        false,
        clock);
  }

  @Override
  public String start() {
    try {
      UpstreamWarnings warnings = new UpstreamWarnings(clock);
      UpstreamMetrics calls = new UpstreamMetrics(metrics, warnings);
      TimestreamStores stores = TimestreamStores.open(options(calls));
      parts.add(stores::close);
      RemoteWrite remoteWrite =
          new RemoteWrite(
              table,
              RoomOptions.writeToTimestream(write, Runtime.getRuntime().maxMemory()),
              WriteMetrics.beside(calls),
              clock);
      RemoteRead remoteRead =
          new RemoteRead(
              table,
              RoomOptions.readOfTimestream(Runtime.getRuntime().maxMemory()),
              ReadMetrics.beside(calls),
              clock);
      Writers writers = new Writers(clock);
      List<Route> routes = new ArrayList<>(beside.open(stores, metrics, writers, parts));
      boolean perRequest = upstream.credentials() == CredentialsSource.REQUEST;
      StoreOfRequest found =
          perRequest
              ? StoreOfRequest.byCredentials(stores, warnings)
              : StoreOfRequest.ofEnvironment(stores, warnings);
      Handler writes = found.handler(remoteWrite::handle);
      Handler reads = found.handler((request, store) -> remoteRead.handle(request, store, store));
      routes.addAll(PrometheusRoutes.of(writers.hearing(writes), reads));
      WeirServer server =
          parts.listen(
              RoomOptions.server(web, perRequest),
              routes,
              health(stores, perRequest),
              metrics,
              clock);
      if (selfScrape) {
        SelfScrape own =
            new SelfScrape(metrics::samples, writes, server.address().toString(), clock);
        parts.add(own::close);
        writers.writesItself(SelfScrape.INTERVAL);
        own.start();
      }
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

  /** With credentials of its own {@code weir serve} can ask Timestream without any traffic. */
  private StoreHealth health(TimestreamStores stores, boolean perRequest) {
    if (!asksTimestream || perRequest) {
      return LISTENS;
    }
    return new HealthInBackground(() -> stores.ofEnvironment().health(), HealthInBackground.WAIT);
  }

  private TimestreamOptions options(UpstreamMetrics calls) {
    return TimestreamOptions.defaults(clock)
        .inRegion(upstream.region())
        .at(upstream.writeEndpoint(), upstream.queryEndpoint())
        .withAttempts(upstream.writeAttemptsMax(), upstream.readAttemptsMax())
        .heardBy(calls, "weir/" + Version.text());
  }
}
