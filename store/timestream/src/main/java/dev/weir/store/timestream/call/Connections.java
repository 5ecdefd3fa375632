// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import java.time.Duration;
import java.time.InstantSource;
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
  private final UpstreamListener listener;
  private final Deadlines deadlines = new Deadlines();
  private @Nullable SdkHttpClient http;
  private boolean closed;

  private Connections(int connectionsMax, InstantSource clock, UpstreamListener listener) {
    this.connectionsMax = connectionsMax;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Makes a pool that opens its first connection when it is asked to call.
   *
   * @param connectionsMax how many connections may be open at once
   * @param clock what deadlines and signatures go by
   */
  public static Connections open(
      int connectionsMax, InstantSource clock, UpstreamListener listener) {
    return new Connections(connectionsMax, clock, listener);
  }

  /**
   * A way to make calls with one set of credentials; each is tried once, except that a stale
   * endpoint or a wrong clock is mended on the spot.
   */
  public Upstream signedBy(AwsCredentialsProvider credentials, Destination destination) {
    Regions regions = new Regions(destination);
    Exchange exchange =
        new Exchange(this, new Signing(credentials, regions, clock, listener), destination);
    return new SignedUpstream(
        exchange, new Endpoints(destination, regions, exchange, clock), clock);
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
