// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check.AddressFamily;
import dev.weir.monitor.check.Check.Timeouts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TCP connections of all probes: the host is looked up once, the network policy is asked
 * about each address right before it is connected to, literals included, and the first address of
 * the preferred family is used. Where that fails, the first of the other family is tried, and it
 * gets the second half of the connect timeout. Thread-safe.
 */
final class Connector {

  /**
   * The kernel gives up a handshake after at least two minutes by default, and tells it with the
   * same exception as a refusal; no refusal takes this long.
   */
  private static final Duration REFUSAL_MAX = Duration.ofSeconds(30);

  private final Lookups lookups;

  Connector(Resolver resolver) {
    this.lookups = new Lookups(resolver);
  }

  /** What came of it: both know how long the parts took and whom they talked to. */
  sealed interface Outcome {
    long dnsNanos();

    /** {@link Phases#NOT_REACHED} where no address was found. */
    long connectNanos();

    /** Null where no address was found. */
    @Nullable InetAddress address();

    /** The address of the preferred family that was tried first and failed. */
    @Nullable InetAddress refused();

    /** Dns and connect; the others not reached. */
    default Phases phases() {
      return new Phases(
          dnsNanos(),
          connectNanos(),
          Phases.NOT_REACHED,
          Phases.NOT_REACHED,
          Phases.NOT_REACHED,
          Phases.NOT_REACHED);
    }

    /** Without TLS; null where no address was found. */
    default @Nullable Peer peer() {
      InetAddress address = address();
      return address == null ? null : peerOf(address, refused());
    }
  }

  /** The socket is open, sends without delay, and is the caller's to close. */
  record Connected(
      Socket socket,
      long dnsNanos,
      long connectNanos,
      InetAddress address,
      @Nullable InetAddress refused)
      implements Outcome {

    @Override
    public Peer peer() {
      return peerOf(address, refused);
    }
  }

  record Unconnected(
      Failure failure,
      long dnsNanos,
      long connectNanos,
      @Nullable InetAddress address,
      @Nullable InetAddress refused)
      implements Outcome, Route {}

  /** Where a datagram goes to. */
  sealed interface Route {}

  record Found(InetAddress address, long dnsNanos) implements Route {}

  /**
   * Finds the address for a datagram: looked up and judged as for a connection. There is nobody who
   * could refuse it, so the first address of the preferred family is it.
   */
  Route route(
      String host,
      AddressFamily family,
      Timeouts timeouts,
      NetworkPolicy policy,
      long deadlineNanos) {
    Candidates candidates = candidates(host, family, timeouts, deadlineNanos);
    if (candidates.none() instanceof Unconnected none) {
      return none;
    }
    InetAddress address = candidates.addresses().getFirst();
    return policy.allows(address)
        ? new Found(address, candidates.dnsNanos())
        : new Unconnected(
            blocked(address), candidates.dnsNanos(), Phases.NOT_REACHED, address, null);
  }

  /**
   * Connects.
   *
   * @param host a name, or a literal with or without brackets
   * @param deadlineNanos by {@link System#nanoTime}, when it ends at the latest
   */
  Outcome connect(
      String host,
      int port,
      AddressFamily family,
      Timeouts timeouts,
      NetworkPolicy policy,
      long deadlineNanos) {
    Candidates candidates = candidates(host, family, timeouts, deadlineNanos);
    return candidates.none() instanceof Unconnected none
        ? none
        : connectFirst(
            candidates.addresses(),
            port,
            policy,
            candidates.dnsNanos(),
            timeouts.connect(),
            deadlineNanos);
  }

  /** Addresses in the order in which they are tried, or why there are none. */
  private record Candidates(
      List<InetAddress> addresses, long dnsNanos, @Nullable Unconnected none) {}

  private Candidates candidates(
      String host, AddressFamily family, Timeouts timeouts, long deadlineNanos) {
    Lookups.Found found = lookups.find(host, Deadline.of(timeouts.dns(), deadlineNanos));
    List<InetAddress> candidates = Lookups.candidates(found.addresses(), family);
    Failure failure = found.failure();
    if (failure == null && candidates.isEmpty()) {
      failure =
          new Failure(
              ErrorClass.DNS, "%s has no %s address".formatted(host, Lookups.familyName(family)));
    }
    Unconnected none =
        failure == null
            ? null
            : new Unconnected(failure, found.nanos(), Phases.NOT_REACHED, null, null);
    return new Candidates(candidates, found.nanos(), none);
  }

  private static Outcome connectFirst(
      List<InetAddress> candidates,
      int port,
      NetworkPolicy policy,
      long dnsNanos,
      Duration timeout,
      long deadlineNanos) {
    long begin = System.nanoTime();
    Deadline whole = Deadline.of(timeout, deadlineNanos);
    InetAddress refused = null;
    Failure failure = null;
    for (int i = 0; i < candidates.size(); i++) {
      InetAddress address = candidates.get(i);
      if (failure != null) {
        refused = candidates.get(i - 1);
      }
      if (!policy.allows(address)) {
        return new Unconnected(blocked(address), dnsNanos, since(begin), address, refused);
      }
      Deadline mine = i + 1 < candidates.size() ? whole.firstHalf() : whole;
      // No proxy, whatever the JVM is told: the policy is asked about where the bytes go.
      Socket socket = new Socket(Proxy.NO_PROXY);
      MeasuringThread.waitsFor(socket);
      try {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address, port), mine.remainingMillis());
        return new Connected(socket, dnsNanos, since(begin), address, refused);
      } catch (IOException cause) {
        close(socket);
        failure = failure(address, port, cause, System.nanoTime() - begin);
        if (Thread.currentThread().isInterrupted()) {
          return new Unconnected(failure, dnsNanos, since(begin), address, refused);
        }
      }
    }
    if (failure == null) {
      throw new IllegalArgumentException("no address to connect to");
    }
    return new Unconnected(failure, dnsNanos, since(begin), candidates.getLast(), refused);
  }

  private static Failure blocked(InetAddress address) {
    return new Failure(
        ErrorClass.BLOCKED_ADDRESS,
        "%s is not among the addresses that this customer's checks may connect to"
            .formatted(address.getHostAddress()));
  }

  private static Failure failure(InetAddress address, int port, IOException cause, long nanos) {
    String where = new InetSocketAddress(address, port).toString().replaceFirst("^[^/]*/", "");
    if (Thread.currentThread().isInterrupted()) {
      return new Failure(
          ErrorClass.TIMEOUT, "the check was ended before %s answered".formatted(where));
    }
    boolean late = cause instanceof ConnectException && nanos > REFUSAL_MAX.toNanos();
    if (cause instanceof SocketTimeoutException || late) {
      return new Failure(
          ErrorClass.CONNECT_TIMEOUT,
          "%s did not accept a connection within %s".formatted(where, Deadline.text(nanos)));
    }
    return new Failure(
        ErrorClass.CONNECT_REFUSED,
        cause instanceof ConnectException
            ? "%s refused the connection: nothing listens there, or a firewall says no"
                .formatted(where)
            : "%s can't be reached: there is no route to it".formatted(where));
  }

  private static Peer peerOf(InetAddress address, @Nullable InetAddress refused) {
    String refusedText = refused == null ? null : refused.getHostAddress();
    return new Peer(address.getHostAddress(), refusedText, null, null, null);
  }

  private static long since(long begin) {
    return System.nanoTime() - begin;
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Nobody waits for what it had to say.
    }
  }
}
