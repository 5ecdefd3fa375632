// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.monitor.check.Secret.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

  @Test
  void findsReferencesInATextAndLeavesTheRest() {
    assertThat(new Secret("Bearer ${env:A_1}-${file:/run/secrets/a b}$").parts())
        .containsExactly(
            new Part.Literal("Bearer "),
            new Part.Environment("A_1"),
            new Part.Literal("-"),
            new Part.File("/run/secrets/a b"),
            new Part.Literal("$"));
    assertThat(new Secret("a$b{c}").parts()).containsExactly(new Part.Literal("a$b{c}"));
    assertThat(new Secret("").parts()).isEmpty();
  }

  @Test
  void aSecondDollarTakesTheMeaningAway() {
    assertThat(new Secret("$${env:A}").parts()).containsExactly(new Part.Literal("${env:A}"));
    for (String text : new String[] {"${env:A}", "$${", "$$${x}", "a", "$"}) {
      Secret literal = Secret.literal(text);
      assertThat(literal.named()).isFalse();
      assertThat(literal.parts()).containsExactly(new Part.Literal(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${",
        "${env:A",
        "${}",
        "${A}",
        "${env:}",
        "${env:A B}",
        "${env:1}",
        "${file:}",
        "${file: }",
        "${evn:A}",
        "${file:a\nb}",
        "${env:A=B}"
      })
  void refusesReferencesThatNameNothing(String text) {
    assertThatThrownBy(() -> new Secret("hidden" + text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith("a reference ")
        .doesNotContain("hidden");
  }

  @Test
  void showsReferencesAndNothingElse() {
    assertThat(new Secret("Bearer s3cr3t ${env:A} more")).hasToString("…${env:A}…");
    assertThat(new Credentials.Basic(new Secret("me"), new Secret("${file:b}")).toString())
        .doesNotContain("me")
        .contains("${file:b}");
  }
}
