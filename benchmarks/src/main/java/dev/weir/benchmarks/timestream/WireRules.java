// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import static dev.weir.benchmarks.timestream.RefusedException.invalid;

import dev.weir.benchmarks.timestream.WireRecord.Dimension;
import dev.weir.benchmarks.timestream.WireRecord.Value;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Timestream asks of the records of a call, by its published quotas and data types. */
final class WireRules {

  private static final int RECORDS_MAX = 100;
  private static final int RECORD_BYTES_MAX = 2_048;
  private static final int DIMENSIONS_MAX = 128;
  private static final int DIMENSION_NAME_BYTES_MAX = 60;
  private static final int MEASURE_NAME_BYTES_MAX = 256;
  private static final Set<String> UNITS =
      Set.of("MILLISECONDS", "SECONDS", "MICROSECONDS", "NANOSECONDS");
  private static final Set<String> RESERVED_NAMES =
      Set.of("time", "measure_name", "measure_value", "ts_non_existent_col");

  private WireRules() {}

  /** Throws what is wrong first. */
  static void check(WrittenCall call) {
    required("DatabaseName", call.database());
    required("TableName", call.table());
    List<WireRecord> records = call.expanded();
    if (records.isEmpty() || records.size() > RECORDS_MAX) {
      throw invalid("%d records; 1 to %d are allowed", records.size(), RECORDS_MAX);
    }
    for (int index = 0; index < records.size(); index++) {
      try {
        check(records.get(index));
      } catch (RefusedException e) {
        throw invalid("record %d: %s", index, e.getMessage());
      }
    }
  }

  private static void check(WireRecord record) {
    String name = required("MeasureName", record.measureName());
    if (utf8(name) > MEASURE_NAME_BYTES_MAX) {
      throw invalid("MeasureName has more than %d bytes", MEASURE_NAME_BYTES_MAX);
    }
    checkDimensions(record.dimensions());
    checkTime(record);
    Long version = record.version();
    if (version != null && version < 1) {
      throw invalid("Version is %d", version);
    }
    if (record.type().equals("MULTI")) {
      if (record.measureValue() != null || record.measureValues().isEmpty()) {
        throw invalid("a MULTI record has MeasureValues and no MeasureValue");
      }
      for (Value value : record.measureValues()) {
        checkValue(value.type(), value.value());
      }
    } else {
      if (!record.measureValues().isEmpty() || record.type().equals("TIMESTAMP")) {
        throw invalid("only a MULTI record has MeasureValues or a TIMESTAMP");
      }
      checkValue(record.type(), required("MeasureValue", record.measureValue()));
    }
    if (Metering.bytes(record) > RECORD_BYTES_MAX) {
      throw invalid("%d bytes; %d are allowed", Metering.bytes(record), RECORD_BYTES_MAX);
    }
  }

  private static void checkDimensions(List<Dimension> dimensions) {
    if (dimensions.size() > DIMENSIONS_MAX) {
      throw invalid("%d dimensions; %d are allowed", dimensions.size(), DIMENSIONS_MAX);
    }
    Set<String> names = new HashSet<>();
    for (Dimension dimension : dimensions) {
      String name = dimension.name();
      if (!names.add(name)) {
        throw invalid("dimension %s is there twice", name);
      }
      if (name.isEmpty() || utf8(name) > DIMENSION_NAME_BYTES_MAX || name.indexOf(':') >= 0) {
        throw invalid("dimension name %s", name);
      }
      if (RESERVED_NAMES.contains(name) || name.startsWith("ts_")) {
        throw invalid("dimension name %s is reserved", name);
      }
      if (dimension.value().isEmpty()) {
        throw invalid("dimension %s is empty", name);
      }
    }
  }

  private static void checkTime(WireRecord record) {
    String time = required("Time", record.time());
    if (record.timeUnit() != null && !UNITS.contains(record.timeUnit())) {
      throw invalid("TimeUnit is %s", record.timeUnit());
    }
    try {
      if (Long.parseLong(time) < 0) {
        throw invalid("Time is %s", time);
      }
    } catch (NumberFormatException _) {
      throw invalid("Time is %s", time);
    }
  }

  private static void checkValue(String type, String value) {
    boolean good =
        switch (type) {
          case "DOUBLE" -> isFinite(value);
          case "BIGINT", "TIMESTAMP" -> isWhole(value);
          case "BOOLEAN" -> value.equals("true") || value.equals("false");
          case "VARCHAR" -> !value.isEmpty();
          default -> false;
        };
    if (!good) {
      throw invalid("%s is no %s", value, type);
    }
  }

  private static boolean isFinite(String value) {
    try {
      return Double.isFinite(Double.parseDouble(value));
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static boolean isWhole(String value) {
    try {
      Long.parseLong(value);
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static String required(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw invalid("%s is missing", name);
    }
    return value;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
