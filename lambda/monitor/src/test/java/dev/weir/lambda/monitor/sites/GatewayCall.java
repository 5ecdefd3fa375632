// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.sites;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A call as an HTTP API makes an event of it, payload 2.0.
 *
 * @param caller the ARN of who signed it; empty for a route without an authorizer
 * @param base64 whether the body comes as base64
 */
public record GatewayCall(
    String method, String path, String query, String body, String caller, boolean base64) {

  public static final String OPERATOR = "arn:aws:iam::123456789012:user/operator";

  /** A signed call without a body. */
  public static GatewayCall of(String method, String path, String query) {
    return new GatewayCall(method, path, query, "", OPERATOR, false);
  }

  /** A signed call with sites. */
  public static GatewayCall put(String query, String body) {
    return new GatewayCall("PUT", "/api/v1/sites", query, body, OPERATOR, false);
  }

  /** The event. */
  public byte[] event() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json =
        new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("version", "2.0");
      json.writeStringProperty("routeKey", "ANY /api/v1/sites/{proxy+}");
      json.writeStringProperty("rawPath", path);
      json.writeStringProperty("rawQueryString", query);
      json.writeArrayPropertyStart("cookies");
      json.writeString("a=b");
      json.writeEndArray();
      json.writeObjectPropertyStart("headers");
      json.writeStringProperty("content-type", "application/yaml");
      json.writeStringProperty("requestContext.authorizer.iam.userArn", "arn:of:a:header");
      json.writeEndObject();
      json.writeObjectPropertyStart("requestContext");
      json.writeStringProperty("requestId", "id-of-the-gateway");
      json.writeStringProperty("stage", "$default");
      json.writeObjectPropertyStart("http");
      json.writeStringProperty("method", method);
      json.writeStringProperty("sourceIp", "192.0.2.1");
      json.writeEndObject();
      if (!caller.isEmpty()) {
        json.writeObjectPropertyStart("authorizer");
        json.writeObjectPropertyStart("iam");
        json.writeStringProperty("userArn", caller);
        json.writeNullProperty("cognitoIdentity");
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndObject();
      if (!body.isEmpty() && base64) {
        json.writeName("body");
        json.writeBinary(body.getBytes(UTF_8));
      } else if (!body.isEmpty()) {
        json.writeStringProperty("body", body);
      }
      json.writeBooleanProperty("isBase64Encoded", base64);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** An answer to such an event. */
  public record Answer(int status, Map<String, String> headers, String body) {

    public static Answer of(byte[] json) {
      int status = 0;
      String body = "";
      Map<String, String> headers = new TreeMap<>();
      try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          switch (name) {
            case "statusCode" -> status = parser.getIntValue();
            case "body" -> body = parser.getString();
            case "headers" -> {
              while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String header = parser.currentName();
                parser.nextToken();
                headers.put(header, parser.getString());
              }
            }
            default -> parser.skipChildren();
          }
        }
      }
      return new Answer(status, headers, body);
    }
  }
}
