// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TickHandlerTest {

  private static final String TICK =
      "{\"region\":\"us-east-1\",\"shard\":3,\"minute\":\"2026-11-22T10:00:00Z\"}";
  private static final String ARN = "arn:aws:lambda:%s:123456789012:function:%s:live";

  @Test
  void aVariableThatIsMissingIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handle(new TickHandler(Map.of("AWS_REGION", "eu-west-1")), TICK))
        .withMessageContaining("WEIR_REGIONS");
  }

  @Test
  void aRegionWithoutAQueueOfOrdersIsNamed() {
    String regions =
        "{\"eu-west-1\":{\"check\":\"%s\",\"tick\":\"%s\",\"orders\":\"http://127.0.0.1:1/1/o\"}}"
            .formatted(ARN.formatted("eu-west-1", "check"), ARN.formatted("eu-west-1", "tick"));
    TickHandler handler =
        new TickHandler(Map.of("AWS_REGION", "eu-west-1", "WEIR_REGIONS", regions));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> handle(handler, TICK))
        .withMessage(
            "the environment variable WEIR_REGIONS names no queue of orders for us-east-1");
    handler.function.close();
    assertThatIllegalArgumentException().isThrownBy(() -> handle(handler, "{}"));
  }

  private static void handle(TickHandler handler, String event) throws Exception {
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        OutputStream.nullOutputStream(),
        new FixedContext("cpt-monitoring"));
  }
}
