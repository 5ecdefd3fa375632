// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    // RFC 5952 §1 and §2: one address, written in all these ways
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8::1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8::0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8::1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:0:1::1, 2001:db8::1:0:0:1",
    "2001:DB8:0:0:1::1, 2001:db8::1:0:0:1",
    "2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
    "2001:db8:0:0:0::1, 2001:db8::1",
    // §4.2.1: as short as possible
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    // §4.2.2: one zero alone is written
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    // §4.2.3: the longest run, or the first
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    // §4.3
    "2001:DB8::ABCD, 2001:db8::abcd",
    // runs at the ends
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "0:0:1:2:3:4:5:6, ::1:2:3:4:5:6",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    "0:1:2:3:4:5:6:0, 0:1:2:3:4:5:6:0",
    // only mapped addresses hold an IPv4 address for everybody
    "::192.0.2.1, ::c000:201",
    "64:ff9b::192.0.2.1, 64:ff9b::c000:201"
  })
  void writesTheCanonicalForm(String given, String expected) {
    assertThat(AddressText.of(InetAddress.ofLiteral(given))).isEqualTo(expected);
  }

  /** The JDK unpacks it, except where it is told that it is of IPv6. */
  @Test
  void writesTheIpv4AddressOfAMappedOneInDecimal() throws Exception {
    assertThat(AddressText.of(six("00000000000000000000ffffc0000201", -1)))
        .isEqualTo("::ffff:192.0.2.1");
    assertThat(AddressText.of(six("00000000000000000000ffffc0000201", 7)))
        .isEqualTo("::ffff:c000:201%7");
    assertThat(AddressText.of(six("0000000000000000ffff0000c0000201", -1)))
        .isEqualTo("::ffff:0:c000:201");
  }

  @Test
  void keepsTheScope() throws Exception {
    assertThat(AddressText.of(six("fe800000000000000000000000000001", 3))).isEqualTo("fe80::1%3");
    assertThat(AddressText.of(InetAddress.ofLiteral("fe80::1%0"))).isEqualTo("fe80::1%0");
  }

  @Test
  void putsIpv6InBracketsBeforeAPort() {
    assertThat(AddressText.of(InetAddress.ofLiteral("::1"), 443)).isEqualTo("[::1]:443");
    assertThat(AddressText.of(InetAddress.ofLiteral("192.0.2.1"), 80)).isEqualTo("192.0.2.1:80");
  }

  @Test
  void isReadAsTheSameAddress() throws Exception {
    Random random = new Random(5952);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      int zeros = random.nextInt(bytes.length);
      Arrays.fill(bytes, zeros, random.nextInt(zeros, bytes.length + 1), (byte) 0);
      InetAddress address = InetAddress.getByAddress(bytes);
      String text = AddressText.of(address);
      assertThat(InetAddress.ofLiteral(text)).as(text).isEqualTo(address);
    }
  }

  private static InetAddress six(String hex, int scope) throws Exception {
    return Inet6Address.getByAddress(null, HexFormat.of().parseHex(hex), scope);
  }
}
