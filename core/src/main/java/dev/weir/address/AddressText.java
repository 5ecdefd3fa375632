// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.address;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Writes addresses in their canonical form: IPv4 in decimal, IPv6 as RFC 5952 has it, lower case
 * and with the longest run of zeros left out. The JDK leaves none out. Thread-safe.
 */
public final class AddressText {

  private static final int GROUPS = 8;

  /** Where the IPv4 address begins in an IPv4-mapped one. */
  private static final int MAPPED_BYTES = 12;

  private AddressText() {}

  /**
   * Such as {@code 192.0.2.1}, {@code 2001:db8::1}, {@code fe80::1%eth0} (the scope after it, RFC
   * 4007 §11) or {@code ::ffff:192.0.2.1} (RFC 5952 §5).
   */
  public static String of(InetAddress address) {
    if (!(address instanceof Inet6Address six)) {
      return address.getHostAddress();
    }
    byte[] bytes = six.getAddress();
    String told = six.getHostAddress();
    int percent = told.indexOf('%');
    if (percent >= 0) {
      // Groups alone: nobody reads a scope after an IPv4 address.
      return groups(bytes) + told.substring(percent);
    }
    return isMapped(bytes) ? mapped(bytes) : groups(bytes);
  }

  /** With a port: {@code 192.0.2.1:443}, {@code [2001:db8::1]:443} (RFC 5952 §6). */
  public static String of(InetAddress address, int port) {
    return (address instanceof Inet6Address ? "[%s]:%d" : "%s:%d").formatted(of(address), port);
  }

  private static boolean isMapped(byte[] bytes) {
    for (int i = 0; i < MAPPED_BYTES; i++) {
      if (bytes[i] != (byte) (i < MAPPED_BYTES - 2 ? 0 : 0xff)) {
        return false;
      }
    }
    return true;
  }

  private static String mapped(byte[] bytes) {
    return "::ffff:%d.%d.%d.%d"
        .formatted(
            bytes[MAPPED_BYTES] & 0xff,
            bytes[MAPPED_BYTES + 1] & 0xff,
            bytes[MAPPED_BYTES + 2] & 0xff,
            bytes[MAPPED_BYTES + 3] & 0xff);
  }

  private static String groups(byte[] bytes) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
    // The longest run of zeros, the first of several; one zero alone is written (§4.2.2).
    int from = 0;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        from = i;
        length = end - i;
      }
    }
    return length == 1
        ? joined(groups, 0, GROUPS)
        : joined(groups, 0, from) + "::" + joined(groups, from + length, GROUPS);
  }

  private static String joined(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
