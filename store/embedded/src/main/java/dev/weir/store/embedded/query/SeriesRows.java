// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.model.Series;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.disk.RowSource;
import dev.weir.store.embedded.disk.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * The series of a table as rows: {@code k} the series key, {@code n} the measure name, {@code d0,
 * d1, …} the dimensions in the order of the table. Only the columns that a statement uses are
 * filled.
 */
final class SeriesRows implements RowSource {

  private final SeriesIndex index;
  private final int[] numbers;
  private final List<String> dimensions;

  SeriesRows(SeriesIndex index, int[] numbers, List<String> dimensions) {
    this.index = index;
    this.numbers = numbers;
    this.dimensions = dimensions;
  }

  @Override
  public List<SourceColumn> columns() {
    List<SourceColumn> columns = new ArrayList<>();
    columns.add(new SourceColumn("k", DuckDBColumnType.BIGINT));
    columns.add(new SourceColumn("n", DuckDBColumnType.VARCHAR));
    for (int i = 0; i < dimensions.size(); i++) {
      columns.add(new SourceColumn("d" + i, DuckDBColumnType.VARCHAR));
    }
    return columns;
  }

  @Override
  public long rowCount() {
    return numbers.length;
  }

  @Override
  public Reading open(int[] wanted) {
    return RowSource.inOrder(numbers.length, wanted, this::fill);
  }

  private void fill(DuckDBWritableVector vector, int column, int start, int count) {
    for (int i = 0; i < count; i++) {
      int number = numbers[start + i];
      if (column == 0) {
        vector.setLong(i, SeriesKey.of(index.measure(number).id(), number));
        continue;
      }
      String value = text(index.series(number), column);
      if (value == null) {
        vector.setNull(i);
      } else {
        vector.setString(i, value);
      }
    }
  }

  private @Nullable String text(Series series, int column) {
    return column == 1 ? series.measureName() : series.dimension(dimensions.get(column - 2));
  }
}
