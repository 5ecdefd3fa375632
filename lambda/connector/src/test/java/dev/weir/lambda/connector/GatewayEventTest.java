// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.exchange.Request;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayEventTest {

  @ParameterizedTest
  @ValueSource(strings = {"http-api-2.0.json", "rest-api-1.0.json"})
  void readsTheEventsOfBothPayloadVersions(String recorded) throws Exception {
    Request request = GatewayEvent.request(event(recorded));
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/write");
    assertThat(request.contentLength()).isEqualTo(10);
    assertThat(request.body().readAllBytes()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(request.headers().all("content-encoding")).containsExactly("snappy");
    assertThat(request.headers().first("x-prometheus-remote-write-version")).contains("0.1.0");
    assertThat(request.headers().first("Authorization")).contains("Basic QUtJREVYQU1QTEU6c2VjcmV0");
  }

  @Test
  void keepsAllValuesOfAHeader() throws Exception {
    Request request = GatewayEvent.request(event("rest-api-1.0.json"));
    assertThat(request.headers().all("x-forwarded-for"))
        .containsExactly("203.0.113.7", "198.51.100.2");
  }

  @Test
  void takesAPathThatBeginsLikeTheStageAsItIs() throws Exception {
    Request request =
        GatewayEvent.request(
            bytes(
                """
                {"rawPath": "/devices", "requestContext": {"stage": "dev", "http": {"method": "GET"}}}
                """));
    assertThat(request.path()).isEqualTo("/devices");
  }

  /** In whatever order they come: what is new was put there by someone who knows it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"httpMethod": "GET", "path": "/read", "rawPath": "/dev/write",
         "requestContext": {"stage": "dev", "httpMethod": "GET", "http": {"method": "POST"}}}
        """,
        """
        {"requestContext": {"http": {"method": "POST"}, "stage": "dev"}, "rawPath": "/dev/write",
         "path": "/read", "httpMethod": "GET"}
        """
      })
  void goesByTheNewerPayloadWhereAnEventHasBoth(String mixed) throws Exception {
    Request request = GatewayEvent.request(bytes(mixed));
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/write");
  }

  @Test
  void hasAnEmptyBodyWhereTheEventHasNone() throws Exception {
    Request request =
        GatewayEvent.request(
            bytes("{\"path\": \"/read\", \"httpMethod\": \"get\", \"body\": null}"));
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.contentLength()).isZero();
  }

  @Test
  void refusesABodyThatIsNoBase64() {
    assertRefused(
        "{\"path\": \"/read\", \"httpMethod\": \"POST\", \"body\": \"%%%\"}",
        "the body is not base64; for a REST API add application/x-protobuf to its binary media"
            + " types");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"httpMethod\": \"POST\"}",
        "{\"path\": \"/write\"}",
        "{\"path\": {\"a\": 1}, \"httpMethod\": [\"POST\"]}",
        "{\"version\": \"2.0\", \"rawPath\": \"/write\"}",
        "{\"rawPath\": \"/write\", \"requestContext\": null}",
        "{\"rawPath\": \"/write\", \"requestContext\": {\"http\": \"POST\"}}",
        "{\"Records\": [{\"eventSource\": \"aws:sqs\"}]}"
      })
  void refusesWhatIsNoEventOfAGateway(String event) {
    assertRefused(
        event,
        "the event has no method and path; the function takes events of an API Gateway's proxy"
            + " integration, payload 1.0 or 2.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "7", ""})
  void refusesWhatIsNoObject(String event) {
    assertRefused(event, "the event is no JSON object");
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThatThrownBy(() -> GatewayEvent.request(bytes("{\"path\": ")))
        .isInstanceOf(BadEventException.class)
        .hasMessageStartingWith("the event is not JSON: ");
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    String deep = "{\"x\": " + "[".repeat(40) + "]".repeat(40) + "}";
    assertThatThrownBy(() -> GatewayEvent.request(bytes(deep)))
        .isInstanceOf(BadEventException.class)
        .hasMessageStartingWith("the event is not JSON: ");
  }

  private static void assertRefused(String event, String message) {
    assertThatThrownBy(() -> GatewayEvent.request(bytes(event)))
        .isInstanceOf(BadEventException.class)
        .hasMessage(message);
  }

  static byte[] event(String name) throws IOException {
    try (InputStream in = GatewayEventTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
