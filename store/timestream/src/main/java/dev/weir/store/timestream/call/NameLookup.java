// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up in a time of its own: the system's resolver can't be interrupted, and takes
 * minutes where no server answers.
 */
final class NameLookup implements DnsResolver {

  private final Duration time;

  NameLookup(Duration time) {
    this.time = time;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
    Thread.ofVirtual().name("weir-timestream-name-lookup").start(lookup);
    try {
      return lookup.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw unknown(host, e);
    } catch (TimeoutException e) {
      throw unknown(host + ": no name server answered within " + time.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host + ": interrupted", e);
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host; // Asked for by Kerberos alone.
  }

  private static UnknownHostException unknown(String message, Throwable cause) {
    UnknownHostException unknown = new UnknownHostException(message);
    unknown.initCause(cause);
    return unknown;
  }
}
