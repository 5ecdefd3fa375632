// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rehearsal fails by itself where it is not answered as it should be. */
@Timeout(120)
class RehearsalsTest {

  private static final Map<String, String> COMPLETE =
      Map.of(
          "AWS_REGION",
          "eu-west-1",
          "WEIR_SCHEDULER_ROLE",
          "arn:aws:iam::123456789012:role/schedules",
          "WEIR_REGIONS",
          """
          {"eu-west-1":{"check":"arn:aws:lambda:eu-west-1:123456789012:function:check:live",
            "tick":"arn:aws:lambda:eu-west-1:123456789012:function:tick:live",
            "orders":"https://sqs.eu-west-1.amazonaws.com/123456789012/orders"}}
          """);

  static List<Consumer<Map<String, String>>> all() {
    return List.of(
        Rehearsals::tick, Rehearsals::configuration, Rehearsals::reconcile, Rehearsals::sites);
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachEventIsAnsweredWithoutACallThatLeavesTheProcess(Consumer<Map<String, String>> each) {
    assertThatNoException().isThrownBy(() -> each.accept(COMPLETE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scheduler", "rules"})
  void bothKindsOfSchedulesAreRehearsed(String kind) {
    Map<String, String> variables = new HashMap<>(COMPLETE);
    variables.put("WEIR_SCHEDULES", kind);

    assertThatNoException()
        .isThrownBy(() -> {
          Rehearsals.configuration(variables);
          Rehearsals.reconcile(variables);
        });
  }

  @ParameterizedTest
  @MethodSource("all")
  void aVariableThatIsWrongIsNamed(Consumer<Map<String, String>> each) {
    Map<String, String> variables = new HashMap<>(COMPLETE);
    variables.put("WEIR_HOME_REGION", "-");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> each.accept(variables))
        .withMessageContaining("WEIR_HOME_REGION");
  }
}
