// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBWritableVector;

/** Rows of this process that the engine can read as a table. */
public interface RowSource {

  /** A column of the table. */
  record SourceColumn(String name, DuckDBColumnType type) {}

  List<SourceColumn> columns();

  /** How many rows there are at most; a hint to the planner. */
  long rowCount();

  /** Starts reading from the first row; several readings may go on at the same time. */
  Reading open(int[] columns);

  /** One pass over the rows, by one thread. */
  @FunctionalInterface
  interface Reading {
    /**
     * Writes the next rows, column by column in the order that was asked for.
     *
     * @return how many rows, at most the capacity; 0 at the end
     */
    int read(DuckDBDataChunkWriter out);
  }

  /** Writes one column of some rows. */
  @FunctionalInterface
  interface ColumnFill {
    /** Rows {@code start} to {@code start + count} (exclusive) go to the vector's first places. */
    void fill(DuckDBWritableVector vector, int column, int start, int count);
  }

  /** A reading of numbered rows from the first to the last. */
  static Reading inOrder(int rowCount, int[] columns, ColumnFill fill) {
    return new Reading() {
      private int position;

      @Override
      public int read(DuckDBDataChunkWriter out) {
        int count = (int) Math.min(out.capacity(), rowCount - position);
        for (int c = 0; c < columns.length && count > 0; c++) {
          fill.fill(out.vector(c), columns[c], position, count);
        }
        position += count;
        return count;
      }
    };
  }
}
