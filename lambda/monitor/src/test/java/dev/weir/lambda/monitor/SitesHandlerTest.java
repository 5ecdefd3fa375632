// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lambda.monitor.sites.GatewayCall;
import dev.weir.lambda.monitor.sites.GatewayCall.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SitesHandlerTest {

  @Test
  void answersThatAVariableIsWrongAndKeepsItsValueToTheLog() throws IOException {
    SitesHandler handler = new SitesHandler(Map.of("WEIR_HOME_REGION", "not a region"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    handler.handleRequest(
        new ByteArrayInputStream(GatewayCall.of("GET", "/api/v1/sites", "").event()),
        out,
        new FixedContext("request-1"));

    Answer answer = Answer.of(out.toByteArray());
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsKey("Retry-After");
    assertThat(answer.body()).contains("not set up").doesNotContain("not a region");
  }
}
