// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkPoliciesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.3.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::1",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "::ffff:8.8.8.8"
      })
  void publicAddressesArePublic(String address) {
    assertThat(allows("public", address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.1.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::8.8.8.8",
        "::ffff:0:10.0.0.1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2001:2::1",
        "2001:10::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void specialAddressesAreNotPublic(String address) {
    assertThat(allows("public", address)).isFalse();
    assertThat(allows("any", address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.170.2",
        "169.254.170.23",
        "169.254.42.42",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
        "fe80::a9fe:a9fe",
        "169.254.0.23",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16"
      })
  void addressesOfMetadataAreAllowedWhereTheyAreListedOnly(String address) {
    assertThat(allows("any", address)).as("any").isFalse();
    assertThat(allows("public", address)).as("public").isFalse();
    assertThat(allows("any,0.0.0.0/0,::/0", address)).as("within a range").isFalse();
    assertThat(allows("any," + address, address)).as("listed").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::ffff:169.254.169.254",
        "64:ff9b::169.254.169.254",
        "64:ff9b::a9fe:17",
        "64:ff9b:1:a9fe:a9:fe00::", // prefixes of 48, 56, 64 and 96 bits
        "64:ff9b:1:a9:fe:a9fe::",
        "64:ff9b:1:0:a9:fea9:fe00::",
        "64:ff9b:1::a9fe:a9fe",
        "::ffff:0:169.254.169.254",
        "2002:a9fe:a9fe::1",
        "::169.254.169.254"
      })
  void addressesOfMetadataInDisguiseAreNotAllowed(String address) {
    assertThat(allows("any", address)).isFalse();
    assertThat(allows("public", address)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.255.255, true",
    "10.1.0.0/16, 10.2.0.0, false",
    "10.1.128.0/17, 10.1.127.255, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "fd12::/16, fd12:ffff::1, true",
    "fd12::/16, fd13::1, false",
    "fd12::/16, 10.0.0.1, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, 2606:4700::1, false",
    "10.1.0.0/16, 64:ff9b::10.1.0.1, false",
    "'public, 10.1.0.0/16', 10.1.0.1, true",
    "'public 10.1.0.0/16', 8.8.8.8, true",
    "'PUBLIC', 10.1.0.1, false",
  })
  void rangesAreAllowed(String policy, String address, boolean allowed) {
    assertThat(allows(policy, address)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "private",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/x",
        "10.0/8",
        "10",
        "fd00::/129",
        "10.0.0.1/8",
        "fd00::1/8",
        "example.com",
        "10.0.0.0/8,,any",
        "fe80::1%lo/128",
        "/8"
      })
  void refusesWhatIsNoPolicyNamingIt(String policy) {
    assertThatThrownBy(() -> NetworkPolicies.parse(policy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'");
  }

  @Test
  void refusesTooManyRanges() {
    String many = String.join(",", Collections.nCopies(257, "10.0.0.1"));
    assertThatThrownBy(() -> NetworkPolicies.parse(many))
        .hasMessageContaining("at most 256")
        .hasMessageContaining("257");
  }

  private static boolean allows(String policy, String address) {
    InetAddress parsed = InetAddress.ofLiteral(address);
    assertThat(Arrays.asList(4, 16)).contains(parsed.getAddress().length);
    return NetworkPolicies.parse(policy).allows(parsed);
  }
}
