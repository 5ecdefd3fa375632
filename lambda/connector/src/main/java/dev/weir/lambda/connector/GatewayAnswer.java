// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.connector;

import dev.weir.exchange.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes an answer as API Gateway takes it, the same for both payload versions. */
final class GatewayAnswer {

  /** Lambda gives back 6 MB; base64 takes four bytes for three. */
  static final int BODY_BYTES_MAX = 4_400_000;

  private static final int STATUS_TOO_LARGE = 413;
  private static final JsonFactory JSON = new JsonFactory();

  private GatewayAnswer() {}

  /**
   * The answer with its body in memory; one that is too large becomes a 413 that says what to do.
   *
   * @throws IOException as the body does
   */
  static Response gathered(Response response) throws IOException {
    Limited body = new Limited();
    try {
      response.body().writeTo(body);
    } catch (TooLargeException _) {
      return Response.text(
          STATUS_TOO_LARGE,
          "the answer has more than "
              + BODY_BYTES_MAX
              + " bytes, which is what Lambda carries; ask for fewer series or a shorter time");
    }
    return Response.bytes(response.status(), response.headers(), body.bytes());
  }

  /** Writes an answer that was gathered. */
  static void write(Response sent, OutputStream out) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    sent.body().writeTo(body);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeNumberProperty("statusCode", sent.status());
      json.writeObjectPropertyStart("headers");
      Map<String, List<String>> fields = new LinkedHashMap<>();
      sent.headers()
          .forEach(
              (name, value) -> fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
      fields.forEach((name, values) -> json.writeStringProperty(name, String.join(", ", values)));
      json.writeEndObject();
      json.writeBooleanProperty("isBase64Encoded", true);
      json.writeName("body");
      json.writeBinary(body.toByteArray());
      json.writeEndObject();
    }
  }

  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Takes so much and no more. */
  private static final class Limited extends OutputStream {

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (taken.size() + length > BODY_BYTES_MAX) {
        throw new TooLargeException();
      }
      taken.write(bytes, offset, length);
    }

    byte[] bytes() {
      return taken.toByteArray();
    }
  }
}
