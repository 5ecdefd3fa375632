// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static dev.weir.prometheus.TimestreamNames.BITS_SUFFIX;
import static dev.weir.prometheus.TimestreamNames.measureOfMetric;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks the store what a metric is made of: SHOW MEASURES tells the dimensions of each measure name,
 * of which a wide table has many more than any metric, and whether there are bits at all. It costs
 * nothing on Timestream, and saves a statement that does.
 */
final class Measures {

  private final String finite;
  private final TreeSet<String> dimensions = new TreeSet<>();
  private boolean hasDoubles;
  private boolean hasBigints;
  private boolean typed = true;

  private Measures(String metric) {
    this.finite = measureOfMetric(metric);
  }

  /**
   * The columns of a metric now, or null where the store doesn't tell: the right to list measures
   * is one of its own.
   */
  static @Nullable MeasureColumns of(String metric, TableReader table) throws BadReadException {
    Measures measures = new Measures(metric);
    try {
      for (ResultPage page : table.show(Statements.showMeasures(table.table(), measures.finite))) {
        measures.add(page);
      }
    } catch (StoreException failure) {
      if (failure.kind() == Kind.DENIED
          || (failure.kind() == Kind.BAD_REQUEST && !TableReader.isUnknown(failure))) {
        return null;
      }
      if (!TableReader.isUnknown(failure)) {
        throw failure;
      }
    }
    return new MeasureColumns(
        TableColumns.of(List.copyOf(measures.dimensions), measures.hasDoubles, measures.hasBigints),
        measures.typed);
  }

  private void add(ResultPage page) {
    for (int row = 0; row < page.rowCount(); row++) {
      String measure = text(page.columns().get(0).values(), row);
      if (measure.equals(finite)) {
        boolean is = text(page.columns().get(1).values(), row).equalsIgnoreCase("double");
        hasDoubles |= is;
        typed &= is;
        addDimensions(page.columns().get(2).values(), row);
      } else if (measure.equals(finite + BITS_SUFFIX)) {
        boolean is = text(page.columns().get(1).values(), row).equalsIgnoreCase("bigint");
        hasBigints |= is;
        typed &= is;
        addDimensions(page.columns().get(2).values(), row);
      }
    }
  }

  private void addDimensions(ColumnVector column, int row) {
    if (column instanceof ColumnVector.Arrays arrays
        && arrays.elements() instanceof ColumnVector.Rows rows) {
      for (int i = arrays.offsets()[row]; i < arrays.offsets()[row + 1]; i++) {
        dimensions.add(text(rows.fields().getFirst(), i));
      }
    }
  }

  private static String text(ColumnVector column, int row) {
    String text = column instanceof ColumnVector.Strings texts ? texts.value(row) : null;
    if (text == null) {
      throw new IllegalStateException("the store gave no text in a row of SHOW MEASURES");
    }
    return text;
  }
}
