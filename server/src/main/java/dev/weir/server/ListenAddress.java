// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import dev.weir.server.web.ServerConfigException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where the server listens.
 *
 * @param host a name or an address literal without brackets; empty for all interfaces
 * @param port 0 lets the system choose
 */
public record ListenAddress(String host, int port) {

  private static final int PORT_MAX = 65_535;

  public ListenAddress {
    if (port < 0 || port > PORT_MAX) {
      throw new ServerConfigException(
          "listen address: port " + port + " is not between 0 and " + PORT_MAX);
    }
  }

  /** Reads {@code host:port}, {@code [address]:port} or {@code :port} (all interfaces). */
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw unreadable(text);
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw unreadable(text);
    }
    String digits = text.substring(colon + 1);
    if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(ListenAddress::digit)) {
      throw unreadable(text);
    }
    return new ListenAddress(host, Integer.parseInt(digits));
  }

  /** Whether only this machine can reach it. A host that can't be resolved counts as reachable. */
  public boolean isLoopback() {
    if (host.isEmpty()) {
      return false;
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException _) {
      return false;
    }
  }

  /** The literal address to bind to; nothing for all interfaces. */
  Optional<String> bindHost() {
    if (host.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(host).getHostAddress());
    } catch (UnknownHostException _) {
      throw new ServerConfigException(
          "listen address " + this + ": the host " + host + " can't be resolved");
    }
  }

  /** The same host with the port that was chosen. */
  ListenAddress withPort(int chosen) {
    return new ListenAddress(host, chosen);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  private static ServerConfigException unreadable(String text) {
    return new ServerConfigException(
        "listen address " + text + ": expected host:port, [address]:port or :port");
  }
}
