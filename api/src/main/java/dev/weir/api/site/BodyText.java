// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.site;

import dev.weir.api.call.Problem;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The body of a call as the text that it should be. */
sealed interface BodyText {

  /** UTF-8, read to its end. */
  record Read(String text) implements BodyText {}

  /** Nothing that can be read. */
  record Refused(Response answer) implements BodyText {}

  /**
   * Reads a body.
   *
   * @param what such as "sites"
   * @param bytesMax what it may have; more is read by one byte only
   */
  static BodyText of(Request request, String what, int bytesMax) {
    String encoding = request.headers().first("Content-Encoding").orElse("identity");
    if (!encoding.equals("identity")) {
      return new Refused(
          Problem.wrongEncoding(what + " come as they are, without Content-Encoding"));
    }
    if (request.contentLength() > bytesMax) {
      return tooLarge(what, bytesMax);
    }
    try {
      byte[] body = request.body().readNBytes(bytesMax + 1);
      if (body.length > bytesMax) {
        return tooLarge(what, bytesMax);
      }
      return new Read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException _) {
      return new Refused(Problem.badRequest("the text of " + what + " is not UTF-8"));
    } catch (IOException _) {
      return new Refused(Problem.badRequest("the body could not be read"));
    }
  }

  private static BodyText tooLarge(String what, int bytesMax) {
    return new Refused(
        Problem.tooLarge(
            "%s have at most %,d bytes in one call; send them in parts".formatted(what, bytesMax)));
  }
}
