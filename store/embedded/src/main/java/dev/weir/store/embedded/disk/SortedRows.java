// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import static java.util.Objects.requireNonNull;

import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.store.embedded.catalog.MultiColumn;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.hot.HotChunk;
import dev.weir.store.embedded.hot.Lane;
import dev.weir.store.embedded.hot.LaneView;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a lane in a given order, as the engine stores them: {@code s} the series key, {@code t}
 * the time in the lane's units, {@code v} the value (or {@code m0, m1, …} for MULTI), {@code n} the
 * version.
 */
final class SortedRows implements RowSource {

  private final LaneView view;
  private final SeriesIndex series;
  private final int[] order;
  private final List<MultiColumn> multiColumns;
  private final List<SourceColumn> columns;

  SortedRows(LaneView view, SeriesIndex series, int[] order, List<MultiColumn> multiColumns) {
    this.view = view;
    this.series = series;
    this.order = order;
    this.multiColumns = multiColumns;
    this.columns = columns(view.lane(), multiColumns);
  }

  static List<SourceColumn> columns(Lane lane, List<MultiColumn> multiColumns) {
    List<SourceColumn> columns = new ArrayList<>();
    columns.add(new SourceColumn("s", DuckDBColumnType.BIGINT));
    columns.add(new SourceColumn("t", DuckDBColumnType.BIGINT));
    columns.add(new SourceColumn("n", DuckDBColumnType.BIGINT));
    if (lane.type() == MeasureType.MULTI) {
      for (MultiColumn column : multiColumns) {
        columns.add(new SourceColumn("m" + column.ordinal(), sqlType(column.type())));
      }
    } else {
      columns.add(new SourceColumn("v", sqlType(lane.type())));
    }
    return columns;
  }

  static DuckDBColumnType sqlType(MeasureType type) {
    return switch (type) {
      case DOUBLE -> DuckDBColumnType.DOUBLE;
      case BIGINT, TIMESTAMP -> DuckDBColumnType.BIGINT;
      case VARCHAR -> DuckDBColumnType.VARCHAR;
      case BOOLEAN -> DuckDBColumnType.BOOLEAN;
      case MULTI -> throw new IllegalArgumentException("a MULTI measure has no type of its own");
    };
  }

  @Override
  public List<SourceColumn> columns() {
    return columns;
  }

  @Override
  public long rowCount() {
    return order.length;
  }

  @Override
  public Reading open(int[] wanted) {
    return RowSource.inOrder(order.length, wanted, this::fill);
  }

  private void fill(DuckDBWritableVector vector, int column, int start, int count) {
    for (int i = 0; i < count; i++) {
      int at = order[start + i];
      HotChunk chunk = view.chunks()[at / HotChunk.ROWS];
      int row = at % HotChunk.ROWS;
      switch (column) {
        case 0 -> {
          int number = chunk.series(row);
          vector.setLong(i, SeriesKey.of(series.measure(number).id(), number));
        }
        case 1 -> vector.setLong(i, chunk.time(row));
        case 2 -> vector.setLong(i, chunk.version(row));
        default -> value(vector, i, column - 3, chunk, row);
      }
    }
  }

  private void value(DuckDBWritableVector vector, int i, int column, HotChunk chunk, int row) {
    switch (view.lane().type()) {
      case DOUBLE -> vector.setDouble(i, Double.longBitsToDouble(chunk.bits(row)));
      case BIGINT -> vector.setLong(i, chunk.bits(row));
      case BOOLEAN -> vector.setBoolean(i, chunk.bits(row) != 0);
      case VARCHAR -> vector.setString(i, (String) requireNonNull(chunk.object(row)));
      case MULTI -> {
        Measure.OfMulti multi = (Measure.OfMulti) requireNonNull(chunk.object(row));
        ObjectRows.put(
            vector,
            i,
            columns.get(column + 3).type(),
            valueOf(multi, multiColumns.get(column).name()));
      }
      case TIMESTAMP -> throw new IllegalStateException("no lane for TIMESTAMP");
    }
  }

  private static @Nullable Object valueOf(Measure.OfMulti multi, String name) {
    for (Measure.Named named : multi.values()) {
      if (named.name().equals(name)) {
        return switch (named.value()) {
          case Measure.OfDouble of -> of.value();
          case Measure.OfBigint of -> of.value();
          case Measure.OfTimestamp of -> of.epochNanos();
          case Measure.OfBoolean of -> of.value();
          case Measure.OfVarchar of -> of.value();
          case Measure.OfMulti _ -> throw new IllegalStateException("a MULTI inside a MULTI");
        };
      }
    }
    return null;
  }
}
