// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import static dev.weir.benchmarks.timestream.RefusedException.invalid;

import dev.weir.benchmarks.timestream.WireRecord.Dimension;
import dev.weir.benchmarks.timestream.WireRecord.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A call of WriteRecords as it was sent.
 *
 * @param common what the records share; empty where the call says nothing of it
 */
record WrittenCall(
    @Nullable String database,
    @Nullable String table,
    WireRecord common,
    List<WireRecord> records) {

  private static final JsonFactory JSON = new JsonFactory();

  /** The records with the common attributes in each. */
  List<WireRecord> expanded() {
    return records.stream().map(record -> record.over(common)).toList();
  }

  static WrittenCall read(byte[] body) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      return call(json);
    } catch (JacksonException e) {
      throw new RefusedException("SerializationException", e.getOriginalMessage());
    }
  }

  private static WrittenCall call(JsonParser json) {
    String database = null;
    String table = null;
    WireRecord common = WireRecord.EMPTY;
    List<WireRecord> records = new ArrayList<>();
    expect(json.nextToken(), JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      switch (name) {
        case "DatabaseName" -> database = text(json);
        case "TableName" -> table = text(json);
        case "CommonAttributes" -> common = record(json);
        case "Records" -> {
          expect(token, JsonToken.START_ARRAY);
          while (json.nextToken() != JsonToken.END_ARRAY) {
            records.add(record(json));
          }
        }
        default -> throw invalid("unknown member %s", name);
      }
    }
    return new WrittenCall(database, table, common, records);
  }

  private static WireRecord record(JsonParser json) {
    expect(json.currentToken(), JsonToken.START_OBJECT);
    List<Dimension> dimensions = List.of();
    List<Value> values = List.of();
    String measureName = null;
    String measureValue = null;
    String type = null;
    String time = null;
    String unit = null;
    Long version = null;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "Dimensions" -> dimensions = dimensions(json);
        case "MeasureName" -> measureName = text(json);
        case "MeasureValue" -> measureValue = text(json);
        case "MeasureValueType" -> type = text(json);
        case "MeasureValues" -> values = values(json);
        case "Time" -> time = text(json);
        case "TimeUnit" -> unit = text(json);
        case "Version" -> {
          expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT);
          version = json.getLongValue();
        }
        default -> throw invalid("unknown member %s of a record", name);
      }
    }
    return new WireRecord(dimensions, measureName, measureValue, type, time, unit, version, values);
  }

  private static List<Dimension> dimensions(JsonParser json) {
    List<Dimension> dimensions = new ArrayList<>();
    for (String[] members : objects(json, "Name", "Value", "DimensionValueType")) {
      if (members[2] != null && !members[2].equals("VARCHAR")) {
        throw invalid("DimensionValueType is %s", members[2]);
      }
      dimensions.add(new Dimension(members[0], members[1]));
    }
    return dimensions;
  }

  private static List<Value> values(JsonParser json) {
    List<Value> values = new ArrayList<>();
    for (String[] members : objects(json, "Name", "Value", "Type")) {
      if (members[2] == null) {
        throw invalid("Type of a measure value is missing");
      }
      values.add(new Value(members[0], members[1], members[2]));
    }
    return values;
  }

  /** An array of objects of three texts, of which the first two are required. */
  private static List<String[]> objects(JsonParser json, String... names) {
    expect(json.currentToken(), JsonToken.START_ARRAY);
    List<String[]> objects = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String[] members = new String[names.length];
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        int member = List.of(names).indexOf(json.currentName());
        if (member < 0) {
          throw invalid("unknown member %s", json.currentName());
        }
        json.nextToken();
        members[member] = text(json);
      }
      if (members[0] == null || members[1] == null) {
        throw invalid("%s and %s are required", names[0], names[1]);
      }
      objects.add(members);
    }
    return objects;
  }

  private static String text(JsonParser json) {
    expect(json.currentToken(), JsonToken.VALUE_STRING);
    return json.getString();
  }

  private static void expect(@Nullable JsonToken found, JsonToken wanted) {
    if (found != wanted) {
      throw new RefusedException("SerializationException", found + " instead of " + wanted);
    }
  }
}
