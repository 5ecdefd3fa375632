// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints that serve one set of credentials: those of the destination, or else what the
 * regional host says, which is asked again when its answer is old. While that fails the old answer
 * is good enough. Thread-safe.
 */
final class Endpoints {

  /** For a call of a few hundred bytes. */
  static final Duration DISCOVERY_TIME = Duration.ofSeconds(5);

  /** Between attempts to replace an answer that is old. */
  static final Duration RENEWAL_PAUSE = Duration.ofMinutes(1);

  private static final String TARGET = "Timestream_20181101.DescribeEndpoints";
  private static final byte[] NOTHING = {'{', '}'};

  private final Destination destination;
  private final Function<Operation.Api, URI> hosts;
  private final Exchange exchange;
  private final InstantSource clock;
  private final Map<Operation.Api, Known> known = new EnumMap<>(Operation.Api.class);

  /**
   * Knows nothing yet.
   *
   * @param hosts whom to ask for the endpoints of an API
   */
  Endpoints(
      Destination destination,
      Function<Operation.Api, URI> hosts,
      Exchange exchange,
      InstantSource clock) {
    this.destination = destination;
    this.hosts = hosts;
    this.exchange = exchange;
    this.clock = clock;
    for (Operation.Api api : Operation.Api.values()) {
      known.put(api, new Known());
    }
  }

  /** What is known of one API. */
  private static final class Known {
    final ReentrantLock asking = new ReentrantLock(true);
    volatile @Nullable DiscoveredEndpoint last;
  }

  /**
   * The endpoint of an API.
   *
   * @param left how long the caller can wait
   */
  URI of(Operation.Api api, Duration left) {
    return destination.endpoint(api).orElseGet(() -> discovered(api, left));
  }

  /**
   * Forgets an endpoint that does not serve any more.
   *
   * @return whether another may be found; one that was set by hand stays
   */
  boolean forget(Operation.Api api, URI endpoint) {
    if (destination.endpoint(api).isPresent()) {
      return false;
    }
    Known of = of(api);
    of.asking.lock();
    try {
      DiscoveredEndpoint last = of.last;
      if (last != null && last.address().equals(endpoint)) {
        of.last = null;
      }
      return true;
    } finally {
      of.asking.unlock();
    }
  }

  private URI discovered(Operation.Api api, Duration left) {
    Known of = of(api);
    DiscoveredEndpoint last = of.last;
    if (last != null) {
      if (!clock.instant().isBefore(last.renewAt())) {
        renew(api, of);
      }
      return last.address();
    }
    lock(of, api, left);
    try {
      last = of.last; // Found meanwhile by another call.
      if (last == null) {
        last = ask(api, left.compareTo(DISCOVERY_TIME) < 0 ? left : DISCOVERY_TIME);
        of.last = last;
      }
      return last.address();
    } finally {
      of.asking.unlock();
    }
  }

  /** Asks again beside the calls, which use the old answer meanwhile. */
  private void renew(Operation.Api api, Known of) {
    if (!of.asking.tryLock()) {
      return; // Someone is at it.
    }
    try {
      DiscoveredEndpoint last = of.last;
      Instant now = clock.instant();
      if (last == null || now.isBefore(last.renewAt())) {
        return;
      }
      DiscoveredEndpoint old = last.renewedAt(now.plus(RENEWAL_PAUSE));
      of.last = old;
      Thread.ofVirtual().name("weir-timestream-discovery").start(() -> replace(api, of, old));
    } finally {
      of.asking.unlock();
    }
  }

  private void replace(Operation.Api api, Known of, DiscoveredEndpoint old) {
    DiscoveredEndpoint found;
    try {
      found = ask(api, DISCOVERY_TIME);
    } catch (StoreException e) {
      return; // Tried again after the pause.
    }
    of.asking.lock();
    try {
      if (old.equals(of.last)) {
        of.last = found;
      }
    } finally {
      of.asking.unlock();
    }
  }

  private DiscoveredEndpoint ask(Operation.Api api, Duration time) {
    URI host = hosts.apply(api);
    return switch (exchange.send(host, TARGET, NOTHING, time)) {
      case Answer.Done(byte[] body) -> DiscoveredEndpoint.of(host, body, clock.instant());
      case Answer.Refused refused -> throw Failures.of(refused);
    };
  }

  private static void lock(Known of, Operation.Api api, Duration left) {
    try {
      if (!of.asking.tryLock(left.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StoreException(
            Kind.TIMED_OUT, "the endpoint for %s was not found in time".formatted(api));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.CANCELLED, "interrupted", e);
    }
  }

  private Known of(Operation.Api api) {
    Known of = known.get(api);
    if (of == null) {
      throw new IllegalStateException("no such API: " + api);
    }
    return of;
  }
}
