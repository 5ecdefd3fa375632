// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.query;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * Rows of a result as typed columns, all of the same length. Immutable by contract: nobody writes
 * to the arrays of a column once it is made.
 */
public record ResultPage(List<Column> columns, int rowCount) {

  public ResultPage {
    columns = List.copyOf(columns);
    for (Column column : columns) {
      if (column.values().size() != rowCount) {
        throw new IllegalArgumentException(
            "column %s has %d values in a page of %d rows"
                .formatted(column.name(), column.values().size(), rowCount));
      }
    }
  }

  /** The first column of that name. */
  public Column column(String name) {
    for (Column column : columns) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    throw new NoSuchElementException("no column " + name);
  }

  /** A named, typed column. */
  public record Column(String name, ValueType type, ColumnVector values) {}
}
