// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.document;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Attributes as JSON, and JSON as attributes. */
final class AttributeText {

  private static final JsonFactory JSON = new JsonFactory();

  private AttributeText() {}

  /** The text of an attribute; empty where it is not there or is no text. */
  static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null || value.s() == null ? "" : value.s();
  }

  /**
   * Attributes with their types, as the AWS command line writes them; the same for the same
   * attributes, in whatever order they came.
   */
  static String typed(Map<String, AttributeValue> item) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      mapping(json, item);
    }
    return text.toString();
  }

  private static void mapping(JsonGenerator json, Map<String, AttributeValue> attributes) {
    json.writeStartObject();
    new TreeMap<>(attributes)
        .forEach((name, value) -> {
          json.writeName(name);
          typed(json, value);
        });
    json.writeEndObject();
  }

  private static void typed(JsonGenerator json, AttributeValue value) {
    json.writeStartObject();
    switch (value.type()) {
      case S -> json.writeStringProperty("S", value.s());
      case N -> json.writeStringProperty("N", value.n());
      case BOOL -> json.writeBooleanProperty("BOOL", value.bool());
      case NUL -> json.writeBooleanProperty("NULL", true);
      case B -> json.writeBinaryProperty("B", value.b().asByteArray());
      case SS -> texts(json, "SS", value.ss());
      case NS -> texts(json, "NS", value.ns());
      case BS -> {
        json.writeArrayPropertyStart("BS");
        value.bs().forEach(each -> json.writeBinary(each.asByteArray()));
        json.writeEndArray();
      }
      case L -> {
        json.writeArrayPropertyStart("L");
        value.l().forEach(each -> typed(json, each));
        json.writeEndArray();
      }
      case M -> {
        json.writeName("M");
        mapping(json, value.m());
      }
      // of an SDK that is newer than the code that made the value: no field has it
      case UNKNOWN_TO_SDK_VERSION -> json.writeBooleanProperty("NULL", true);
    }
    json.writeEndObject();
  }

  /** A set has no order of its own. */
  private static void texts(JsonGenerator json, String type, List<String> texts) {
    json.writeArrayPropertyStart(type);
    texts.stream().sorted().forEach(json::writeString);
    json.writeEndArray();
  }

  /** The attributes of a JSON object, each with the type that its value has there. */
  static Map<String, AttributeValue> attributes(String object) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), object)) {
      json.nextToken();
      return mapping(json);
    }
  }

  private static Map<String, AttributeValue> mapping(JsonParser json) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      attributes.put(name, value(json));
    }
    return attributes;
  }

  private static AttributeValue value(JsonParser json) {
    return switch (json.currentToken()) {
      case START_OBJECT -> AttributeValue.fromM(mapping(json));
      case START_ARRAY -> {
        List<AttributeValue> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          values.add(value(json));
        }
        yield AttributeValue.fromL(values);
      }
      case VALUE_STRING -> AttributeValue.fromS(json.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> AttributeValue.fromN(json.getString());
      case VALUE_TRUE -> AttributeValue.fromBool(true);
      case VALUE_FALSE -> AttributeValue.fromBool(false);
      case VALUE_NULL -> AttributeValue.fromNul(true);
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value of JSON: " + json.currentToken());
    };
  }
}
