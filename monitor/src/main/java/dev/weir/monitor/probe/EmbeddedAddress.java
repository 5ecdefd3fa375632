// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** IPv4 addresses within IPv6 addresses: where a connection to the one ends up at the other. */
final class EmbeddedAddress {

  private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
  private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

  /** IPv4-compatible, deprecated; {@code ::} and {@code ::1} are not meant. */
  private static final AddressRange COMPATIBLE = AddressRange.parse("::/96");

  private EmbeddedAddress() {}

  static boolean isNat64(InetAddress address) {
    return NAT64.contains(address);
  }

  /** The address, and the one within it; Java unpacks IPv4-mapped ones by itself. */
  static List<InetAddress> meanings(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (NAT64.contains(address) || COMPATIBLE.contains(address)) {
      return List.of(address, four(bytes, 12));
    }
    return SIX_TO_FOUR.contains(address) ? List.of(address, four(bytes, 2)) : List.of(address);
  }

  private static InetAddress four(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
