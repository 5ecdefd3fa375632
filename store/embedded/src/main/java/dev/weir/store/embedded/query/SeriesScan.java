// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.model.MeasureType;
import dev.weir.sql.TimeRange;
import dev.weir.store.embedded.disk.ObjectRows;
import dev.weir.store.embedded.disk.Partition;
import dev.weir.store.embedded.disk.RowSource.SourceColumn;
import dev.weir.store.embedded.disk.SeriesKey;
import dev.weir.store.embedded.hot.HotChunk;
import dev.weir.store.embedded.hot.Lane;
import dev.weir.store.embedded.hot.LaneView;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** Reads the rows of chosen series within a range of time, from memory and from the sealed days. */
final class SeriesScan {

  /** More ranges than this are joined instead of written out. */
  private static final int RANGES_MAX = 24;

  private static final List<SourceColumn> KEY_COLUMN =
      List.of(new SourceColumn("k", DuckDBColumnType.BIGINT));

  private final ReadContext context;
  private final int tableId;
  private final TimeRange range;
  private final SeriesChoice choice;
  private final int[] ordinals;
  private final Set<MeasureType> types;

  SeriesScan(
      ReadContext context, int tableId, TimeRange range, SeriesChoice choice, int seriesCount) {
    this.context = context;
    this.tableId = tableId;
    this.range = range;
    this.choice = choice;
    this.ordinals = choice.ordinals(seriesCount);
    this.types = EnumSet.noneOf(MeasureType.class);
    choice.measures().forEach(part -> types.add(part.measure().type()));
  }

  /** Takes rows. */
  @FunctionalInterface
  interface Sink {
    /** Returns false to stop the scan. */
    boolean row(int ordinal, long epochNanos, long bits, long version);
  }

  /**
   * Reads rows of some types, days first and memory last.
   *
   * @param values whether bits are wanted; else they are 0
   * @return false when the sink has stopped it
   */
  boolean read(Set<MeasureType> wanted, boolean values, Sink sink) throws SQLException {
    Set<MeasureType> both = EnumSet.copyOf(types);
    both.retainAll(wanted);
    if (choice.numbers().length == 0 || range.isEmpty() || both.isEmpty()) {
      return true;
    }
    for (Partition partition :
        context.partitions().of(tableId, range.fromNanos(), range.toNanos())) {
      if (both.contains(partition.lane().type()) && !readPartition(partition, values, sink)) {
        return false;
      }
    }
    for (LaneView view : context.hot().apply(tableId)) {
      if (both.contains(view.lane().type()) && !readHot(view, sink)) {
        return false;
      }
    }
    return true;
  }

  /** Whether some rows in memory may stand above older versions of themselves. */
  boolean hasOverwrites() {
    return context.hot().apply(tableId).stream().anyMatch(LaneView::overwrites);
  }

  /** Counts rows, and notes the first and the last time, of series without overwrites. */
  void count(long[] counts, long[] first, long[] last) throws SQLException {
    for (Partition partition :
        context.partitions().of(tableId, range.fromNanos(), range.toNanos())) {
      if (types.contains(partition.lane().type())) {
        countPartition(partition, counts, first, last);
      }
    }
    for (LaneView view : context.hot().apply(tableId)) {
      if (types.contains(view.lane().type())) {
        readHot(
            view,
            (ordinal, nanos, _, _) -> {
              counts[ordinal]++;
              first[ordinal] = Math.min(first[ordinal], nanos);
              last[ordinal] = Math.max(last[ordinal], nanos);
              return true;
            });
      }
    }
  }

  private boolean readHot(LaneView view, Sink sink) {
    Lane lane = view.lane();
    long from = lane.unitsCeiling(range.fromNanos());
    long to = lane.units(range.toNanos());
    for (int c = 0; c < view.chunks().length; c++) {
      HotChunk chunk = view.chunks()[c];
      if (chunk.timeMin() > to || chunk.timeMax() < from) {
        continue;
      }
      int rows = view.rowsIn(c);
      for (int row = 0; row < rows; row++) {
        int number = chunk.series(row);
        int ordinal = number < ordinals.length ? ordinals[number] : -1;
        long time = chunk.time(row);
        if (ordinal >= 0
            && time >= from
            && time <= to
            && !sink.row(ordinal, lane.epochNanos(time), chunk.bits(row), chunk.version(row))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean readPartition(Partition partition, boolean values, Sink sink)
      throws SQLException {
    Lane lane = partition.lane();
    boolean withValues = values && !lane.holdsObjects();
    // A sealed day has one row per point; its version matters only beside rows in memory.
    String version = hasOverwrites() ? "n" : "1::BIGINT";
    String columns = "s, t, " + version + (withValues ? ", v" : "");
    boolean[] going = {true};
    query(
        partition,
        columns,
        "",
        chunk -> {
          DuckDBReadableVector series = chunk.vector(0);
          DuckDBReadableVector times = chunk.vector(1);
          DuckDBReadableVector versions = chunk.vector(2);
          DuckDBReadableVector bits = withValues ? chunk.vector(3) : null;
          int rows = (int) chunk.rowCount();
          for (int row = 0; row < rows; row++) {
            int number = SeriesKey.series(series.getLong(row));
            int ordinal = number < ordinals.length ? ordinals[number] : -1;
            if (ordinal >= 0) {
              long value = bits == null ? 0 : bitsAt(bits, lane.type(), row);
              long nanos = lane.epochNanos(times.getLong(row));
              going[0] = sink.row(ordinal, nanos, value, versions.getLong(row));
              if (!going[0]) {
                return false;
              }
            }
          }
          return true;
        });
    return going[0];
  }

  private static long bitsAt(DuckDBReadableVector vector, MeasureType type, int row) {
    return switch (type) {
      case DOUBLE -> Double.doubleToRawLongBits(vector.getDouble(row));
      case BIGINT -> vector.getLong(row);
      case BOOLEAN -> vector.getBoolean(row) ? 1 : 0;
      case VARCHAR, MULTI, TIMESTAMP -> throw new IllegalStateException(type + " has no bits");
    };
  }

  private void countPartition(Partition partition, long[] counts, long[] first, long[] last)
      throws SQLException {
    Lane lane = partition.lane();
    query(
        partition,
        "s, count(*), min(t), max(t)",
        " GROUP BY s",
        chunk -> {
          for (int row = 0; row < chunk.rowCount(); row++) {
            int number = SeriesKey.series(chunk.vector(0).getLong(row));
            int ordinal = number < ordinals.length ? ordinals[number] : -1;
            if (ordinal >= 0) {
              counts[ordinal] += chunk.vector(1).getLong(row);
              long min = lane.epochNanos(chunk.vector(2).getLong(row));
              long max = lane.epochNanos(chunk.vector(3).getLong(row));
              first[ordinal] = Math.min(first[ordinal], min);
              last[ordinal] = Math.max(last[ordinal], max);
            }
          }
          return true;
        });
  }

  /** Takes a chunk of rows; returns false to stop. */
  @FunctionalInterface
  private interface Chunks {
    boolean accept(DuckDBDataChunkReader chunk);
  }

  private void query(Partition partition, String columns, String suffix, Chunks chunks)
      throws SQLException {
    Lane lane = partition.lane();
    context.running().scanned(partition.rows() * lane.rowBytes());
    StringBuilder sql = new StringBuilder("SELECT ").append(columns).append(" FROM ");
    sql.append(partition.sqlName()).append(" WHERE t BETWEEN ");
    sql.append(Math.max(lane.unitsCeiling(range.fromNanos()), partition.timeMin()));
    sql.append(" AND ").append(Math.min(lane.units(range.toNanos()), partition.timeMax()));
    List<@Nullable Object[]> joined = appendSeries(sql, lane.type());
    try (var offer = context.rows().offer(new ObjectRows(KEY_COLUMN, joined))) {
      if (!joined.isEmpty()) {
        sql.append(" AND s IN (SELECT k FROM ").append(offer.sql()).append(')');
      }
      sql.append(suffix);
      try (DuckDBPreparedStatement statement = context.connection().prepare(sql.toString())) {
        context.running().begin(statement);
        try (DuckDBChunkedResult result = statement.query()) {
          while (result.nextChunk() && chunks.accept(result.chunk())) {
            context.running().check();
          }
        } finally {
          context.running().end();
        }
      }
    }
  }

  /**
   * Adds the condition on the series of one type: a range per measure, which the engine prunes by.
   * Keys that have to be joined as well come back: where there are too many ranges, or where few of
   * the series between the first and the last are wanted.
   */
  private List<@Nullable Object[]> appendSeries(StringBuilder sql, MeasureType type) {
    List<SeriesChoice.Part> parts =
        choice.measures().stream().filter(part -> part.measure().type() == type).toList();
    boolean sparse =
        parts.stream().anyMatch(part -> part.spread() > 4L * (part.end() - part.start()) + 512);
    boolean many = parts.size() > RANGES_MAX;
    sql.append(" AND (");
    if (many) {
      appendRange(sql, parts.getFirst(), parts.getLast());
    } else {
      for (int i = 0; i < parts.size(); i++) {
        sql.append(i == 0 ? "" : " OR ");
        appendRange(sql, parts.get(i), parts.get(i));
      }
    }
    sql.append(')');
    List<@Nullable Object[]> keys = new ArrayList<>();
    if (many || sparse) {
      for (SeriesChoice.Part part : parts) {
        for (int i = part.start(); i < part.end(); i++) {
          keys.add(new Object[] {SeriesKey.of(part.measure().id(), choice.numbers()[i])});
        }
      }
    }
    return keys;
  }

  private void appendRange(StringBuilder sql, SeriesChoice.Part first, SeriesChoice.Part last) {
    int lowest = choice.numbers()[first.start()];
    int highest = choice.numbers()[last.end() - 1];
    sql.append("s BETWEEN ").append(SeriesKey.of(first.measure().id(), lowest));
    sql.append(" AND ").append(SeriesKey.of(last.measure().id(), highest));
  }
}
