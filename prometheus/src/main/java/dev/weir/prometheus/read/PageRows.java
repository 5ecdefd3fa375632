// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static dev.weir.prometheus.TimestreamNames.METRIC_LABEL;
import static dev.weir.prometheus.TimestreamNames.metricOfMeasure;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a page whose columns {@link Statements} asked for. */
final class PageRows {

  private final TableColumns columns;
  private final List<ColumnVector> vectors = new ArrayList<>();
  private final int measureColumn;
  private final int rowCount;

  /** A page of so many values after the dimensions and the measure name. */
  PageRows(ResultPage page, TableColumns columns, int values) {
    this.columns = columns;
    this.measureColumn = columns.dimensions().size();
    this.rowCount = page.rowCount();
    int expected = measureColumn + 1 + values;
    if (page.columns().size() != expected) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "the store gave " + page.columns().size() + " columns for " + expected);
    }
    page.columns().forEach(column -> vectors.add(column.values()));
  }

  int rowCount() {
    return rowCount;
  }

  /** The measure name of a row. */
  String measure(int row) {
    String measure = text(measureColumn, row);
    if (measure == null) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "the store gave a row without measure_name");
    }
    return measure;
  }

  /** The count of a row's samples. */
  long count(int row) {
    if (!(value() instanceof ColumnVector.Longs longs)) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "the store gave a count of type " + value().getClass());
    }
    return longs.values()[row];
  }

  /** The column of counts or samples. */
  ColumnVector value() {
    return value(0);
  }

  /** One of the columns after the measure name. */
  ColumnVector value(int index) {
    return vectors.get(measureColumn + 1 + index);
  }

  /** The labels of a row, the metric name among them. */
  Labels labels(int row) {
    int size = 0;
    int[] order = columns.labelOrder();
    for (int column : order) {
      size += vectors.get(column).isNull(row) ? 0 : 1;
    }
    String[] names = new String[size];
    String[] values = new String[size];
    int at = 0;
    for (int column : order) {
      String text = text(column, row);
      if (text != null) {
        names[at] = column == measureColumn ? METRIC_LABEL : columns.labels()[column];
        values[at++] = column == measureColumn ? metricOfMeasure(text) : text;
      }
    }
    return new Labels(names, values);
  }

  private @Nullable String text(int column, int row) {
    return switch (vectors.get(column)) {
      case ColumnVector.Strings strings -> strings.value(row);
      case ColumnVector.AllNull _ -> null;
      case ColumnVector other ->
          throw new StoreException(
              StoreException.Kind.UNAVAILABLE,
              "the store gave a dimension of type " + other.getClass());
    };
  }
}
