// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.sites;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The event of an HTTP API, payload 2.0 (API Gateway developer guide, "Working with AWS Lambda
 * proxy integrations for HTTP APIs").
 *
 * @param request what it carries
 * @param caller the ARN of who signed it; empty where the gateway asked for no signature
 * @param id the gateway's name of the request; empty where it has none
 */
record GatewayRequest(Request request, String caller, String id) {

  /** Lambda takes 6 MB; a body of it is one text. */
  static final int EVENT_BYTES_MAX = 8 << 20;

  private static final int DEPTH_MAX = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(EVENT_BYTES_MAX)
                  .maxStringLength(EVENT_BYTES_MAX)
                  .maxNestingDepth(DEPTH_MAX)
                  .build())
          .build();

  /** What is no such event; the message is for the log. */
  static final class BadEventException extends Exception {
    private static final long serialVersionUID = 1L;

    BadEventException(String message) {
      super(message);
    }
  }

  /**
   * Reads an event.
   *
   * @throws BadEventException for any other, or one whose body is not what it says
   */
  static GatewayRequest of(byte[] event) throws BadEventException {
    // Names of an object within an object are joined by dots.
    Map<String, String> fields = new TreeMap<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), event)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BadEventException("the event is no JSON object");
      }
      read(json, "", fields);
    } catch (JacksonException e) {
      throw new BadEventException("the event is not JSON: " + e.getOriginalMessage());
    }
    String method = fields.getOrDefault("requestContext.http.method", "");
    String path = fields.getOrDefault("rawPath", "");
    if (method.isEmpty() || path.isEmpty()) {
      throw new BadEventException(
          "the event has no method and path; the function takes events of an HTTP API, payload"
              + " 2.0");
    }
    byte[] body = body(fields);
    Request request =
        new Request(
            method.toUpperCase(Locale.ROOT),
            withoutStage(path, fields.getOrDefault("requestContext.stage", "")),
            fields.getOrDefault("rawQueryString", ""),
            headers(fields),
            body.length,
            new ByteArrayInputStream(body));
    return new GatewayRequest(
        request,
        fields.getOrDefault("requestContext.authorizer.iam.userArn", ""),
        fields.getOrDefault("requestContext.requestId", ""));
  }

  private static void read(JsonParser json, String prefix, Map<String, String> fields) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = prefix + json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_OBJECT) {
        read(json, name + ".", fields);
      } else if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        fields.put(name, json.getString());
      } else {
        json.skipChildren();
      }
    }
  }

  private static Headers headers(Map<String, String> fields) {
    String prefix = "headers.";
    Map<String, List<String>> headers = new TreeMap<>();
    fields.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        headers.put(name.substring(prefix.length()), List.of(value));
      }
    });
    return Headers.of(headers);
  }

  private static byte[] body(Map<String, String> fields) throws BadEventException {
    String body = fields.getOrDefault("body", "");
    if (!fields.getOrDefault("isBase64Encoded", "false").equals("true")) {
      return body.getBytes(UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new BadEventException("the body is not the base64 that the event says it is");
    }
  }

  /** A stage stands before the path, the default one doesn't. */
  private static String withoutStage(String path, String stage) {
    String prefix = "/" + stage + "/";
    return !stage.isEmpty() && path.startsWith(prefix) ? path.substring(prefix.length() - 1) : path;
  }
}
