// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.monitor.check.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariableSecretsTest {

  private final VariableSecrets secrets =
      new VariableSecrets(
          Map.of(
              "WEIR_SECRET_TOKEN", "s3cret",
              "AWS_SECRET_ACCESS_KEY", "the-functions-own",
              "AWS_SESSION_TOKEN", "the-functions-own",
              "_HANDLER", "x"),
          List.of("WEIR_SECRET_"));

  @Test
  void variablesThatMayBeNamedAreRead() {
    assertThat(secrets.reveal(new Secret("Bearer ${env:WEIR_SECRET_TOKEN}")))
        .isEqualTo("Bearer s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${env:AWS_SECRET_ACCESS_KEY}",
        "${env:AWS_SESSION_TOKEN}",
        "${env:_HANDLER}",
        "${env:WEIR_SECRET_NONE}",
        "${file:/proc/self/environ}",
        "${file:token}"
      })
  void b14NeitherTheFunctionsOwnCredentialsNorAnyFileCanBeNamed(String reference) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> secrets.reveal(new Secret("x" + reference)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("the-functions-own"));
  }

  @Test
  void withoutAPrefixThereIsNothingToBeNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VariableSecrets(Map.of("A", "b"), List.of()));
  }
}
