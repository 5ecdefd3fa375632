// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.settings;

/**
 * Where Weir listens.
 *
 * @param host a name or an address, without brackets; empty for all of the machine's addresses
 * @param port 0 to 65535; 0 takes any free port
 */
public record ListenAddress(String host, int port) {

  private static final int PORT_MAX = 65_535;

  public ListenAddress {
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException("has a port outside 0 to " + PORT_MAX);
    }
  }

  static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (colon < 0 || !port.matches("\\d{1,5}") || (host.contains(":") && !bracketed)) {
      throw new IllegalArgumentException();
    }
    return new ListenAddress(
        bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
