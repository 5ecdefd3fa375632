// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.lambda.monitor.queue.BatchAnswer;
import dev.weir.lambda.monitor.queue.BatchEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ResultHandlersTest {

  private static final Map<String, String> LAMBDAS =
      Map.of(
          "AWS_REGION", "eu-west-1",
          "TS_Endpoint", "http://127.0.0.1:1",
          "TS_AccessKeyId", "weir",
          "TS_SecretAccessKey", "hush");

  @ParameterizedTest
  @CsvSource({
    "WEIR_NOTICE_TOPIC, incidents",
    "WEIR_NOTICES, notices: [",
    "WEIR_NETWORK_POLICY, everywhere",
    "WEIR_METRICS_DIMENSIONS, live",
    "TS_Region, eu west",
    "TS_Endpoint, weir.example",
    "TS_AccessKeyId, weir",
    "WEIR_HOME_REGION, -"
  })
  void aVariableThatIsWrongIsNamedWithEachEvent(String name, String value) {
    Map<String, String> variables = Map.of("AWS_REGION", "eu-west-1", name, value);
    WriterHandler writer = new WriterHandler(variables);
    NoticeHandler notices = new NoticeHandler(variables);
    RollupHandler rollup = new RollupHandler(variables);
    for (int i = 0; i < 2; i++) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> written(writer, "{}"))
          .withMessageContaining(name);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> notices.handleRequest(Map.of(), new FixedContext("r")))
          .withMessageContaining(name);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rollup.handleRequest(Map.of(), new FixedContext("r")))
          .withMessageContaining(name);
    }
  }

  @Test
  void withNoMoreThanLambdaGivesABatchIsTaken() throws IOException {
    assertThat(written(new WriterHandler(LAMBDAS), BatchEvents.of(Map.of("a", "no report"))))
        .isEqualTo(BatchAnswer.failed(List.of("a")));
  }

  private static String written(WriterHandler writer, String event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    writer.handleRequest(
        new ByteArrayInputStream(event.getBytes(UTF_8)), answer, new FixedContext("r"));
    return answer.toString(UTF_8);
  }
}
