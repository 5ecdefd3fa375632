// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A small answer as maps, lists and texts. What is missing is an empty text, so that an answer of
 * another form leads to words and never to a failure.
 */
record JsonTree(Object root) {

  private static final JsonFactory JSON = new JsonFactory();

  /** The tree of a body; one without anything where it is no JSON. */
  static JsonTree of(byte[] body) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      json.nextToken();
      return new JsonTree(value(json));
    } catch (JacksonException e) {
      return new JsonTree("");
    }
  }

  /** The text at the end of a path of names; a number in it is a place in a list. */
  String text(String... path) {
    Object at = root;
    for (String step : path) {
      at =
          switch (at) {
            case Map<?, ?> map when map.get(step) != null -> map.get(step);
            case List<?> list when step.equals("0") && !list.isEmpty() -> list.getFirst();
            default -> "";
          };
    }
    return at instanceof String text ? text : "";
  }

  private static Object value(JsonParser json) {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> map = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        map.put(name, value(json));
      }
      return map;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(json));
      }
      return list;
    }
    String text = token == null ? null : json.getString();
    return text == null ? "" : text;
  }
}
