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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationHandlerTest {

  private static final String FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:";
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_REGION",
          "eu-west-1",
          "WEIR_REGIONS",
          "{\"eu-west-1\":{\"check\":\"%scheck:live\",\"tick\":\"%stick:live\"}}"
              .formatted(FUNCTION, FUNCTION),
          "WEIR_SCHEDULER_ROLE",
          "arn:aws:iam::123456789012:role/schedules");

  private static String answer(RequestStreamHandler handler, String event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(UTF_8)), answer, new FixedContext("request"));
    return answer.toString(UTF_8);
  }

  private static String record(String name, String siteId, String rest) {
    return "{\"eventName\":\"%s\",\"eventSource\":\"aws:dynamodb\",\"dynamodb\":{\"SequenceNumber\":\"7\",\"Keys\":{\"SiteId\":{\"S\":\"%s\"}}%s}}"
        .formatted(name, siteId, rest);
  }

  @Test
  void theAnswerNamesTheBadRecordAndNoOther() throws IOException {
    String item =
        "{\"SiteId\":{\"S\":\"shop\"},\"endpoint\":{\"S\":\"https://shop.example/\"},\"rate\":{\"N\":\"1\"},\"latencyConstraint\":{\"N\":\"2\"},\"testString\":{\"S\":\"shop\"}}";
    String unchanged =
        record("MODIFY", "shop", ",\"OldImage\":%s,\"NewImage\":%s".formatted(item, item));
    ConfigurationHandler handler = new ConfigurationHandler(ENVIRONMENT);
    assertThat(answer(handler, "{\"Records\":[" + unchanged + "]}"))
        .isEqualTo("{\"batchItemFailures\":[]}");
    String bad = record("INSERT", "no site", ",\"NewImage\":" + item);
    assertThat(
            answer(
                handler, "{\"Records\":[" + unchanged.replace("\"7\"", "\"6\"") + "," + bad + "]}"))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"7\"}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"WEIR_REGIONS", "WEIR_SCHEDULER_ROLE"})
  void aVariableThatIsMissingIsNamedByEachInvocation(String name) {
    Map<String, String> lacking = new HashMap<>(ENVIRONMENT);
    lacking.remove(name);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> answer(new ConfigurationHandler(lacking), "{\"Records\":[]}"))
        .withMessageContaining(name);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> answer(new ReconcileHandler(lacking), "{}"))
        .withMessageContaining(name);
  }

  @Test
  void rulesNeedNoRole() throws IOException {
    Map<String, String> rules = new HashMap<>(ENVIRONMENT);
    rules.remove("WEIR_SCHEDULER_ROLE");
    rules.put("WEIR_SCHEDULES", "rules");
    assertThat(answer(new ConfigurationHandler(rules), "{\"Records\":[]}"))
        .isEqualTo("{\"batchItemFailures\":[]}");
  }

  @Test
  void whatIsNoEventFailsTheInvocation() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> answer(new ConfigurationHandler(ENVIRONMENT), "{}"))
        .withMessageContaining("Records");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> answer(new ReconcileHandler(ENVIRONMENT), "{\"dryrun\":true}"))
        .withMessageContaining("dryrun");
  }

  @Test
  void sitesAreBegunUntilALittleBeforeTheEnd() {
    Instant now = Instant.parse("2026-11-22T10:00:00Z");
    InstantSource time = InstantSource.fixed(now);
    assertThat(
            ConfigurationHandler.deadline(
                time, new FixedContext("request", time, now.plusSeconds(300))))
        .isEqualTo(now.plusSeconds(290));
    assertThat(
            ConfigurationHandler.deadline(
                time, new FixedContext("request", time, now.plusSeconds(8))))
        .isEqualTo(now.plus(Duration.ofSeconds(6)));
  }
}
