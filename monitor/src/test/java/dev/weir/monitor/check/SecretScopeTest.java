// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No customer names what belongs to another or to the host. */
class SecretScopeTest {

  private final SecretScope acme = new SecretScope("acme");

  @Test
  void theDefaultCustomerNamesWhatItLikes() {
    assertThat(new SecretScope("default").refusal(new Secret("${env:HOME}${file:/etc/passwd}")))
        .isEmpty();
  }

  @Test
  void whoIsNotTheOperatorNamesForTheDefaultCustomerItsOwnAlone() {
    SecretScope scope = new SecretScope("default", false);

    assertThat(scope.refusal(new Secret("${env:HOME}"))).isPresent();
    assertThat(scope.refusal(new Secret("${file:/etc/passwd}"))).isPresent();
    assertThat(scope.refusal(new Secret("${file:acme/token}"))).isPresent();
    assertThat(scope.refusal(new Secret("${env:WEIR_SECRET_default__TOKEN} ${file:default/token}")))
        .isEmpty();
  }

  @Test
  void aCustomerNamesItsOwn() {
    assertThat(
            acme.refusal(
                new Secret("x ${env:WEIR_SECRET_acme__TOKEN} ${file:acme/keys/client.key}")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${env:HOME}",
        "${env:AWS_SECRET_ACCESS_KEY}",
        "${env:WEIR_SECRET_acme_TOKEN}",
        "${env:WEIR_SECRET_ACME__TOKEN}",
        "${env:WEIR_SECRET_acme_2Dshop__TOKEN}",
        "${file:/etc/passwd}",
        "${file:token}",
        "${file:acme}",
        "${file:acme/}",
        "${file:acme/../other/token}",
        "${file:acme//etc}",
        "${file:acme/./x}",
        "${file:other/token}",
        "${file:acme/..\\x}",
        "fine ${env:WEIR_SECRET_acme__A} ${env:HOME}"
      })
  void aCustomerNamesNothingElse(String text) {
    assertThat(acme.refusal(new Secret(text))).isPresent();
  }

  @Test
  void noCustomersPrefixBeginsWithAnothers() {
    String[] customers = {"a", "a_", "a__", "a-b", "a_b", "a.b", "a-", "A", "a2Db", "a_2Db"};
    for (String one : customers) {
      for (String other : customers) {
        assertThat(
                new SecretScope(one)
                    .environmentPrefix()
                    .startsWith(new SecretScope(other).environmentPrefix()))
            .as(one + " and " + other)
            .isEqualTo(one.equals(other));
      }
    }
    assertThat(new SecretScope("acme-shop").environmentPrefix())
        .isEqualTo("WEIR_SECRET_acme_2Dshop__");
  }
}
