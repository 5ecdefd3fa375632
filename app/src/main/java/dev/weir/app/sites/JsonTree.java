// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.sites;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as maps, lists and texts. Numbers, true and false are texts that are marked as such, so that
 * they come out as they went in.
 */
final class JsonTree {

  private static final JsonFactory JSON = new JsonFactory();

  /** A number, true, false or null, as it is written. */
  record Bare(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  private static final Bare NULL = new Bare("null");

  private JsonTree() {}

  /**
   * Reads one value.
   *
   * @throws IllegalArgumentException where it is not JSON
   */
  static Object read(byte[] json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      return value(parser, parser.nextToken());
    } catch (JacksonException e) {
      throw new IllegalArgumentException("is no JSON", e);
    }
  }

  static String write(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, value);
    }
    return text.toString();
  }

  /** A member of an object; an empty object where it is missing. */
  static Object member(Object object, String name) {
    Object value = object instanceof Map<?, ?> map ? map.get(name) : null;
    return value == null ? Map.of() : value;
  }

  /** A member as text; empty where it is missing or null. */
  static String text(Object object, String name) {
    Object value = member(object, name);
    return value instanceof Map || NULL.equals(value) ? "" : value.toString();
  }

  /** Whether a member is there and not null. */
  static boolean has(Object object, String name) {
    return object instanceof Map<?, ?> map && map.get(name) != null && !NULL.equals(map.get(name));
  }

  /** The elements of a member; none where it is no list. */
  static List<Object> list(Object object, String name) {
    return member(object, name) instanceof List<?> list ? new ArrayList<>(list) : List.of();
  }

  private static Object value(JsonParser parser, @Nullable JsonToken token) {
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          object.put(name, value(parser, parser.nextToken()));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
            next != null && next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          list.add(value(parser, next));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
          new Bare(parser.getString());
      case null, default -> throw new IllegalArgumentException("is no JSON");
    };
  }

  private static void write(JsonGenerator json, Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach((name, member) -> {
          json.writeName(name.toString());
          write(json, member);
        });
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(element -> write(json, element));
        json.writeEndArray();
      }
      case Bare bare -> json.writeRawValue(bare.text());
      default -> json.writeString(value.toString());
    }
  }
}
