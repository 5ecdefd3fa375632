// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.Point;
import dev.weir.model.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a WriteRecords request as the AWS API reference says that Timestream does, and knows
 * nothing of how it was made: CommonAttributes are merged into each record, unit and version have
 * defaults, and what is documented as a ValidationException fails.
 */
public final class Expander {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Map<String, Long> UNIT_NANOS =
      Map.of(
          "SECONDS",
          1_000_000_000L,
          "MILLISECONDS",
          1_000_000L,
          "MICROSECONDS",
          1_000L,
          "NANOSECONDS",
          1L);

  private static final Set<String> RECORD_MEMBERS =
      Set.of(
          "Dimensions",
          "MeasureName",
          "MeasureValue",
          "MeasureValueType",
          "MeasureValues",
          "Time",
          "TimeUnit",
          "Version");

  private Expander() {}

  /** A request as it was understood. */
  public record Request(
      String database, String table, List<Point> points, Map<String, Object> common) {}

  public static Request expand(byte[] body) {
    Map<String, Object> request;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      parser.nextToken();
      request = members(value(parser));
      require(parser.nextToken() == null, "something follows the request");
    }
    Map<String, Object> common = members(request.getOrDefault("CommonAttributes", Map.of()));
    List<?> records = (List<?>) request.get("Records");
    require(!records.isEmpty() && records.size() <= 100, records.size() + " records");
    List<Point> points = new ArrayList<>();
    for (Object record : records) {
      points.add(point(common, members(record)));
    }
    require(
        Set.of("DatabaseName", "TableName", "CommonAttributes", "Records")
            .containsAll(request.keySet()),
        "members " + request.keySet());
    return new Request(
        (String) request.get("DatabaseName"), (String) request.get("TableName"), points, common);
  }

  private static Point point(Map<String, Object> common, Map<String, Object> record) {
    require(RECORD_MEMBERS.containsAll(record.keySet()), "members " + record.keySet());
    require(RECORD_MEMBERS.containsAll(common.keySet()), "members " + common.keySet());
    List<Dimension> dimensions = new ArrayList<>(dimensions(common));
    // Series.of refuses a name that is there twice, as Timestream refuses what overlaps.
    dimensions.addAll(dimensions(record));
    Map<String, Object> merged = new LinkedHashMap<>(common);
    merged.putAll(record);
    long unit = UNIT_NANOS.get((String) merged.getOrDefault("TimeUnit", "MILLISECONDS"));
    long time = Math.multiplyExact(Long.parseLong((String) merged.get("Time")), unit);
    String type = (String) merged.getOrDefault("MeasureValueType", "DOUBLE");
    boolean multi = type.equals("MULTI");
    require(multi == merged.containsKey("MeasureValues"), "MeasureValues of a " + type);
    require(multi != merged.containsKey("MeasureValue"), "MeasureValue of a " + type);
    return new Point(
        Series.of((String) merged.get("MeasureName"), dimensions),
        time,
        multi
            ? multi((List<?>) merged.get("MeasureValues"), unit)
            : single(type, (String) merged.get("MeasureValue"), unit),
        Long.parseLong(merged.getOrDefault("Version", "1").toString()));
  }

  private static List<Dimension> dimensions(Map<String, Object> record) {
    List<Dimension> dimensions = new ArrayList<>();
    for (Object each : (List<?>) record.getOrDefault("Dimensions", List.of())) {
      Map<String, Object> dimension = members(each);
      require(dimension.keySet().equals(Set.of("Name", "Value")), "a dimension " + dimension);
      dimensions.add(
          new Dimension((String) dimension.get("Name"), (String) dimension.get("Value")));
    }
    return dimensions;
  }

  private static Measure multi(List<?> values, long unit) {
    List<Measure.Named> named = new ArrayList<>();
    for (Object each : values) {
      Map<String, Object> value = members(each);
      named.add(
          new Measure.Named(
              (String) value.get("Name"),
              single((String) value.get("Type"), (String) value.get("Value"), unit)));
    }
    return new Measure.OfMulti(named);
  }

  private static Measure single(String type, String text, long unit) {
    return switch (type) {
      case "DOUBLE" -> new Measure.OfDouble(Double.parseDouble(text));
      case "BIGINT" -> new Measure.OfBigint(Long.parseLong(text));
      case "VARCHAR" -> new Measure.OfVarchar(text);
      case "BOOLEAN" -> {
        require(text.equals("true") || text.equals("false"), "a BOOLEAN " + text);
        yield new Measure.OfBoolean(text.equals("true"));
      }
      case "TIMESTAMP" -> new Measure.OfTimestamp(Math.multiplyExact(Long.parseLong(text), unit));
      default -> throw new AssertionError("type " + type);
    };
  }

  private static Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      default -> throw new AssertionError("token " + parser.currentToken());
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> members(Object object) {
    return (Map<String, Object>) object;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
