// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check.AddressFamily;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks up hosts, with a timeout. The platform's lookup is native code that can't be interrupted,
 * so it runs on threads of its own, and one that takes too long is left behind. There are as many
 * threads as checks go at once by default, so a lookup waits for a thread only where dead name
 * servers hold hundreds of others; a check that gets none in its time is {@link Unable}, and such a
 * wait is no time of the name servers'. Thread-safe.
 */
final class Lookups {

  /** Names that are looked up at the same time; a dead name server holds each for seconds. */
  static final int LOOKUPS_MAX = 1_024;

  private static final int IDLE_SECONDS = 10;

  /** A lookup that began so much later than it should and is late did not have its time. */
  private static final long FAIR_WAIT_NANOS = 100_000_000;

  private final Resolver resolver;
  private final Semaphore places;
  private final ThreadPoolExecutor threads;

  Lookups(Resolver resolver) {
    this(resolver, LOOKUPS_MAX);
  }

  Lookups(Resolver resolver, int lookupsMax) {
    this.resolver = resolver;
    this.places = new Semaphore(lookupsMax, true);
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE, // The places are fewer.
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("lookup-", 0).factory());
  }

  /**
   * Addresses, or why there are none.
   *
   * @param nanos of the lookup alone; 0 for a literal
   */
  record Found(List<InetAddress> addresses, long nanos, @Nullable Failure failure) {}

  Found find(String host, Deadline deadline) {
    InetAddress literal = literal(host);
    if (literal != null) {
      return new Found(List.of(literal), 0, null);
    }
    long wanted = System.nanoTime();
    Lookup lookup = new Lookup(resolver, host);
    FutureTask<List<InetAddress>> asked = new FutureTask<>(lookup);
    try {
      begin(asked, host, deadline);
    } catch (InterruptedException e) {
      return interrupted(wanted, host);
    }
    try {
      List<InetAddress> addresses =
          asked.get(Math.max(0, deadline.nanos() - System.nanoTime()), TimeUnit.NANOSECONDS);
      return new Found(addresses, lookup.nanos(), null);
    } catch (ExecutionException e) {
      return failed(lookup.nanos(), ErrorClass.DNS, "the name %s has no address".formatted(host));
    } catch (TimeoutException e) {
      asked.cancel(true);
      long begun = lookup.begun();
      if (begun == Lookup.NOT_BEGUN || begun - wanted > FAIR_WAIT_NANOS) {
        throw crowded(host, deadline);
      }
      return failed(
          System.nanoTime() - begun,
          ErrorClass.DNS,
          "no name server answered for %s within %s".formatted(host, deadline.limitText()));
    } catch (InterruptedException e) {
      asked.cancel(true);
      return interrupted(wanted, host);
    }
  }

  /** It holds its place until the platform has answered, also where nobody waits any more. */
  private void begin(Runnable lookup, String host, Deadline deadline) throws InterruptedException {
    long left = deadline.nanos() - System.nanoTime();
    if (!places.tryAcquire(Math.max(0, left), TimeUnit.NANOSECONDS)) {
      throw crowded(host, deadline);
    }
    try {
      threads.execute(() -> {
        try {
          lookup.run();
        } finally {
          places.release();
        }
      });
    } catch (OutOfMemoryError e) {
      places.release();
      throw new Unable(
          "the system gives no thread to look up %s; raise its limit of threads".formatted(host),
          e);
    }
  }

  private static Unable crowded(String host, Deadline deadline) {
    return new Unable(
        ("%s was not looked up within %s: too many lookups wait for name servers that do not"
                + " answer; ask the resolver of this machine")
            .formatted(host, deadline.limitText()));
  }

  private static Found interrupted(long begin, String host) {
    Thread.currentThread().interrupt();
    return failed(
        System.nanoTime() - begin,
        ErrorClass.TIMEOUT,
        "the check was ended while %s was looked up".formatted(host));
  }

  private static final class Lookup implements Callable<List<InetAddress>> {

    static final long NOT_BEGUN = Long.MIN_VALUE;

    private final Resolver resolver;
    private final String host;
    private volatile long begun = NOT_BEGUN;
    private volatile long ended;

    Lookup(Resolver resolver, String host) {
      this.resolver = resolver;
      this.host = host;
    }

    @Override
    public List<InetAddress> call() throws UnknownHostException {
      begun = System.nanoTime();
      try {
        return resolver.addresses(host);
      } finally {
        ended = System.nanoTime();
      }
    }

    long begun() {
      return begun;
    }

    /** Of one that has ended. */
    long nanos() {
      return ended - begun;
    }
  }

  private static Found failed(long nanos, ErrorClass errorClass, String sentence) {
    return new Found(List.of(), nanos, new Failure(errorClass, sentence));
  }

  /** The first address of the preferred family, then the first of the other if it may be used. */
  static List<InetAddress> candidates(List<InetAddress> addresses, AddressFamily family) {
    InetAddress four = first(addresses, true);
    InetAddress six = first(addresses, false);
    List<InetAddress> candidates = new ArrayList<>();
    switch (family) {
      case PREFER_IPV4 -> addAll(candidates, four, six);
      case PREFER_IPV6 -> addAll(candidates, six, four);
      case ONLY_IPV4 -> addAll(candidates, four, null);
      case ONLY_IPV6 -> addAll(candidates, six, null);
    }
    return candidates;
  }

  private static void addAll(
      List<InetAddress> candidates, @Nullable InetAddress first, @Nullable InetAddress second) {
    if (first != null) {
      candidates.add(first);
    }
    if (second != null) {
      candidates.add(second);
    }
  }

  /** For sentences. */
  static String familyName(AddressFamily family) {
    return switch (family) {
      case ONLY_IPV4 -> "IPv4";
      case ONLY_IPV6 -> "IPv6";
      case PREFER_IPV4, PREFER_IPV6 -> "IPv4 or IPv6";
    };
  }

  private static @Nullable InetAddress first(List<InetAddress> addresses, boolean four) {
    for (InetAddress address : addresses) {
      if (address instanceof Inet4Address == four) {
        return address;
      }
    }
    return null;
  }

  private static @Nullable InetAddress literal(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    return HostNames.literal(bare).orElse(null);
  }
}
