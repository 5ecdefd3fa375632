// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.environment.Variables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FunctionLogTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyLineIsJsonWithTheRequestItBelongsToAndCountsAreOneLine() throws Exception {
    List<JsonNode> lines = lines();
    List<JsonNode> said = lines.stream().filter(line -> line.has("message")).toList();
    List<JsonNode> counted = lines.stream().filter(line -> line.has("_aws")).toList();

    assertThat(said).as("%s", lines).hasSize(3);
    JsonNode refused = said.getFirst();
    assertThat(refused.path("level").asText()).isEqualTo("ERROR");
    assertThat(refused.path("function_request_id").asText()).isEqualTo("request-1");
    assertThat(refused.path("function_name").asText()).isEqualTo("cpt-monitoring-test");
    assertThat(refused.path("cold_start").asText()).isEqualTo("true");
    assertThat(refused.path("correlation_id").asText()).isEqualTo("message-1");
    assertThat(refused.path("refused").asText()).isEqualTo("message-1");
    assertThat(refused.path("reason").asText()).isEqualTo("no JSON: line 1, column 2");
    JsonNode elsewhere = said.get(1);
    assertThat(elsewhere.path("message").asText()).isEqualTo("from another thread");
    assertThat(elsewhere.path("function_request_id").asText()).isEqualTo("request-1");
    assertThat(elsewhere.has("correlation_id")).isFalse();
    JsonNode failed = said.get(2);
    assertThat(failed.path("function_request_id").asText()).isEqualTo("request-2");
    assertThat(failed.path("cold_start").asText()).isEqualTo("false");
    assertThat(failed.path("message").asText())
        .contains("IllegalStateException: no table, because of RuntimeException: of that name");
    assertThat(failed.path("error").path("stack").asText()).contains("LoggingInvocations");

    assertThat(counted).as("%s", lines).hasSize(1);
    assertThat(counted.getFirst().path("RecordsStored").asInt()).isEqualTo(5);
    assertThat(counted.getFirst().path("RecordsRefused").asInt()).isEqualTo(1);
    assertThat(counted.getFirst().path("Service").asText()).isEqualTo("cpt-monitoring-writer");
    assertThat(counted.getFirst().path("stage").asText()).isEqualTo("live");
    JsonNode metrics = counted.getFirst().path("_aws").path("CloudWatchMetrics").path(0);
    assertThat(metrics.path("Namespace").asText()).isEqualTo("WeirMonitoring");
    assertThat(metrics.path("Dimensions").toString()).contains("Service", "stage");
  }

  @Test
  void dimensionsThatAreNotPairsAreRefusedByTheirVariable() {
    for (String text : List.of("stage", "=live", "stage=", "1=2", "a=b,,c=d", "a=".repeat(9))) {
      assertThatIllegalArgumentException()
          .as(text)
          .isThrownBy(
              () -> FunctionMetrics.of(new Variables(Map.of("WEIR_METRICS_DIMENSIONS", text))))
          .withMessageContaining("WEIR_METRICS_DIMENSIONS")
          .withMessageContaining(text);
    }
  }

  private static List<JsonNode> lines() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider",
            "-cp",
            System.getProperty("java.class.path"),
            LoggingInvocations.class.getName());
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "cpt-monitoring-writer");
    builder.environment().put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/cpt-monitoring-writer");
    builder.environment().put("WEIR_METRICS_DIMENSIONS", "stage=live");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(out).isTrue();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.lines().toList()) {
      lines.add(JSON.readTree(line)); // a line that is no JSON fails here
    }
    return lines;
  }
}
