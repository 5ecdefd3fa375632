// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The network policies that a customer can have, written as {@code public}, {@code any}, or
 * addresses and ranges such as {@code 10.1.0.0/16}, several of them with commas between.
 *
 * <p>{@code public} is what the registries of IANA for special addresses call globally reachable;
 * an IPv6 address that stands for an IPv4 address has to be public in both ways. Addresses at which
 * clouds tell a machine its credentials are never allowed, unless listed by themselves.
 */
public final class NetworkPolicies {

  /** Words and ranges in one text. */
  public static final int RANGES_MAX = 256;

  private static final Set<InetAddress> METADATA =
      addresses(
          "169.254.169.254", // Amazon, Google, Azure, Oracle, OpenStack
          "169.254.170.2", // Amazon ECS
          "169.254.170.23", // Amazon EKS
          "169.254.0.23", // Tencent
          "fd00:ec2::254",
          "fd00:ec2::23",
          "fd20:ce::254", // Google
          "fe80::a9fe:a9fe", // OpenStack
          "100.100.100.200", // Alibaba
          "192.0.0.192", // Oracle
          "168.63.129.16", // Azure
          "169.254.42.42"); // Scaleway

  /** IPv4, https://www.iana.org/assignments/iana-ipv4-special-registry. */
  private static final List<AddressRange> SPECIAL_IPV4 =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3");

  private static final AddressRange GLOBAL_IPV6 = AddressRange.parse("2000::/3");

  /** IPv6, https://www.iana.org/assignments/iana-ipv6-special-registry. */
  private static final List<AddressRange> SPECIAL_IPV6 =
      ranges("2001::/23", "2001:db8::/32", "3fff::/20");

  private NetworkPolicies() {}

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException naming what can't be read
   */
  public static NetworkPolicy parse(String text) {
    return parse(text, address -> false);
  }

  /**
   * Reads a policy beside addresses that are meant by no word, neither {@code any} nor {@code
   * public}: those are allowed where a range has them.
   *
   * @param own whether an address is one of them
   * @throws IllegalArgumentException naming what can't be read
   */
  public static NetworkPolicy parse(String text, Predicate<InetAddress> own) {
    boolean any = false;
    boolean publicOnes = false;
    List<AddressRange> listed = new ArrayList<>();
    String[] words = text.strip().split("\\s*,\\s*|\\s+", -1);
    if (words.length > RANGES_MAX) {
      throw new IllegalArgumentException(
          "a network policy has at most %d ranges, not %d".formatted(RANGES_MAX, words.length));
    }
    for (String word : words) {
      switch (word.toLowerCase(Locale.ROOT)) {
        case "any" -> any = true;
        case "public" -> publicOnes = true;
        default -> listed.add(AddressRange.parse(word));
      }
    }
    return new Listed(any, publicOnes, List.copyOf(listed), own);
  }

  private record Listed(
      boolean any, boolean publicOnes, List<AddressRange> listed, Predicate<InetAddress> own)
      implements NetworkPolicy {

    @Override
    public boolean allows(InetAddress address) {
      List<InetAddress> meanings = EmbeddedAddress.meanings(address);
      if (meanings.stream().anyMatch(METADATA::contains)) {
        return listed.stream().anyMatch(each -> each.single() && each.contains(address));
      }
      if (listed.stream().anyMatch(each -> each.contains(address))) {
        return true;
      }
      return !own.test(address)
          && (any || (publicOnes && meanings.stream().allMatch(NetworkPolicies::isPublic)));
    }
  }

  private static boolean isPublic(InetAddress address) {
    if (address instanceof Inet4Address) {
      return SPECIAL_IPV4.stream().noneMatch(each -> each.contains(address));
    }
    return EmbeddedAddress.isNat64(address)
        || (GLOBAL_IPV6.contains(address)
            && SPECIAL_IPV6.stream().noneMatch(each -> each.contains(address)));
  }

  private static List<AddressRange> ranges(String... texts) {
    return Arrays.stream(texts).map(AddressRange::parse).toList();
  }

  private static Set<InetAddress> addresses(String... texts) {
    return Set.copyOf(Arrays.stream(texts).map(InetAddress::ofLiteral).toList());
  }
}
