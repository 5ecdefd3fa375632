// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
 * Reads the event of an API Gateway: payload 2.0 of an HTTP API, or 1.0, which REST APIs send (API
 * Gateway developer guide, "Working with AWS Lambda proxy integrations for HTTP APIs").
 */
final class GatewayEvent {

  /** Lambda takes 6 MB; a body of it is one text. */
  private static final int EVENT_BYTES_MAX = 8 << 20;

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

  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private String method = "";
  private String path = "";

  /** Those of payload 2.0, which count where an event has both. */
  private String newMethod = "";

  private String newPath = "";
  private String stage = "";
  private String body = "";
  private boolean manyValued;

  private GatewayEvent() {}

  /**
   * The request that an event carries.
   *
   * @throws BadEventException for what is no such event, or has a body that is no base64
   */
  static Request request(byte[] event) throws BadEventException {
    GatewayEvent read = new GatewayEvent();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), event)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BadEventException("the event is no JSON object");
      }
      read.event(json);
    } catch (JacksonException e) {
      throw new BadEventException("the event is not JSON: " + e.getOriginalMessage());
    }
    return read.request();
  }

  private void event(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "httpMethod" -> method = text(json);
        case "path" -> path = text(json);
        case "rawPath" -> newPath = text(json);
        case "body" -> body = text(json);
        case "headers" -> {
          if (value == JsonToken.START_OBJECT) {
            singleHeaders(json);
          }
        }
        case "multiValueHeaders" -> {
          if (value == JsonToken.START_OBJECT) {
            manyHeaders(json);
          }
        }
        case "requestContext" -> {
          if (value == JsonToken.START_OBJECT) {
            context(json);
          }
        }
        default -> json.skipChildren();
      }
    }
  }

  private void singleHeaders(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      String value = text(json);
      if (!manyValued) {
        headers.put(name, new ArrayList<>(List.of(value)));
      }
    }
  }

  /** These say all that the others say. */
  private void manyHeaders(JsonParser json) {
    manyValued = true;
    headers.clear();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      List<String> values = headers.computeIfAbsent(json.currentName(), _ -> new ArrayList<>());
      if (json.nextToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          values.add(text(json));
        }
      } else {
        json.skipChildren();
      }
    }
  }

  private void context(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("stage")) {
        stage = text(json);
      } else if (name.equals("http") && value == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String field = json.currentName();
          json.nextToken();
          if (field.equals("method")) {
            newMethod = text(json);
          } else {
            json.skipChildren();
          }
        }
      } else {
        json.skipChildren();
      }
    }
  }

  /** A scalar's text; empty for null and for what is no scalar. */
  private static String text(JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_NULL || !json.currentToken().isScalarValue()) {
      json.skipChildren();
      return "";
    }
    String text = json.getString();
    return text == null ? "" : text;
  }

  private Request request() throws BadEventException {
    method = newMethod.isEmpty() ? method : newMethod;
    path = newPath.isEmpty() ? path : newPath;
    if (method.isEmpty() || path.isEmpty()) {
      throw new BadEventException(
          "the event has no method and path; the function takes events of an API Gateway's proxy"
              + " integration, payload 1.0 or 2.0");
    }
    byte[] decoded = decodedBody();
    return new Request(
        method.toUpperCase(Locale.ROOT),
        withoutStage(),
        "",
        Headers.of(headers),
        decoded.length,
        new ByteArrayInputStream(decoded));
  }

  /** An HTTP API puts the stage before the path, a REST API doesn't. */
  private String withoutStage() {
    String prefix = "/" + stage + "/";
    return !stage.isEmpty() && path.startsWith(prefix) ? path.substring(prefix.length() - 1) : path;
  }

  /** As the AWS connector does: whatever the event says of the body, it is base64. */
  private byte[] decodedBody() throws BadEventException {
    try {
      return Base64.getDecoder().decode(body.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new BadEventException(
          "the body is not base64; for a REST API add application/x-protobuf to its binary media"
              + " types");
    }
  }
}
