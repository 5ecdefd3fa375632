// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON from outside. Bodies must be UTF-8 throughout, nest no deeper and have no more parts than
 * the limits; whatever is wrong with them is a SerializationException. Members that nobody asks for
 * are passed over.
 */
public final class JsonText {

  /**
   * Bytes of a request's body. 100 records of 2 KB with 256 measures each and the names around them
   * are about 2 MB; a query of 256 KiB in escapes is 1.5 MB.
   */
  public static final int BODY_BYTES_MAX = 4 << 20;

  /** The API nests five deep; what is passed over may nest somewhat deeper. */
  public static final int DEPTH_MAX = 64;

  /** 100 records of 256 measures and 128 dimensions have some 300,000 tokens. */
  static final int TOKENS_MAX = 1_000_000;

  /** Tokens of what is read as a tree: 200 tags and some names are a thousand. */
  static final int TREE_TOKENS_MAX = 50_000;

  private static final JsonFactory STREAMS = factory(TOKENS_MAX);
  private static final JsonFactory TREES = factory(TREE_TOKENS_MAX);

  private JsonText() {}

  /** What reads a body from a parser. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(JsonParser json);
  }

  /** Reads a body as it streams by; the parser stands before its first token. */
  public static <T> T stream(byte[] body, Reader<T> reader) {
    return read(STREAMS, body, reader);
  }

  /** Reads a body as an object. */
  static JsonObject object(byte[] body) {
    return read(
        TREES,
        body,
        json -> {
          if (json.nextToken() != JsonToken.START_OBJECT) {
            throw WireException.unreadable("The request body is not a JSON object");
          }
          return tree(json);
        });
  }

  /** The text at the parser; refuses surrogates that stand alone. */
  public static String text(JsonParser json) {
    return whole(json.getString());
  }

  /** Refuses texts that are none: a surrogate without its other half. */
  public static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (Character.isSurrogate(character)) {
        boolean pair =
            Character.isHighSurrogate(character)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw WireException.unreadable("A string has half of a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }

  private static <T> T read(JsonFactory factory, byte[] body, Reader<T> reader) {
    checkUtf8(body);
    try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body)) {
      T result = reader.read(json);
      if (json.nextToken() != null) {
        throw WireException.unreadable("The request body goes on after its JSON object");
      }
      return result;
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw WireException.unreadable(
          at == null
              ? "The request body is not valid JSON"
              : "The request body is not valid JSON, or over a limit, at line %d, column %d"
                  .formatted(at.getLineNr(), at.getColumnNr()));
    }
  }

  private static JsonObject tree(JsonParser json) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      Object value = value(json);
      if (value != null) {
        members.put(whole(name), value);
      }
    }
    return new JsonObject(members);
  }

  /** A member that is null is as good as absent. */
  private static @Nullable Object value(JsonParser json) {
    return switch (json.currentToken()) {
      case VALUE_STRING -> text(json);
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
      case START_OBJECT -> tree(json);
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          Object element = value(json);
          if (element == null) {
            throw WireException.unreadable("A list has a null in it");
          }
          elements.add(element);
        }
        yield elements;
      }
      default -> null;
    };
  }

  /** The parser would let some broken sequences pass, and guess at UTF-16 where it sees zeros. */
  private static void checkUtf8(byte[] body) {
    for (byte each : body) {
      if (each == 0) {
        throw WireException.unreadable("The request body is not UTF-8");
      }
      if (each < 0) {
        try {
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
          return;
        } catch (CharacterCodingException _) {
          throw WireException.unreadable("The request body is not UTF-8");
        }
      }
    }
  }

  private static JsonFactory factory(int tokensMax) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH_MAX)
                .maxStringLength(BODY_BYTES_MAX)
                .maxTokenCount(tokensMax)
                .build())
        .build();
  }
}
