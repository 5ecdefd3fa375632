// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * Addresses that begin with the same bits.
 *
 * @param prefix 4 or 16 bytes; those after the bits are zero
 */
record AddressRange(byte[] prefix, int bits) {

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or an address alone.
   *
   * @throws IllegalArgumentException naming the text
   */
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] bytes;
    int bits;
    try {
      bytes = InetAddress.ofLiteral(address).getAddress();
      bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
    } catch (IllegalArgumentException e) {
      throw refused(text);
    }
    boolean whole = address.indexOf(':') >= 0 || address.chars().filter(c -> c == '.').count() == 3;
    if (bits < 0 || bits > bytes.length * 8 || !whole || address.indexOf('%') >= 0) {
      throw refused(text);
    }
    for (int i = bits; i < bytes.length * 8; i++) {
      if ((bytes[i / 8] >> (7 - i % 8) & 1) != 0) {
        throw new IllegalArgumentException(
            "'%s' has bits set after its first %d: is it a longer range?"
                .formatted(Excerpt.of(text), bits));
      }
    }
    return new AddressRange(bytes, bits);
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "'%s' is neither public, any, an address nor a range such as 10.0.0.0/8"
            .formatted(Excerpt.of(text)));
  }

  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != prefix.length) {
      return false;
    }
    int whole = bits / 8;
    if (Arrays.mismatch(bytes, 0, whole, prefix, 0, whole) >= 0) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || (bytes[whole] & 0xff) >> (8 - rest) == (prefix[whole] & 0xff) >> (8 - rest);
  }

  /** Whether it is one address only. */
  boolean single() {
    return bits == prefix.length * 8;
  }
}
