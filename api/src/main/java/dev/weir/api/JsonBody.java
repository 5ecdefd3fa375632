// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Answers in JSON. */
final class JsonBody {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonBody() {}

  /** What is written, as a body that no cache keeps. */
  static Response response(int status, Consumer<JsonGenerator> writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      writing.accept(json);
    }
    bytes.write('\n');
    return Response.bytes(
        status,
        Headers.of("Content-Type", "application/json", "Cache-Control", "no-store"),
        bytes.toByteArray());
  }
}
