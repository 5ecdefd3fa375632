// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ResultPage;
import dev.weir.query.ResultPage.Column;
import dev.weir.sql.tree.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/** Cuts the engine's vectors into pages. Memory holds one page. */
final class ResultPages {

  private final List<OutputColumn> columns;
  private final List<ColumnReader> readers = new ArrayList<>();
  private final int rowsMax;
  private final PageSink sink;
  private int rows;
  private long bytes;

  ResultPages(List<OutputColumn> columns, int rowsMax, PageSink sink) {
    this.columns = columns;
    this.rowsMax = rowsMax;
    this.sink = sink;
    for (OutputColumn column : columns) {
      readers.add(ColumnReader.of(column.type()));
    }
  }

  void add(DuckDBDataChunkReader chunk) {
    List<DuckDBReadableVector> vectors = new ArrayList<>();
    for (int i = 0; i < readers.size(); i++) {
      vectors.add(chunk.vector(i));
    }
    for (long row = 0; row < chunk.rowCount(); row++) {
      for (int i = 0; i < vectors.size(); i++) {
        bytes += readers.get(i).add(vectors.get(i), row);
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
    for (int i = 0; i < readers.size(); i++) {
      OutputColumn column = columns.get(i);
      page.add(new Column(column.name(), column.type(), readers.get(i).take()));
    }
    sink.page(new ResultPage(page, rows));
    rows = 0;
    bytes = 0;
  }
}
