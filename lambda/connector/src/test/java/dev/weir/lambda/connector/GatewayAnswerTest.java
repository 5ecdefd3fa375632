// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GatewayAnswerTest {

  @Test
  void writesStatusHeadersAndBody() throws IOException {
    assertThat(written(Response.text(503, "wait").with("Retry-After", "5")))
        .isEqualTo(
            """
            {"statusCode":503,"headers":{"Content-Type":"text/plain; charset=utf-8",\
            "Retry-After":"5"},"isBase64Encoded":true,"body":"d2FpdAo="}\
            """);
  }

  @Test
  void writesAnAnswerWithoutABody() throws IOException {
    assertThat(written(Response.empty(204)))
        .isEqualTo("{\"statusCode\":204,\"headers\":{},\"isBase64Encoded\":true,\"body\":\"\"}");
  }

  @Test
  void gathersABodyThatIsMadeWhileItIsSent() throws IOException {
    Response streamed =
        Response.streamed(
            200,
            Headers.empty(),
            out -> {
              out.write('a');
              out.write(new byte[] {'b', 'c'});
            });
    assertThat(written(streamed)).contains("\"body\":\"YWJj\"");
  }

  @Test
  void answers413WhereLambdaCannotCarryTheBody() throws IOException {
    byte[] largest = new byte[GatewayAnswer.BODY_BYTES_MAX];
    byte[] larger = new byte[GatewayAnswer.BODY_BYTES_MAX + 1];
    assertThat(written(Response.bytes(200, Headers.empty(), largest)))
        .startsWith("{\"statusCode\":200,");
    assertThat(written(Response.bytes(200, Headers.empty(), larger)))
        .startsWith("{\"statusCode\":413,");
  }

  private static String written(Response response) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GatewayAnswer.write(GatewayAnswer.gathered(response), out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
