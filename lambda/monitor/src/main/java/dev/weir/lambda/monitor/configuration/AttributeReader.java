// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads attributes with their types, as a stream of DynamoDB writes them. */
final class AttributeReader {

  private AttributeReader() {}

  /**
   * The attributes of the object that the parser stands at, up to its end.
   *
   * @throws IllegalArgumentException for what is no such object
   */
  static Map<String, AttributeValue> item(JsonParser json) {
    expect(json, JsonToken.START_OBJECT, "attributes");
    Map<String, AttributeValue> item = new HashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      item.put(name, value(json));
    }
    return item;
  }

  private static AttributeValue value(JsonParser json) {
    expect(json, JsonToken.START_OBJECT, "an attribute");
    if (json.nextToken() != JsonToken.PROPERTY_NAME) {
      throw new IllegalArgumentException("an attribute has a type");
    }
    String type = json.currentName();
    json.nextToken();
    AttributeValue value =
        switch (type) {
          case "S" -> AttributeValue.fromS(text(json));
          case "N" -> AttributeValue.fromN(text(json));
          case "B" -> AttributeValue.fromB(bytes(text(json)));
          case "BOOL" -> AttributeValue.fromBool(truth(json));
          case "NULL" -> AttributeValue.fromNul(truth(json));
          case "SS" -> AttributeValue.fromSs(texts(json));
          case "NS" -> AttributeValue.fromNs(texts(json));
          case "BS" ->
              AttributeValue.fromBs(texts(json).stream().map(AttributeReader::bytes).toList());
          case "M" -> AttributeValue.fromM(item(json));
          case "L" -> AttributeValue.fromL(list(json));
          default -> throw new IllegalArgumentException("an attribute of an unknown type");
        };
    if (json.nextToken() != JsonToken.END_OBJECT) {
      throw new IllegalArgumentException("an attribute has one type");
    }
    return value;
  }

  private static List<AttributeValue> list(JsonParser json) {
    expect(json, JsonToken.START_ARRAY, "L");
    List<AttributeValue> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(json));
    }
    return values;
  }

  private static List<String> texts(JsonParser json) {
    expect(json, JsonToken.START_ARRAY, "a set");
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text(json));
    }
    return texts;
  }

  private static String text(JsonParser json) {
    expect(json, JsonToken.VALUE_STRING, "a value");
    return json.getString();
  }

  private static boolean truth(JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_TRUE
        && json.currentToken() != JsonToken.VALUE_FALSE) {
      throw new IllegalArgumentException("BOOL and NULL hold true or false");
    }
    return json.currentToken() == JsonToken.VALUE_TRUE;
  }

  private static SdkBytes bytes(String text) {
    return SdkBytes.fromByteArray(Base64.getDecoder().decode(text));
  }

  private static void expect(JsonParser json, JsonToken token, String what) {
    if (json.currentToken() != token) {
      throw new IllegalArgumentException(
          "%s is %s, not %s".formatted(what, token, json.currentToken()));
    }
  }
}
