// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/** Rows given as objects: for what is few. Longs, Doubles, Booleans, Strings and nulls. */
public record ObjectRows(List<SourceColumn> columns, List<@Nullable Object[]> rows)
    implements RowSource {

  @Override
  public long rowCount() {
    return rows.size();
  }

  @Override
  public Reading open(int[] wanted) {
    return new Reading() {
      private int position;

      @Override
      public int read(DuckDBDataChunkWriter out) {
        int count = (int) Math.min(out.capacity(), rows.size() - position);
        for (int c = 0; c < wanted.length; c++) {
          DuckDBWritableVector vector = out.vector(c);
          for (int i = 0; i < count; i++) {
            put(vector, i, columns.get(wanted[c]).type(), rows.get(position + i)[wanted[c]]);
          }
        }
        position += count;
        return count;
      }
    };
  }

  static void put(
      DuckDBWritableVector vector, int row, DuckDBColumnType type, @Nullable Object value) {
    switch (value) {
      case null -> vector.setNull(row);
      case Boolean bool -> vector.setBoolean(row, bool);
      case Double number -> vector.setDouble(row, number);
      case Long number when type == DuckDBColumnType.INTEGER ->
          vector.setInt(row, Math.toIntExact(number));
      case Long number -> vector.setLong(row, number);
      case String text -> vector.setString(row, text);
      default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }
}
