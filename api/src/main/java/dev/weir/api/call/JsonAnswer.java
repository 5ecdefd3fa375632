// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.call;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Response;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Answers in JSON. */
public final class JsonAnswer {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonAnswer() {}

  /** What is written, as a body that no cache keeps. */
  public static Response of(int status, Consumer<JsonGenerator> writing) {
    return of(status, "application/json", writing);
  }

  static Response of(int status, String contentType, Consumer<JsonGenerator> writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      writing.accept(json);
    }
    bytes.write('\n');
    return Response.bytes(
        status,
        Headers.of("Content-Type", contentType, "Cache-Control", "no-store"),
        bytes.toByteArray());
  }
}
