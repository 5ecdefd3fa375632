// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record, or the common attributes, as they stand in a request: any part may be missing, nothing
 * is converted yet. For one thread.
 */
final class RecordParts {

  /** One entry of MeasureValues. */
  record NamedValue(String name, String value, String type) {}

  private String[] names = new String[8];
  private String[] values = new String[8];
  private int dimensions;

  @Nullable String measureName;
  @Nullable String measureValue;
  @Nullable String measureType;
  @Nullable String time;
  @Nullable TimeUnits timeUnit;
  @Nullable Long version;
  @Nullable List<NamedValue> measureValues;

  void addDimension(String name, String value) {
    if (dimensions == names.length) {
      names = Arrays.copyOf(names, dimensions * 2);
      values = Arrays.copyOf(values, dimensions * 2);
    }
    names[dimensions] = name;
    values[dimensions++] = value;
  }

  void addMeasureValue(NamedValue value) {
    if (measureValues == null) {
      measureValues = new ArrayList<>();
    }
    measureValues.add(value);
  }

  int dimensions() {
    return dimensions;
  }

  String dimensionName(int index) {
    return names[index];
  }

  String dimensionValue(int index) {
    return values[index];
  }
}
