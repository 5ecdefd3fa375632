// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import dev.weir.server.metrics.WeirMetrics;
import dev.weir.server.web.ServerConfigException;
import dev.weir.server.web.WebAccess;
import dev.weir.store.StoreHealth;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Weir's one port. It knows doors, credentials and limits, carries requests to the handlers that it
 * was given, and knows no store. Thread-safe.
 */
public final class WeirServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WeirServer.class);

  /** Larger than Jetty's default: a body of usual size then arrives in few reads. */
  private static final int INPUT_BUFFER_BYTES = 64 * 1024;

  /** When all connections are taken, idle ones go after this. */
  private static final Duration CROWDED_IDLE = Duration.ofSeconds(5);

  /** Selectors and timers; requests have virtual threads of their own. */
  private static final int PLATFORM_THREADS_MAX = 16;

  private static final int PLATFORM_THREADS_MIN = 4;

  private final ServerOptions options;
  private final WebAccess access;
  private final Server server;
  private final ServerConnector connector;
  private final InFlight inFlight;
  private int port;

  private WeirServer(
      ServerOptions options,
      WebAccess access,
      Server server,
      ServerConnector connector,
      InFlight inFlight) {
    this.options = options;
    this.access = access;
    this.server = server;
    this.connector = connector;
    this.inFlight = inFlight;
  }

  /** Starts to listen, with the system's clock. */
  public static WeirServer start(
      ServerOptions options, List<Route> routes, StoreHealth store, WeirMetrics metrics) {
    return start(options, routes, store, metrics, InstantSource.system());
  }

  /**
   * Starts to listen.
   *
   * @param routes of all doors; those of closed doors are not served. The metrics' path and the
   *     health paths are the server's own
   * @param clock tells when to look at certificates and the web config again
   * @throws ServerConfigException with one line for the operator, when it can't or must not start
   */
  public static WeirServer start(
      ServerOptions options,
      List<Route> routes,
      StoreHealth store,
      WeirMetrics metrics,
      InstantSource clock) {
    WebAccess access = options.access(clock);
    DoorPolicy.check(options, access);
    InFlight inFlight = new InFlight();
    metrics.gauge("weir_http_requests_in_flight", "Requests at work now.", inFlight::count);
    List<Route> all = new ArrayList<>(routes);
    all.add(Route.get(Door.PROMETHEUS, options.telemetryPath(), metrics.scrapeHandler()));
    Server server = new Server(threads());
    server.setErrorHandler(new PlainErrors());
    ServerConnector connector = connector(server, options, access);
    server.addConnector(connector);
    NetworkConnectionLimit limit =
        new NetworkConnectionLimit(options.limits().connections(), connector);
    limit.setEndPointIdleTimeout(CROWDED_IDLE.toMillis());
    server.addBean(limit);
    SilentConnections silent = new SilentConnections(connector, options.limits().headTimeout());
    connector.addBean(silent);
    server.setHandler(
        new Edge(
            new Routes(all, options.doors()),
            new HealthPaths(store, inFlight::draining),
            new DoorGuard(options, access),
            options.limits(),
            access::headers,
            silent::spoke,
            inFlight,
            metrics));
    WeirServer started = new WeirServer(options, access, server, connector, inFlight);
    started.listen();
    return started;
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  /** The address that it listens on, with the port that was chosen. */
  public ListenAddress address() {
    return options.listen().withPort(port());
  }

  /** The address as a URL without a path. */
  public String url() {
    return (access.hasTls() ? "https://" : "http://") + address();
  }

  /**
   * Stops to accept, lets requests in flight finish, then stops. Requests that come on open
   * connections meanwhile are answered 503. Returns whether all finished in time.
   */
  public boolean drain(Duration most) {
    inFlight.close();
    connector.shutdown();
    int left = 0;
    try {
      left = inFlight.await(most);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      left = inFlight.count();
    }
    if (left > 0) {
      LOG.atWarn().addKeyValue("requests", left).log("requests did not finish in time");
    }
    stop();
    return left == 0;
  }

  /** Stops at once; requests in flight are cut off. */
  @Override
  public void close() {
    inFlight.close();
    stop();
  }

  private void listen() {
    try {
      server.start();
      port = connector.getLocalPort();
    } catch (IOException e) {
      stop();
      Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
      throw new ServerConfigException(
          "can't listen on " + options.listen() + ": " + cause.getMessage(), e);
    } catch (Exception e) {
      stop();
      throw new IllegalStateException("the server did not start", e);
    }
  }

  private void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.atWarn().setCause(e).log("the server did not stop cleanly");
    }
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS_MAX, PLATFORM_THREADS_MIN);
    threads.setName("weir-http");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("weir-request-", 0).factory()));
    return threads;
  }

  private static ServerConnector connector(Server server, ServerOptions options, WebAccess access) {
    HttpConfiguration http = http(options.limits());
    ServerConnector connector =
        new ServerConnector(
            server, 1, 1, protocols(http, access).toArray(ConnectionFactory[]::new));
    options.listen().bindHost().ifPresent(connector::setHost);
    connector.setPort(options.listen().port());
    connector.setIdleTimeout(options.limits().idleTimeout().toMillis());
    // Jetty's own second would cut a body that is on its way while we drain.
    connector.setShutdownIdleTimeout(options.limits().bodyTimeout().toMillis());
    return connector;
  }

  private static List<ConnectionFactory> protocols(HttpConfiguration http, WebAccess access) {
    HttpConnectionFactory http1 = new HttpConnectionFactory(http);
    if (!access.hasTls()) {
      return List.of(http1, new HTTP2CServerConnectionFactory(http));
    }
    // Hosts are judged per door; Jetty's own check would need each name in the certificate.
    http.addCustomizer(new SecureRequestCustomizer(false));
    if (!access.http2()) {
      return List.of(new SslConnectionFactory(access.tls(), http1.getProtocol()), http1);
    }
    HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
    ALPNServerConnectionFactory negotiation = new ALPNServerConnectionFactory();
    negotiation.setDefaultProtocol(http1.getProtocol());
    return List.of(
        new SslConnectionFactory(access.tls(), negotiation.getProtocol()),
        negotiation,
        http2,
        http1);
  }

  private static HttpConfiguration http(Limits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(limits.headerBytes());
    http.setIdleTimeout(limits.answerTimeout().toMillis());
    http.setInputBufferSize(INPUT_BUFFER_BYTES);
    http.setUriCompliance(UriCompliance.RFC3986);
    return http;
  }
}
