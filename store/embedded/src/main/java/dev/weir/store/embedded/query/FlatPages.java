// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ResultPage;
import dev.weir.query.ResultPage.Column;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/**
 * Cuts the engine's vectors into pages; for results whose columns are all scalar, which most are.
 * About six times as fast as reading objects.
 */
final class FlatPages {

  private final List<OutputColumn> columns;
  private final List<ColumnBuilder> builders = new ArrayList<>();
  private final int rowsMax;
  private final PageSink sink;
  private int rows;
  private long bytes;

  FlatPages(List<OutputColumn> columns, int rowsMax, PageSink sink) {
    this.columns = columns;
    this.rowsMax = rowsMax;
    this.sink = sink;
    for (OutputColumn column : columns) {
      builders.add(ColumnBuilder.of((Scalar) column.type()));
    }
  }

  /** Whether a result can be read so. */
  static boolean fit(List<OutputColumn> columns) {
    return columns.stream().map(OutputColumn::type).allMatch(FlatPages::isScalar);
  }

  void add(DuckDBDataChunkReader chunk) {
    List<DuckDBReadableVector> vectors = new ArrayList<>();
    for (int i = 0; i < builders.size(); i++) {
      vectors.add(chunk.vector(i));
    }
    for (long row = 0; row < chunk.rowCount(); row++) {
      for (int i = 0; i < vectors.size(); i++) {
        bytes += builders.get(i).add(vectors.get(i), row);
      }
      rows++;
      if (rows == rowsMax || bytes >= PrintedExecution.PAGE_BYTES) {
        flush();
      }
    }
  }

  /** Gives the last page to the sink; none where there are no rows left. */
  void end() {
    if (rows > 0) {
      flush();
    }
  }

  private void flush() {
    List<Column> page = new ArrayList<>();
    for (int i = 0; i < builders.size(); i++) {
      OutputColumn column = columns.get(i);
      page.add(new Column(column.name(), column.type(), builders.get(i).take()));
    }
    sink.page(new ResultPage(page, rows));
    rows = 0;
    bytes = 0;
  }

  private static boolean isScalar(ValueType type) {
    return type instanceof Scalar;
  }
}
