// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.store.embedded.catalog.MultiColumn;
import dev.weir.store.embedded.disk.RowSource.SourceColumn;
import dev.weir.store.embedded.hot.Lane;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.jspecify.annotations.Nullable;

/** Looks single points up among the sealed ones. */
public final class SealedPoints {

  private static final List<SourceColumn> KEY_COLUMNS =
      List.of(
          new SourceColumn("k", DuckDBColumnType.BIGINT),
          new SourceColumn("s", DuckDBColumnType.BIGINT),
          new SourceColumn("t", DuckDBColumnType.BIGINT));

  private final RowSources rows;

  public SealedPoints(RowSources rows) {
    this.rows = rows;
  }

  /**
   * A key to look up.
   *
   * @param entry given back with what is found
   * @param seriesKey see {@link SeriesKey}
   * @param time in the lane's units
   */
  public record Key(long entry, long seriesKey, long time) {}

  /** Takes what is found. */
  @FunctionalInterface
  public interface Found {
    void accept(int entry, long bits, @Nullable Object object, long version);
  }

  /** Looks keys up in one partition; the statement's transaction sees that partition. */
  public void search(
      Statement statement,
      Partition partition,
      List<MultiColumn> multiColumns,
      List<Key> keys,
      Found found)
      throws SQLException {
    long timeMin = keys.stream().mapToLong(Key::time).min().orElseThrow();
    long timeMax = keys.stream().mapToLong(Key::time).max().orElseThrow();
    List<@Nullable Object[]> keyRows = new ArrayList<>();
    for (Key key : keys) {
      keyRows.add(new Object[] {key.entry(), key.seriesKey(), key.time()});
    }
    Lane lane = partition.lane();
    // Constants for the range of time: the engine prunes by them before it joins.
    try (var offer = rows.offer(new ObjectRows(KEY_COLUMNS, keyRows));
        ResultSet result =
            statement.executeQuery(
                ("SELECT k.k, p.* EXCLUDE (s, t) FROM %s AS p JOIN %s AS k"
                        + " ON p.s = k.s AND p.t = k.t WHERE p.t BETWEEN %d AND %d")
                    .formatted(partition.sqlName(), offer.sql(), timeMin, timeMax))) {
      while (result.next()) {
        int entry = result.getInt(1);
        long version = result.getLong("n");
        switch (lane.type()) {
          case DOUBLE ->
              found.accept(entry, Double.doubleToRawLongBits(result.getDouble("v")), null, version);
          case BIGINT -> found.accept(entry, result.getLong("v"), null, version);
          case BOOLEAN -> found.accept(entry, result.getBoolean("v") ? 1 : 0, null, version);
          case VARCHAR -> found.accept(entry, 0, result.getString("v"), version);
          case MULTI -> found.accept(entry, 0, multi(result, multiColumns), version);
          case TIMESTAMP -> throw new IllegalStateException("no lane for TIMESTAMP");
        }
      }
    }
  }

  private static @Nullable Object multi(ResultSet result, List<MultiColumn> columns)
      throws SQLException {
    int count = result.getMetaData().getColumnCount();
    List<String> present = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      present.add(result.getMetaData().getColumnName(i));
    }
    List<Measure.Named> values = new ArrayList<>();
    for (MultiColumn column : columns) {
      String name = "m" + column.ordinal();
      if (present.contains(name) && result.getObject(name) != null) {
        values.add(new Measure.Named(column.name(), value(result, name, column.type())));
      }
    }
    return values.isEmpty() ? null : new Measure.OfMulti(values);
  }

  private static Measure value(ResultSet result, String name, MeasureType type)
      throws SQLException {
    return switch (type) {
      case DOUBLE -> new Measure.OfDouble(result.getDouble(name));
      case BIGINT -> new Measure.OfBigint(result.getLong(name));
      case TIMESTAMP -> new Measure.OfTimestamp(result.getLong(name));
      case BOOLEAN -> new Measure.OfBoolean(result.getBoolean(name));
      case VARCHAR -> new Measure.OfVarchar(result.getString(name));
      case MULTI -> throw new IllegalStateException("a MULTI inside a MULTI");
    };
  }
}
