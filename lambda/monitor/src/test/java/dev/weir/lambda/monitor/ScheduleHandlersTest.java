// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleHandlersTest {

  private static final Map<String, String> COMPLETE =
      Map.of(
          "AWS_REGION",
          "eu-west-1",
          "WEIR_SCHEDULER_ROLE",
          "arn:aws:iam::123456789012:role/schedules",
          "WEIR_REGIONS",
          """
          {"eu-west-1":{"check":"arn:aws:lambda:eu-west-1:123456789012:function:check:live",
            "tick":"arn:aws:lambda:eu-west-1:123456789012:function:tick:live"}}
          """);

  @Test
  void anEventOfTheStreamIsAnsweredWithTheRecordsThatFailed() throws IOException {
    assertThat(handle(new ConfigurationHandler(COMPLETE), "{\"Records\":[]}"))
        .isEqualTo("{\"batchItemFailures\":[]}");
  }

  @Test
  void anEventThatIsNoneFails() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handle(new ConfigurationHandler(COMPLETE), "{}"))
        .withMessageContaining("has Records");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handle(new ReconcileHandler(COMPLETE), "[]"));
  }

  @Test
  void aVariableThatIsMissingIsNamed() {
    for (RequestStreamHandler handler :
        List.of(new ConfigurationHandler(Map.of()), new ReconcileHandler(Map.of()))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> handle(handler, "{\"Records\":[]}"))
          .withMessageContaining("WEIR_REGIONS");
    }
  }

  private static String handle(RequestStreamHandler handler, String event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(UTF_8)), answer, new FixedContext("r"));
    return answer.toString(UTF_8);
  }
}
