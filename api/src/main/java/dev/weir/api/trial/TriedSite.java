// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.api.call.QueryParameters;
import dev.weir.exchange.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The body of a call that tries a definition: {@code {"site": {…}}}. */
final class TriedSite {

  /** More than a site may have as it is stored, with room for spaces. */
  static final int BODY_BYTES_MAX = 1 << 20;

  private static final JsonFactory JSON = new JsonFactory();
  private static final String SITE = "site";

  private TriedSite() {}

  /**
   * A body as text; empty where it has more than {@link #BODY_BYTES_MAX}.
   *
   * @throws dev.weir.store.StoreException for one that is no text
   */
  static Optional<String> read(Request request) {
    if (request.contentLength() > BODY_BYTES_MAX) {
      return Optional.empty();
    }
    try {
      byte[] bytes = request.body().readNBytes(BODY_BYTES_MAX + 1);
      return bytes.length > BODY_BYTES_MAX
          ? Optional.empty()
          : Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      throw QueryParameters.refusal("the body is not UTF-8");
    } catch (IOException _) {
      throw QueryParameters.refusal("the body could not be read");
    }
  }

  /**
   * The definition as it was written, on the line where it was.
   *
   * @throws dev.weir.store.StoreException for a body that is none
   */
  static String definition(String text) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_OBJECT
          || json.nextToken() != JsonToken.PROPERTY_NAME
          || !SITE.equals(json.currentName())
          || json.nextToken() != JsonToken.START_OBJECT) {
        throw wrong();
      }
      int begin = Math.toIntExact(json.currentTokenLocation().getCharOffset());
      json.skipChildren();
      int end = Math.toIntExact(json.currentLocation().getCharOffset());
      if (json.nextToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        throw wrong();
      }
      long lines = text.substring(0, begin).chars().filter(each -> each == '\n').count();
      return "\n".repeat(Math.toIntExact(lines)) + text.substring(begin, end);
    } catch (JacksonException e) {
      throw QueryParameters.refusal("the body is not JSON: " + e.getOriginalMessage());
    }
  }

  private static RuntimeException wrong() {
    return QueryParameters.refusal("the body is {\"site\": DEFINITION}, and nothing else");
  }
}
