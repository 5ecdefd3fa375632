// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** IPv4 addresses within IPv6 addresses: where a connection to the one ends up at the other. */
final class EmbeddedAddress {

  private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
  private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

  /** Of a network's own translators (RFC 8215), which choose how long their prefix is. */
  private static final AddressRange LOCAL_NAT64 = AddressRange.parse("64:ff9b:1::/48");

  /** IPv4-compatible, deprecated; {@code ::} and {@code ::1} are not meant. */
  private static final AddressRange COMPATIBLE = AddressRange.parse("::/96");

  /** IPv4-mapped. Java unpacks it, except where an address comes with a scope. */
  private static final AddressRange MAPPED = afterZeros(10, 12, 96);

  /** IPv4-translated, of stateless translators (RFC 6052, once RFC 2765). */
  private static final AddressRange TRANSLATED = afterZeros(8, 10, 96);

  private EmbeddedAddress() {}

  static boolean isNat64(InetAddress address) {
    return NAT64.contains(address);
  }

  /** The address, and those within it. */
  static List<InetAddress> meanings(InetAddress address) {
    List<InetAddress> meanings = new ArrayList<>();
    meanings.add(address);
    byte[] bytes = address.getAddress();
    if (NAT64.contains(address)
        || COMPATIBLE.contains(address)
        || MAPPED.contains(address)
        || TRANSLATED.contains(address)) {
      meanings.add(four(bytes, 12, 13, 14, 15));
    } else if (SIX_TO_FOUR.contains(address)) {
      meanings.add(four(bytes, 2, 3, 4, 5));
    } else if (LOCAL_NAT64.contains(address)) {
      // RFC 6052 §2.2, for prefixes of 48, 56, 64 and 96 bits: byte 8 is skipped.
      meanings.add(four(bytes, 6, 7, 9, 10));
      meanings.add(four(bytes, 7, 9, 10, 11));
      meanings.add(four(bytes, 9, 10, 11, 12));
      meanings.add(four(bytes, 12, 13, 14, 15));
    }
    return meanings;
  }

  /** Zeros but for some bytes of 0xff. */
  private static AddressRange afterZeros(int ffFrom, int ffTo, int bits) {
    byte[] prefix = new byte[16];
    for (int i = ffFrom; i < ffTo; i++) {
      prefix[i] = (byte) 0xff;
    }
    return new AddressRange(prefix, bits);
  }

  private static InetAddress four(byte[] bytes, int a, int b, int c, int d) {
    try {
      return InetAddress.getByAddress(new byte[] {bytes[a], bytes[b], bytes[c], bytes[d]});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
