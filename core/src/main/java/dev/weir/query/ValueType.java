// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.query;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The type of a value in a result, in Timestream's names. */
public sealed interface ValueType {

  /** The type as people write it: {@code array(row(name varchar, n bigint))}. */
  default String text() {
    return switch (this) {
      case Scalar scalar -> scalar.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      case ArrayOf(ValueType element) -> "array(" + element.text() + ")";
      case RowOf(List<Field> fields) ->
          fields.stream().map(Field::text).collect(Collectors.joining(", ", "row(", ")"));
      case TimeSeriesOf(ValueType value) -> "timeseries(" + value.text() + ")";
    };
  }

  /** A type without parts. */
  enum Scalar implements ValueType {
    VARCHAR,
    BOOLEAN,
    BIGINT,
    INTEGER,
    DOUBLE,
    /** Nanoseconds since the epoch, UTC. */
    TIMESTAMP,
    /** Days since the epoch. */
    DATE,
    /** Nanoseconds since midnight. */
    TIME,
    /** Nanoseconds. */
    INTERVAL_DAY_TO_SECOND,
    /** Months. */
    INTERVAL_YEAR_TO_MONTH,
    /** The type of a bare NULL. */
    UNKNOWN
  }

  /** An array. */
  record ArrayOf(ValueType element) implements ValueType {}

  /** A row. */
  record RowOf(List<Field> fields) implements ValueType {
    public RowOf {
      fields = List.copyOf(fields);
    }
  }

  /** A time series: times and values of a scalar type. */
  record TimeSeriesOf(ValueType value) implements ValueType {}

  /** A field of a row; its name may be missing. */
  record Field(@Nullable String name, ValueType type) {
    private String text() {
      return name == null ? type.text() : name + " " + type.text();
    }
  }
}
