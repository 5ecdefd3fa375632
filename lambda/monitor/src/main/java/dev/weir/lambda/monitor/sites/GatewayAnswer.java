// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.sites;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.exchange.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Answers as an HTTP API takes them. */
final class GatewayAnswer {

  /** Lambda gives back 6 MB, with all that JSON adds. */
  static final int BYTES_MAX = 6_000_000;

  private static final JsonFactory JSON = new JsonFactory();

  private GatewayAnswer() {}

  /**
   * The answer's JSON; empty where it has more than {@link #BYTES_MAX}.
   *
   * @throws IOException as the body does
   */
  static Optional<byte[]> of(Response response) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    response.body().writeTo(body);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = generator(bytes)) {
      json.writeStartObject();
      json.writeNumberProperty("statusCode", response.status());
      json.writeObjectPropertyStart("headers");
      Map<String, List<String>> fields = new LinkedHashMap<>();
      response
          .headers()
          .forEach(
              (name, value) -> fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
      fields.forEach((name, values) -> json.writeStringProperty(name, String.join(", ", values)));
      json.writeEndObject();
      json.writeBooleanProperty("isBase64Encoded", false);
      json.writeStringProperty("body", body.toString(UTF_8));
      json.writeEndObject();
    }
    return bytes.size() > BYTES_MAX ? Optional.empty() : Optional.of(bytes.toByteArray());
  }

  private static JsonGenerator generator(ByteArrayOutputStream bytes) {
    return JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8);
  }
}
