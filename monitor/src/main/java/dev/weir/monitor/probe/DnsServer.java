// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

/**
 * A server of the DNS.
 *
 * @param host a name or a literal without brackets
 */
record DnsServer(String host, int port) {

  private static final int PORT = 53;
  private static final int PORT_MAX = 65_535;

  /**
   * From {@code host}, {@code host:port} or {@code [::1]:port}.
   *
   * @throws IllegalArgumentException where the port is none
   */
  static DnsServer of(String text) {
    int colon = text.lastIndexOf(':');
    boolean bareIpv6 = text.indexOf(':') != colon && !text.startsWith("[");
    if (colon < 0 || bareIpv6 || text.endsWith("]")) {
      return new DnsServer(HostNames.bare(text), PORT);
    }
    String port = text.substring(colon + 1);
    try {
      int number = Integer.parseInt(port);
      if (number > 0 && number <= PORT_MAX) {
        return new DnsServer(HostNames.bare(text.substring(0, colon)), number);
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "a name server is host:port with a port of 1 to %d, not '%s'"
            .formatted(PORT_MAX, Excerpt.of(text)));
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[%s]:%d".formatted(host, port) : host + ":" + port;
  }
}
