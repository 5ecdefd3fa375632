// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.List;

/**
 * Finds the addresses of a host. Asked once a connection, never for literals; may block, and is
 * left alone when it takes too long. Thread-safe.
 */
@FunctionalInterface
public interface Resolver {

  /**
   * All addresses of both families, in the order of preference within each.
   *
   * @throws UnknownHostException where there are none
   */
  List<InetAddress> addresses(String host) throws UnknownHostException;

  /**
   * The platform's, with the JVM's own cache turned off: otherwise most lookups would take no time
   * and a site would keep an address that it has left. The JVM reads these properties at its first
   * lookup of a name, so this belongs to the beginning of a process.
   */
  static Resolver system() {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    Security.setProperty("networkaddress.cache.stale.ttl", "0");
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
