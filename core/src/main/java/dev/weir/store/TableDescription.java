// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import dev.weir.query.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * A table as queries see it: dimensions in the order in which they appeared, {@code measure_name},
 * {@code time}, then the measures.
 */
public record TableDescription(TableName name, List<ColumnDescription> columns) {

  public TableDescription {
    columns = List.copyOf(columns);
  }

  /** The column of that exact name. */
  public Optional<ColumnDescription> column(String columnName) {
    return columns.stream().filter(column -> column.name().equals(columnName)).findFirst();
  }

  /** The names of the dimensions, in the order of the columns. */
  public List<String> dimensionNames() {
    return columns.stream()
        .filter(column -> column.role() == ColumnRole.DIMENSION)
        .map(ColumnDescription::name)
        .toList();
  }

  /** What a column holds; DESCRIBE calls it the Timestream attribute type. */
  public enum ColumnRole {
    DIMENSION,
    MEASURE_NAME,
    TIMESTAMP,
    /** The value of single measures of one type, such as {@code measure_value::double}. */
    MEASURE_VALUE,
    /** One named value of MULTI measures. */
    MULTI
  }

  /** One column. */
  public record ColumnDescription(String name, ValueType type, ColumnRole role) {}
}
