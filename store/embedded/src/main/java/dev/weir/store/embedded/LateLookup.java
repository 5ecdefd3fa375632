// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.embedded.Holdings.Snapshot;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.disk.Engine;
import dev.weir.store.embedded.disk.Partition;
import dev.weir.store.embedded.disk.SealedPoints;
import dev.weir.store.embedded.disk.SeriesKey;
import dev.weir.store.embedded.hot.Generation;
import dev.weir.store.embedded.hot.HotLane;
import dev.weir.store.embedded.hot.Lane;
import dev.weir.store.embedded.hot.LaneView;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds what is stored under the keys of late points: in memory, then in the days they fall in. */
final class LateLookup {

  private final StoreCatalog catalog;
  private final Holdings holdings;
  private final EngineKeeper keeper;

  LateLookup(StoreCatalog catalog, Holdings holdings, EngineKeeper keeper) {
    this.catalog = catalog;
    this.holdings = holdings;
    this.keeper = keeper;
  }

  void fill(ExistingPoints points) throws SQLException {
    Map<Integer, StoredTable> tables = new TreeMap<>();
    for (int entry = 0; entry < points.size(); entry++) {
      StoredTable table = catalog.series().measure(points.series(entry)).table();
      tables.put(table.id(), table);
    }
    Engine engine = keeper.engine();
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement();
        Snapshot snapshot = holdings.pin(statement)) {
      Generation active = holdings.active();
      for (StoredTable table : tables.values()) {
        int tableId = table.id();
        for (LaneView view : snapshot.hot(tableId)) {
          points.search(view);
        }
        searchActive(points, active, tableId);
        searchSealed(points, engine, statement, snapshot, table);
      }
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      keeper.failed(e);
      throw e;
    }
  }

  /** The rows of this very group are not in the snapshot. */
  private static void searchActive(ExistingPoints points, Generation active, int tableId) {
    for (Lane lane : Lane.ALL) {
      HotLane rows = active.existingLane(tableId, lane.index());
      if (rows != null) {
        points.search(rows.unpublishedView());
      }
    }
  }

  private void searchSealed(
      ExistingPoints points,
      Engine engine,
      Statement statement,
      Snapshot snapshot,
      StoredTable table)
      throws SQLException {
    SealedPoints sealed = new SealedPoints(engine.rows());
    for (Partition partition :
        snapshot.partitions().of(table.id(), points.nanosMin(), points.nanosMax())) {
      List<SealedPoints.Key> keys = keysIn(points, partition);
      if (!keys.isEmpty()) {
        sealed.search(statement, partition, table.multiColumns(), keys, points::found);
      }
    }
  }

  private List<SealedPoints.Key> keysIn(ExistingPoints points, Partition partition) {
    SeriesIndex index = catalog.series();
    List<SealedPoints.Key> keys = new ArrayList<>();
    for (int entry = 0; entry < points.size(); entry++) {
      long nanos = points.nanos(entry);
      int number = points.series(entry);
      boolean fits =
          nanos >= partition.timeMinNanos()
              && nanos <= partition.timeMaxNanos()
              && index.measure(number).table().id() == partition.tableId()
              && Lane.indexOf(index.measure(number).type(), nanos) == partition.laneIndex();
      if (fits) {
        long key = SeriesKey.of(index.measure(number).id(), number);
        keys.add(new SealedPoints.Key(entry, key, partition.lane().units(nanos)));
      }
    }
    return keys;
  }
}
