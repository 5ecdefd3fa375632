// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.write;

import dev.weir.server.timestream.wire.Constraints;
import dev.weir.server.timestream.wire.JsonText;
import dev.weir.server.timestream.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a WriteRecords request as it streams by, and holds it to the constraints of the model. For
 * one request.
 */
final class WriteInputReader {

  static final int RECORDS_MAX = 100;
  static final int DIMENSIONS_MAX = 128;
  static final int VALUE_LENGTH_MAX = 2_048;
  private static final int TIME_LENGTH_MAX = 256;
  private static final List<String> TYPES =
      List.of("DOUBLE", "BIGINT", "VARCHAR", "BOOLEAN", "TIMESTAMP", "MULTI");
  private static final List<String> SINGLE_TYPES =
      List.of("DOUBLE", "BIGINT", "VARCHAR", "BOOLEAN", "TIMESTAMP");
  private static final List<String> DIMENSION_TYPES = List.of("VARCHAR");
  private static final List<String> UNITS =
      List.of("MILLISECONDS", "SECONDS", "MICROSECONDS", "NANOSECONDS");

  private final JsonParser json;
  private final TextPool texts;

  /** Where the reader is, for messages: a record's number, or -1 in the common attributes. */
  private int record = -1;

  private WriteInputReader(JsonParser json, TextPool texts) {
    this.json = json;
    this.texts = texts;
  }

  /** Reads a body. */
  static WriteInput read(byte[] body, TextPool texts) {
    return JsonText.stream(body, json -> new WriteInputReader(json, texts).request());
  }

  private WriteInput request() {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw WireException.unreadable("The request body is not a JSON object");
    }
    String database = null;
    String table = null;
    RecordParts common = new RecordParts();
    List<RecordParts> records = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "DatabaseName" -> database = text(name, token);
        case "TableName" -> table = text(name, token);
        case "CommonAttributes" -> {
          record = -1;
          common = object(name, token) ? record() : new RecordParts();
        }
        case "Records" -> records = array(name, token) ? records() : null;
        default -> json.skipChildren();
      }
    }
    var tableName = Constraints.tableName(database, table);
    List<RecordParts> all = Constraints.required(records, "records");
    return new WriteInput(tableName, common, Constraints.size(all, "records", 1, RECORDS_MAX));
  }

  private List<RecordParts> records() {
    List<RecordParts> records = new ArrayList<>(RECORDS_MAX);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (records.size() == RECORDS_MAX) {
        throw Constraints.violation(
            "[more than " + RECORDS_MAX + " members]",
            "records",
            "have length less than or equal to " + RECORDS_MAX);
      }
      record = records.size();
      need(json.currentToken() == JsonToken.START_OBJECT, "Records", "a list of objects");
      records.add(record());
    }
    return records;
  }

  private RecordParts record() {
    RecordParts parts = new RecordParts();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "Dimensions" -> {
          if (array(name, token)) {
            dimensions(parts);
          }
        }
        case "MeasureName" -> parts.measureName = atLeastOne(text(name, token), "measureName");
        case "MeasureValue" -> parts.measureValue = value(text(name, token), "measureValue");
        case "MeasureValueType" ->
            parts.measureType = word(text(name, token), "measureValueType", TYPES);
        case "Time" -> {
          parts.time = text(name, token);
          if (parts.time != null && outside(parts.time, TIME_LENGTH_MAX)) {
            Constraints.length(parts.time, path("time"), 1, TIME_LENGTH_MAX);
          }
        }
        case "TimeUnit" -> {
          String unit = word(text(name, token), "timeUnit", UNITS);
          parts.timeUnit = unit == null ? null : TimeUnits.of(unit);
        }
        case "Version" -> parts.version = integer(name, token);
        case "MeasureValues" -> {
          if (array(name, token)) {
            measureValues(parts);
          }
        }
        default -> json.skipChildren();
      }
    }
    return parts;
  }

  private void dimensions(RecordParts parts) {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      need(json.currentToken() == JsonToken.START_OBJECT, "Dimensions", "a list of objects");
      String name = null;
      String value = null;
      for (String member = json.nextName(); member != null; member = json.nextName()) {
        JsonToken token = json.nextToken();
        switch (member) {
          case "Name" -> name = text(member, token);
          case "Value" -> value = text(member, token);
          case "DimensionValueType" ->
              word(text(member, token), "dimensions.dimensionValueType", DIMENSION_TYPES);
          default -> json.skipChildren();
        }
      }
      if (name == null || value == null || name.isEmpty()) {
        String path = path("dimensions." + (parts.dimensions() + 1) + ".member.");
        Constraints.required(name, path + "name");
        Constraints.required(value, path + "value");
        throw Constraints.violation("", path + "name", "have length greater than or equal to 1");
      }
      if (parts.dimensions() == DIMENSIONS_MAX) {
        throw Constraints.violation(
            "[more than " + DIMENSIONS_MAX + " members]",
            path("dimensions"),
            "have length less than or equal to " + DIMENSIONS_MAX);
      }
      parts.addDimension(name, value);
    }
  }

  private void measureValues(RecordParts parts) {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      need(json.currentToken() == JsonToken.START_OBJECT, "MeasureValues", "a list of objects");
      String name = null;
      String value = null;
      String type = null;
      for (String member = json.nextName(); member != null; member = json.nextName()) {
        JsonToken token = json.nextToken();
        switch (member) {
          case "Name" -> name = text(member, token);
          case "Value" -> value = text(member, token);
          case "Type" -> type = word(text(member, token), "measureValues.type", SINGLE_TYPES);
          default -> json.skipChildren();
        }
      }
      atLeastOne(name, "measureValues.name");
      value(value, "measureValues.value");
      parts.addMeasureValue(
          new RecordParts.NamedValue(
              Constraints.required(name, path("measureValues.name")),
              Constraints.required(value, path("measureValues.value")),
              Constraints.required(type, path("measureValues.type"))));
    }
  }

  private @Nullable String atLeastOne(@Nullable String text, String member) {
    return text != null && text.isEmpty()
        ? Constraints.length(text, path(member), 1, Integer.MAX_VALUE)
        : text;
  }

  private @Nullable String value(@Nullable String text, String member) {
    return text != null && outside(text, VALUE_LENGTH_MAX)
        ? Constraints.length(text, path(member), 1, VALUE_LENGTH_MAX)
        : text;
  }

  private static boolean outside(String text, int max) {
    return text.isEmpty() || text.length() > max;
  }

  private @Nullable String word(@Nullable String text, String member, List<String> words) {
    return text != null && !words.contains(text)
        ? Constraints.word(text, path(member), words)
        : text;
  }

  /** As AWS writes it: lists count from one. */
  private String path(String member) {
    return record < 0
        ? "commonAttributes." + member
        : "records." + (record + 1) + ".member." + member;
  }

  private @Nullable String text(String name, JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      return texts.text(json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
    }
    need(token == JsonToken.VALUE_NULL, name, "a string");
    return null;
  }

  private @Nullable Long integer(String name, JsonToken token) {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    boolean fits =
        token == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    need(fits, name, "an integer of 64 bits");
    return json.getLongValue();
  }

  private static boolean object(String name, JsonToken token) {
    need(token == JsonToken.START_OBJECT || token == JsonToken.VALUE_NULL, name, "an object");
    return token == JsonToken.START_OBJECT;
  }

  private static boolean array(String name, JsonToken token) {
    need(token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NULL, name, "a list");
    return token == JsonToken.START_ARRAY;
  }

  private static void need(boolean right, String name, String what) {
    if (!right) {
      throw WireException.unreadable(name + " must be " + what);
    }
  }
}
