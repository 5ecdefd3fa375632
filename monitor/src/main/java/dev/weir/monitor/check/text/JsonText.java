// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check.text;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads one JSON text. Numbers stay as they are written, however large. */
final class JsonText {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(TextLimits.DEPTH_MAX)
                  .maxTokenCount(2L * TextLimits.VALUES_MAX)
                  .build())
          .build();

  private JsonText() {}

  /** The text's value. */
  static Value read(String text) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      Value value = value(json);
      if (json.nextToken() != null) {
        throw new MalformedText(line(json), "not JSON: something stands after its end");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw new MalformedText(
          line(e),
          "beyond a limit: nested deeper than %d, or a text, number or count that is too large"
              .formatted(TextLimits.DEPTH_MAX),
          true);
    } catch (JacksonException e) {
      throw new MalformedText(line(e), "not JSON: " + e.getOriginalMessage());
    }
  }

  private static Value value(JsonParser json) {
    int line = line(json);
    JsonToken token = json.currentToken();
    if (token == null) {
      throw new MalformedText(line, "not JSON: it ends too early");
    }
    return switch (token) {
      case START_OBJECT -> {
        List<Value.Entry> entries = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
          int nameLine = line(json);
          String name = json.currentName();
          json.nextToken();
          entries.add(new Value.Entry(nameLine, name, value(json)));
        }
        yield new Value.Mapping(line, entries);
      }
      case START_ARRAY -> {
        List<Value> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          values.add(value(json));
        }
        yield new Value.Listing(line, values);
      }
      case VALUE_STRING -> scalar(json, line, Value.Scalar.Kind.TEXT);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(json, line, Value.Scalar.Kind.NUMBER);
      case VALUE_TRUE, VALUE_FALSE -> scalar(json, line, Value.Scalar.Kind.FLAG);
      case VALUE_NULL -> scalar(json, line, Value.Scalar.Kind.NOTHING);
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new MalformedText(line, "not JSON: a value is missing");
    };
  }

  private static Value scalar(JsonParser json, int line, Value.Scalar.Kind kind) {
    return new Value.Scalar(line, json.getString(), kind);
  }

  private static int line(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null ? 1 : Math.max(1, location.getLineNr());
  }

  private static int line(JsonParser json) {
    return Math.max(1, json.currentTokenLocation().getLineNr());
  }
}
