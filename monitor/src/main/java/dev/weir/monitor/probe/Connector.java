// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.address.AddressText;
import dev.weir.monitor.check.Check.AddressFamily;
import dev.weir.monitor.check.Check.Timeouts;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TCP connections of all probes: the host is looked up once, the network policy is asked
 * about each address right before it is connected to, literals included, and the first address of
 * the preferred family is used. Where that fails, the first of the other family is tried, and it
 * gets the second half of the connect timeout. What fails for want of something of this machine is
 * thrown as {@link Unable}. Thread-safe.
 */
final class Connector {

  /**
   * The kernel gives up a handshake after at least two minutes by default, and tells it with the
   * same exception as a refusal; no refusal takes this long.
   */
  private static final Duration REFUSAL_MAX = Duration.ofSeconds(30);

  private final Lookups lookups;
  private final Supplier<Socket> sockets;
  private final Duration refusalMax;

  Connector(Resolver resolver) {
    // No proxy, whatever the JVM is told: the policy is asked about where the bytes go.
    this(new Lookups(resolver), () -> new Socket(Proxy.NO_PROXY), REFUSAL_MAX);
  }

  /**
   * Of these parts.
   *
   * @param sockets unconnected
   * @param refusalMax what takes longer is a timeout, whatever the kernel calls it
   */
  Connector(Lookups lookups, Supplier<Socket> sockets, Duration refusalMax) {
    this.lookups = lookups;
    this.sockets = sockets;
    this.refusalMax = refusalMax;
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
        : blocked(host, candidates.dnsNanos());
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
            host,
            candidates.addresses(),
            port,
            policy,
            candidates.dnsNanos(),
            Deadline.of(timeouts.connect(), timeouts.total(), deadlineNanos));
  }

  /** Addresses in the order in which they are tried, or why there are none. */
  private record Candidates(
      List<InetAddress> addresses, long dnsNanos, @Nullable Unconnected none) {}

  private Candidates candidates(
      String host, AddressFamily family, Timeouts timeouts, long deadlineNanos) {
    Lookups.Found found =
        lookups.find(host, Deadline.of(timeouts.dns(), timeouts.total(), deadlineNanos));
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

  private Outcome connectFirst(
      String host,
      List<InetAddress> candidates,
      int port,
      NetworkPolicy policy,
      long dnsNanos,
      Deadline whole) {
    long begin = System.nanoTime();
    InetAddress refused = null;
    Failure failure = null;
    IOException ours = null;
    for (InetAddress address : candidates) {
      if (!policy.allows(address)) {
        if (failure == null) {
          return blocked(host, dnsNanos);
        }
        break; // It is as if the host did not have this address.
      }
      boolean last = address.equals(candidates.getLast());
      Deadline mine = last ? whole : whole.firstHalf();
      Socket socket = opened();
      long mineBegan = System.nanoTime();
      try {
        socket.connect(new InetSocketAddress(address, port), mine.remainingMillis());
        return new Connected(socket, dnsNanos, since(begin), address, refused);
      } catch (BindException cause) {
        close(socket);
        ours = cause;
      } catch (IOException cause) {
        close(socket);
        failure = failure(address, port, cause, mine, since(mineBegan));
        if (last || Thread.currentThread().isInterrupted()) {
          return new Unconnected(failure, dnsNanos, since(begin), address, refused);
        }
        refused = address;
      }
    }
    if (failure == null) {
      throw new Unable(
          "this machine has no address or port left to connect to %s from".formatted(host), ours);
    }
    return new Unconnected(failure, dnsNanos, since(begin), refused, null);
  }

  /** A socket of the kernel's; without one, nothing was asked of the site. */
  private Socket opened() {
    Socket socket = sockets.get();
    try {
      socket.setTcpNoDelay(true);
    } catch (SocketException cause) {
      throw unopened(cause);
    }
    MeasuringThread.waitsFor(socket);
    return socket;
  }

  static Unable unopened(SocketException cause) {
    return new Unable(
        "this machine gives Weir no more sockets; raise the limit of open files, or lower that of"
            + " checks at once",
        cause);
  }

  /** Without the address: what a name stands for inside is nothing for who may not go there. */
  private static Unconnected blocked(String host, long dnsNanos) {
    Failure failure =
        new Failure(
            ErrorClass.BLOCKED_ADDRESS,
            "the address of %s is not among those that this customer's checks may connect to"
                .formatted(host));
    return new Unconnected(failure, dnsNanos, Phases.NOT_REACHED, null, null);
  }

  private Failure failure(
      InetAddress address, int port, IOException cause, Deadline deadline, long nanos) {
    String where = AddressText.of(address, port);
    if (Thread.currentThread().isInterrupted()) {
      return new Failure(
          ErrorClass.TIMEOUT, "the check was ended before %s answered".formatted(where));
    }
    boolean late = cause instanceof ConnectException && nanos > refusalMax.toNanos();
    if (cause instanceof SocketTimeoutException || late) {
      // The kernel has a limit of its own, which nobody set here: what it took is told then.
      String within = late ? Deadline.spoken(Duration.ofNanos(nanos)) : deadline.limitText();
      return new Failure(
          ErrorClass.CONNECT_TIMEOUT,
          "%s did not accept a connection within %s".formatted(where, within));
    }
    return new Failure(
        ErrorClass.CONNECT_REFUSED,
        cause instanceof ConnectException
            ? "%s refused the connection: nothing listens there, or a firewall says no"
                .formatted(where)
            : "%s can't be reached: there is no route to it".formatted(where));
  }

  private static Peer peerOf(InetAddress address, @Nullable InetAddress refused) {
    String refusedText = refused == null ? null : AddressText.of(refused);
    return new Peer(AddressText.of(address), refusedText, null, null, null);
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
