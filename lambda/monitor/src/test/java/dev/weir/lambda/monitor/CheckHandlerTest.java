// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckHandlerTest {

  private static final Map<String, String> COMPLETE =
      Map.of(
          "AWS_REGION",
          "eu-west-1",
          "WEIR_RESULTS_QUEUE",
          "http://127.0.0.1:1/1/results",
          "AWS_ACCESS_KEY_ID",
          "local");

  @Test
  void aVariableThatIsMissingIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handle(new CheckHandler(Map.of("AWS_REGION", "eu-west-1")), "{}"))
        .withMessageContaining("WEIR_RESULTS_QUEUE");
  }

  @ParameterizedTest
  @CsvSource({
    "WEIR_NETWORK_POLICY, nonsense",
    "WEIR_ANCHORS, x:y",
    "WEIR_ANCHORS, https://a.example/\"",
    "WEIR_SECRETS_VARIABLES, AWS_",
    "WEIR_SECRETS_VARIABLES, 'WEIR_SECRET_,A'",
    "WEIR_SECRETS_VARIABLES, LAMBDA_TASK",
    "WEIR_SECRETS_VARIABLES, _HANDLER",
    "WEIR_SECRETS_VARIABLES, with space",
    "WEIR_CONCURRENCY, 0",
    "WEIR_CONCURRENCY, 501",
    "WEIR_RECORD_LAYOUT, tidy",
  })
  void aVariableThatIsWrongIsNamed(String name, String value) {
    Map<String, String> environment = new HashMap<>(COMPLETE);
    environment.put(name, value);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> handle(new CheckHandler(environment), "{}"))
        .withMessageContaining(name);
  }

  @Test
  void anEventThatIsNoOrderIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handle(new CheckHandler(COMPLETE), "{\"detail\":{}}"))
        .withMessageContaining("an order has a slot, a region and sites");
  }

  @Test
  void afterASnapshotItOpensWhatItNeedsAnew() throws Exception {
    CheckHandler handler = new CheckHandler(COMPLETE);
    for (int i = 0; i < 2; i++) {
      assertThat(handle(handler, "{\"Records\":[]}")).isEqualTo("{\"batchItemFailures\":[]}");
      handler.function.close();
    }
  }

  private static String handle(CheckHandler handler, String event) throws Exception {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        answer,
        new FixedContext("cpt-monitoring"));
    return answer.toString(StandardCharsets.UTF_8);
  }
}
