// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.environment.Variables;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnAddressesTest {

  @ParameterizedTest
  @CsvSource({
    "any, 127.0.0.1, false",
    "any, 127.8.7.6, false",
    "any, ::1, false",
    "any, ::ffff:127.0.0.1, false",
    "any, 0.0.0.0, false",
    "any, ::, false",
    "any, 169.254.100.1, false",
    "any, 169.254.100.2, true",
    "any, 10.1.2.3, true",
    "any, 192.0.2.1, true",
    "public, 127.0.0.1, false",
    "public, 93.184.215.14, true",
    "'any,10.0.0.0/8', 127.0.0.1, false",
    "'ANY Public', 127.0.0.1, false",
    "'any,127.0.0.0/8', 127.0.0.1, true",
    "'any,127.0.0.0/8', ::1, false",
    "'127.0.0.0/8,::1/128', ::1, true",
    "'any 169.254.100.0/24', 169.254.100.1, true",
  })
  void theFunctionItselfIsReachedWhereItIsListedAlone(
      String text, String address, boolean allowed) {
    FunctionSettings settings =
        new FunctionSettings(
            new Variables(
                Map.of(
                    "WEIR_NETWORK_POLICY", text, "AWS_LAMBDA_RUNTIME_API", "169.254.100.1:9001")));

    assertThat(settings.networkPolicy().allows(InetAddress.ofLiteral(address))).isEqualTo(allowed);
  }
}
