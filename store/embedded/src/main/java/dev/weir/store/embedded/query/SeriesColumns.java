// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.model.Series;
import dev.weir.sql.tree.Expression;
import dev.weir.store.TableDescription;
import dev.weir.store.TableDescription.ColumnDescription;
import dev.weir.store.TableDescription.ColumnRole;
import org.jspecify.annotations.Nullable;

/** Which columns of one relation belong to the series: the dimensions and the measure name. */
record SeriesColumns(int relation, TableDescription table) {

  /** Takes one column's value from a series. */
  @FunctionalInterface
  interface Getter {
    @Nullable String of(Series series);
  }

  /** How to read a column that belongs to the series, or null for any other expression. */
  @Nullable Getter getter(Expression expression) {
    if (!(expression instanceof Expression.Column column) || column.relation() != relation) {
      return null;
    }
    ColumnDescription described = table.columns().get(column.index());
    String name = described.name();
    return switch (described.role()) {
      case DIMENSION -> series -> series.dimension(name);
      case MEASURE_NAME -> Series::measureName;
      case TIMESTAMP, MEASURE_VALUE, MULTI -> null;
    };
  }

  boolean isMeasureName(Expression expression) {
    return expression instanceof Expression.Column column
        && column.relation() == relation
        && table.columns().get(column.index()).role() == ColumnRole.MEASURE_NAME;
  }

  int timeColumn() {
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.columns().get(i).role() == ColumnRole.TIMESTAMP) {
        return i;
      }
    }
    throw new IllegalStateException("table without a time column");
  }
}
