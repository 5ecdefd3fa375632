// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/**
 * The connections to Timestream, one pool for all sets of credentials: what belongs to a set is in
 * the request that it signs, never in the connection. Nothing is opened before the first call.
 * Thread-safe.
 */
public final class Connections implements AutoCloseable {

  /** How long a peer may take to accept; Amazon's hosts do in milliseconds. */
  static final Duration CONNECT_TIME = Duration.ofSeconds(5);

  /** Load balancers of Amazon's drop what is idle for 60 s, its NAT gateways after 350 s. */
  static final Duration IDLE_TIME = Duration.ofSeconds(50);

  /** After this long a connection makes way for one to the address that DNS then names. */
  static final Duration LIFETIME = Duration.ofMinutes(5);

  /** The last resort below the deadlines, which end calls sooner. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(90);

  private final int connectionsMax;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final UpstreamListener listener;
  private final Map<String, String> environment;
  private final Deadlines deadlines = new Deadlines();
  private @Nullable SdkHttpClient http;
  private boolean closed;

  private Connections(
      int connectionsMax,
      InstantSource clock,
      RandomGenerator random,
      UpstreamListener listener,
      Map<String, String> environment) {
    this.connectionsMax = connectionsMax;
    this.clock = clock;
    this.random = random;
    this.listener = listener;
    this.environment = environment;
  }

  /**
   * Makes a pool that opens its first connection when it is asked to call.
   *
   * @param connectionsMax how many connections may be open at once
   * @param clock what deadlines and signatures go by
   * @param random makes the pauses between attempts; thread-safe
   * @param environment may name a proxy
   */
  public static Connections open(
      int connectionsMax,
      InstantSource clock,
      RandomGenerator random,
      UpstreamListener listener,
      Map<String, String> environment) {
    return new Connections(connectionsMax, clock, random, listener, environment);
  }

  /**
   * A way to make calls with one set of credentials, shared with no other set: Timestream counts,
   * limits and places accounts, so that neither an endpoint nor a limit that was found for one
   * holds for another.
   */
  public Upstream signedBy(
      AwsCredentialsProvider credentials, Destination destination, Effort effort) {
    Upstream observed = new ObservedUpstream(once(credentials, destination), listener);
    AdaptiveLimit limit = new AdaptiveLimit(effort.writeCallsMax(), listener::writeLimit);
    Upstream limited = new LimitedUpstream(observed, limit, clock);
    return new PatientUpstream(limited, effort, clock, random, Thread::sleep);
  }

  /**
   * Opens a connection to where writing begins, for the first call to find: to the endpoint, or to
   * the host that knows the endpoints. Signs nothing, and tells nothing: what is wrong there shows
   * at the first call.
   *
   * @param time for all of it; positive
   * @return whether somebody answered
   */
  public boolean reach(Destination destination, Duration time) {
    try {
      URI endpoint =
          destination
              .endpoint(Operation.Api.WRITE)
              .orElseGet(() -> new Regions(destination).host(Operation.Api.WRITE));
      return Ping.answered(this, endpoint, destination.userAgent(), time);
    } catch (RuntimeException e) {
      return false; // No region, no proxy of that name, or closed meanwhile.
    }
  }

  /** Tries each call once, except that a stale endpoint or a wrong clock is mended on the spot. */
  Upstream once(AwsCredentialsProvider credentials, Destination destination) {
    Regions regions = new Regions(destination);
    return once(credentials, destination, regions, regions::host);
  }

  /** With someone else to ask for endpoints. */
  Upstream once(
      AwsCredentialsProvider credentials,
      Destination destination,
      Regions regions,
      Function<Operation.Api, URI> hosts) {
    Exchange exchange =
        new Exchange(this, new Signing(credentials, regions, clock, listener), destination);
    Endpoints endpoints = new Endpoints(destination, hosts, exchange, clock);
    return new SignedUpstream(exchange, endpoints, clock);
  }

  synchronized SdkHttpClient http() {
    if (closed) {
      throw new IllegalStateException("the connections are closed");
    }
    SdkHttpClient client = http;
    if (client == null) {
      client =
          Apache5HttpClient.builder()
              .maxConnections(connectionsMax)
              .connectionTimeout(CONNECT_TIME)
              .connectionAcquisitionTimeout(SILENCE_MAX)
              .socketTimeout(SILENCE_MAX)
              .connectionMaxIdleTime(IDLE_TIME)
              .connectionTimeToLive(LIFETIME)
              .tcpKeepAlive(true)
              // It would cost a round trip for each call, to save a body of some KiB.
              .expectContinueEnabled(false)
              .dnsResolver(new NameLookup(CONNECT_TIME))
              .proxyConfiguration(Proxies.of(environment))
              .build();
      http = client;
    }
    return client;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  @Override
  public synchronized void close() {
    closed = true;
    deadlines.close();
    if (http != null) {
      http.close();
      http = null;
    }
  }
}
