// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check.AddressFamily;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks up hosts, with a timeout. The platform's lookup is native code that can't be interrupted
 * and holds on to the carrier of a virtual thread, so it runs on platform threads of its own, and
 * one that takes too long is left behind. Thread-safe.
 */
final class Lookups {

  /** Names that are looked up at the same time; a dead name server holds each for seconds. */
  private static final int THREADS_MAX = 64;

  private static final int IDLE_SECONDS = 10;

  private final Resolver resolver;
  private final ThreadPoolExecutor threads;

  Lookups(Resolver resolver) {
    this.resolver = resolver;
    this.threads =
        new ThreadPoolExecutor(
            THREADS_MAX,
            THREADS_MAX,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("lookup-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Addresses, or why there are none.
   *
   * @param nanos 0 for a literal
   */
  record Found(List<InetAddress> addresses, long nanos, @Nullable Failure failure) {}

  Found find(String host, Deadline deadline) {
    InetAddress literal = literal(host);
    if (literal != null) {
      return new Found(List.of(literal), 0, null);
    }
    long begin = System.nanoTime();
    Future<List<InetAddress>> asked = threads.submit(() -> resolver.addresses(host));
    try {
      List<InetAddress> addresses =
          asked.get(Math.max(0, deadline.nanos() - begin), TimeUnit.NANOSECONDS);
      return new Found(addresses, System.nanoTime() - begin, null);
    } catch (ExecutionException e) {
      return failed(begin, ErrorClass.DNS, "the name %s has no address".formatted(host));
    } catch (TimeoutException e) {
      asked.cancel(true);
      return failed(
          begin,
          ErrorClass.DNS,
          "no name server answered for %s within %s"
              .formatted(host, Deadline.text(System.nanoTime() - begin)));
    } catch (InterruptedException e) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      return failed(
          begin, ErrorClass.TIMEOUT, "the check was ended while %s was looked up".formatted(host));
    }
  }

  private static Found failed(long begin, ErrorClass errorClass, String sentence) {
    return new Found(List.of(), System.nanoTime() - begin, new Failure(errorClass, sentence));
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
    boolean possible =
        bare.indexOf(':') >= 0 || (!bare.isEmpty() && Character.isDigit(bare.charAt(0)));
    if (!possible) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(bare);
    } catch (IllegalArgumentException aName) {
      return null;
    }
  }
}
