// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import dev.weir.exchange.Headers;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps foreign web pages from using a browser on this machine to reach a door that asks for no
 * credentials: the Host must be one of ours (a name that an attacker points at 127.0.0.1 is not),
 * and a page's Origin must be the server itself, or one that the operator named.
 */
final class HostPolicy {

  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> extraNames = new TreeSet<>();

  private final Set<String> extraOrigins;

  HostPolicy(Set<String> extraNames, Set<String> extraOrigins) {
    extraNames.forEach(name -> this.extraNames.add(nameOf(name)));
    this.extraOrigins = Set.copyOf(extraOrigins);
  }

  /** Why a request is refused, or nothing. */
  Optional<String> refusal(Headers headers, String uriAuthority) {
    List<String> hosts = headers.all("Host");
    if (hosts.size() > 1) {
      return Optional.of("more than one Host");
    }
    String host = hosts.isEmpty() ? uriAuthority : hosts.getFirst();
    if (!known(host) || (!uriAuthority.isEmpty() && !known(uriAuthority))) {
      return Optional.of(
          "this Host is not served without credentials; --web.allowed-hosts adds names");
    }
    return originRefusal(headers, uriAuthority);
  }

  /** Why a request of another page is refused, or nothing. */
  Optional<String> originRefusal(Headers headers, String uriAuthority) {
    String host = headers.first("Host").orElse(uriAuthority);
    for (String origin : headers.all("Origin")) {
      if (!ours(origin, host)) {
        return Optional.of("requests from pages of another origin are refused");
      }
    }
    return Optional.empty();
  }

  private boolean known(String authority) {
    String name = nameOf(authority);
    return LOOPBACK_NAMES.contains(name) || extraNames.contains(name);
  }

  /** The server's own page has the authority of the Host; a proxy's page a name that was added. */
  private boolean ours(String origin, String host) {
    if (extraOrigins.contains(origin)) {
      return true;
    }
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null
          && (authority.equalsIgnoreCase(host) || extraNames.contains(nameOf(authority)));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** Without port and final dot, in lower case. */
  private static String nameOf(String authority) {
    String name = authority.toLowerCase(Locale.ROOT);
    int colon = name.lastIndexOf(':');
    boolean literal = name.startsWith("[");
    if (literal ? colon > name.indexOf(']') : colon >= 0 && name.indexOf(':') == colon) {
      name = name.substring(0, colon);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
