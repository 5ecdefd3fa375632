// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.weir.exchange.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds real answers to what the document says of them. */
public final class OpenApiAnswers {

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private OpenApiAnswers() {}

  /**
   * Fails where the answer's status, media type or body is not what the document says of the
   * operation; the body of a line-wise stream is judged line by line.
   *
   * @return the body
   */
  public static String check(String operationId, Response answer) {
    String body = body(answer);
    String what = operationId + " answers " + answer.status();
    JsonNode described =
        Described.resolved(
            Described.named(operationId).node().path("responses").path(answer.status() + ""));
    if (described.isMissingNode()) {
      throw new AssertionError(what + ", which is not described: " + body);
    }
    JsonNode content = described.path("content");
    String type = answer.headers().first("Content-Type").orElse("").split(";", 2)[0];
    if (content.isMissingNode()) {
      if (!body.isEmpty()) {
        throw new AssertionError(what + " with a body, which is not described: " + body);
      }
      return body;
    }
    if (!content.has(type)) {
      throw new AssertionError(what + " as " + type + "; described are " + content.propertyNames());
    }
    JsonNode schema = content.path(type).path("schema");
    if (!schema.isMissingNode() && type.endsWith("json")) {
      List<String> values = type.endsWith("ndjson") ? body.lines().toList() : List.of(body);
      checkJson(what, schema, values);
    }
    return body;
  }

  private static void checkJson(String what, JsonNode schema, List<String> values) {
    for (String value : values) {
      List<Error> errors = schema(schema).validate(value, InputFormat.JSON);
      if (!errors.isEmpty()) {
        throw new AssertionError(what + " with " + errors + " in " + value);
      }
    }
  }

  /** A schema of the document, with all others in reach of its references. */
  private static Schema schema(JsonNode schema) {
    return SCHEMAS.computeIfAbsent(
        schema.toString(),
        _ -> {
          ObjectNode whole = JsonMapper.shared().createObjectNode();
          whole.setAll((ObjectNode) schema.deepCopy());
          whole.set("components", Described.DOCUMENT.get("components"));
          return REGISTRY.getSchema(whole);
        });
  }

  private static String body(Response answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      answer.body().writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
