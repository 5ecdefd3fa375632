// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Record as it was sent, or as it is once the common attributes are in it. What was not said is
 * null, or an empty list.
 */
record WireRecord(
    List<Dimension> dimensions,
    @Nullable String measureName,
    @Nullable String measureValue,
    @Nullable String measureValueType,
    @Nullable String time,
    @Nullable String timeUnit,
    @Nullable Long version,
    List<Value> measureValues) {

  static final WireRecord EMPTY =
      new WireRecord(List.of(), null, null, null, null, null, null, List.of());

  /** A dimension. */
  record Dimension(String name, String value) {}

  /** A measure of a record that has several. */
  record Value(String name, String value, String type) {}

  /** This record with what the common attributes add to it. */
  WireRecord over(WireRecord common) {
    List<Dimension> all = new ArrayList<>(common.dimensions);
    all.addAll(dimensions);
    return new WireRecord(
        all,
        own(measureName, common.measureName),
        own(measureValue, common.measureValue),
        own(measureValueType, common.measureValueType),
        own(time, common.time),
        own(timeUnit, common.timeUnit),
        version == null ? common.version : version,
        measureValues.isEmpty() ? common.measureValues : measureValues);
  }

  /** The type, which is DOUBLE where none is said. */
  String type() {
    return measureValueType == null ? "DOUBLE" : measureValueType;
  }

  private static @Nullable String own(@Nullable String own, @Nullable String common) {
    return own == null ? common : own;
  }
}
