// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import dev.weir.model.MeasureType;
import dev.weir.store.embedded.catalog.MultiColumn;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoreCatalog.Marks;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.disk.RowSource.SourceColumn;
import dev.weir.store.embedded.hot.Generation;
import dev.weir.store.embedded.hot.HotChunk;
import dev.weir.store.embedded.hot.LaneView;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one generation into the day tables, with the catalog up to it and its number, all within
 * the caller's transaction: either everything is sealed or nothing.
 */
public final class GenerationSeal {

  private final Engine engine;
  private final DiskCatalog diskCatalog;
  private final StoreCatalog catalog;

  public GenerationSeal(Engine engine, StoreCatalog catalog) {
    this.engine = engine;
    this.diskCatalog = new DiskCatalog(engine);
    this.catalog = catalog;
  }

  /**
   * Writes it.
   *
   * @param savedMarks up to where the catalog is sealed already
   * @return the partitions that have changed, as they are after the transaction
   */
  public List<Partition> write(
      Statement statement, Generation generation, Marks savedMarks, Partitions partitions)
      throws SQLException {
    diskCatalog.save(statement, catalog, savedMarks, generation.marks());
    List<Partition> changed = new ArrayList<>();
    for (int tableId : generation.tableIds()) {
      StoredTable table = catalog.tableById(tableId);
      if (table == null) {
        continue; // deleted meanwhile
      }
      for (LaneView view : generation.views(tableId)) {
        Map<Long, int[]> days = new SealOrder(view, catalog.series()).byDay();
        for (Map.Entry<Long, int[]> day : days.entrySet()) {
          changed.add(writeDay(statement, table, view, day.getKey(), day.getValue(), partitions));
        }
      }
    }
    for (Partition partition : changed) {
      diskCatalog.savePartition(statement, partition);
    }
    diskCatalog.saveSealed(statement, generation.segment());
    return changed;
  }

  private Partition writeDay(
      Statement statement,
      StoredTable table,
      LaneView view,
      long day,
      int[] order,
      Partitions partitions)
      throws SQLException {
    int tableId = table.id();
    int lane = view.lane().index();
    String name = Partition.sqlName(tableId, lane, day);
    List<MultiColumn> multiColumns = table.multiColumns();
    SortedRows rows = new SortedRows(view, catalog.series(), order, new ArrayList<>(multiColumns));
    Partition before = partitions.byName().get(name);
    makeRoom(statement, name, rows, before, view);
    try (var offer = engine.rows().offer(rows)) {
      if (view.overwrites() && before != null) {
        statement.execute(
            ("DELETE FROM %s AS p USING (SELECT s, t FROM %s WHERE n > 1) AS k"
                    + " WHERE p.s = k.s AND p.t = k.t")
                .formatted(name, offer.sql()));
      }
      statement.execute("INSERT INTO " + name + " BY NAME FROM " + offer.sql());
    }
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int at : order) {
      long time = view.chunks()[at / HotChunk.ROWS].time(at % HotChunk.ROWS);
      min = Math.min(min, time);
      max = Math.max(max, time);
    }
    return before == null
        ? new Partition(tableId, lane, day, order.length, min, max)
        : before.plus(order.length, min, max);
  }

  private static void makeRoom(
      Statement statement, String name, SortedRows rows, @Nullable Partition before, LaneView view)
      throws SQLException {
    if (before == null) {
      List<String> columns = new ArrayList<>();
      for (SourceColumn column : rows.columns()) {
        columns.add(column.name() + " " + column.type());
      }
      statement.execute("CREATE TABLE " + name + " (" + String.join(", ", columns) + ")");
    } else if (view.lane().type() == MeasureType.MULTI) {
      for (SourceColumn column : rows.columns()) {
        statement.execute(
            "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s"
                .formatted(name, column.name(), column.type()));
      }
    }
  }

  /**
   * Deletes the points before a time; part of the caller's transaction.
   *
   * @return the partitions as they are after the transaction
   */
  public List<Partition> cut(Statement statement, List<Partition> partitions, long beforeNanos)
      throws SQLException {
    List<Partition> changed = new ArrayList<>();
    for (Partition partition : partitions) {
      long from = partition.lane().unitsCeiling(beforeNanos);
      long gone =
          statement.executeLargeUpdate(
              "DELETE FROM %s WHERE t < %d".formatted(partition.sqlName(), from));
      Partition rest = partition.since(from, gone);
      diskCatalog.savePartition(statement, rest);
      changed.add(rest);
    }
    return changed;
  }

  /** Drops partitions; part of the caller's transaction. */
  public void drop(Statement statement, List<Partition> old) throws SQLException {
    for (Partition partition : old) {
      statement.execute("DROP TABLE IF EXISTS " + partition.sqlName());
      diskCatalog.removePartition(statement, partition);
    }
  }
}
