// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.hot;

import dev.weir.store.embedded.catalog.CatalogChange;
import dev.weir.store.embedded.catalog.CatalogChange.DeleteTable;
import dev.weir.store.embedded.catalog.CatalogChange.PutTable;
import dev.weir.store.embedded.catalog.StoreCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All rows of one log segment. The committer writes to the newest one; older ones wait to be
 * sealed.
 */
public final class Generation {

  private final long segment;
  private final long createdMillis;
  // By table id. Replaced, not changed, when a table is added, so that readers may look in.
  private volatile Map<Integer, HotLane[]> tables = Map.of();
  private long rows;
  private StoreCatalog.Marks marks = StoreCatalog.Marks.NONE;

  public Generation(long segment, long createdMillis) {
    this.segment = segment;
    this.createdMillis = createdMillis;
  }

  public long segment() {
    return segment;
  }

  public long createdMillis() {
    return createdMillis;
  }

  /** Published rows in all tables. */
  public long rows() {
    return rows;
  }

  /** About how many bytes the texts and MULTI values of the published rows take. */
  public long objectBytes() {
    long sum = 0;
    for (int tableId : tables.keySet()) {
      for (HotLane lane : lanes(tableId)) {
        sum += lane.objectBytes();
      }
    }
    return sum;
  }

  /** Up to where the log had the catalog when this generation was closed. */
  public StoreCatalog.Marks marks() {
    return marks;
  }

  public void close(StoreCatalog.Marks logged) {
    marks = logged;
  }

  /** The lane of a table, made where it is missing. */
  public HotLane lane(int tableId, int laneIndex) {
    HotLane[] lanes = tables.get(tableId);
    if (lanes == null) {
      lanes = new HotLane[Lane.ALL.size()];
      Map<Integer, HotLane[]> grown = new TreeMap<>(tables);
      grown.put(tableId, lanes);
      tables = grown;
    }
    HotLane lane = lanes[laneIndex];
    if (lane == null) {
      lane = new HotLane(Lane.ALL.get(laneIndex));
      lanes[laneIndex] = lane;
    }
    return lane;
  }

  /** The lane of a table, or null where it has no rows. */
  public @Nullable HotLane existingLane(int tableId, int laneIndex) {
    HotLane[] lanes = tables.get(tableId);
    return lanes == null ? null : lanes[laneIndex];
  }

  /** Drops the rows that a change of the catalog takes away; all rows are published. */
  public void apply(CatalogChange change) {
    if (change instanceof DeleteTable delete) {
      lanes(delete.id()).forEach(lane -> rows -= lane.published());
      Map<Integer, HotLane[]> rest = new TreeMap<>(tables);
      rest.remove(delete.id());
      tables = rest;
    } else if (change instanceof PutTable put && put.goneBeforeNanos() > 0) {
      keepSince(put.state().id(), put.goneBeforeNanos());
    }
  }

  private void keepSince(int tableId, long epochNanos) {
    HotLane[] kept = new HotLane[Lane.ALL.size()];
    for (HotLane lane : lanes(tableId)) {
      HotLane since = lane.since(epochNanos);
      rows -= lane.published() - since.published();
      kept[since.lane().index()] = since;
    }
    Map<Integer, HotLane[]> changed = new TreeMap<>(tables);
    changed.computeIfPresent(tableId, (_, _) -> kept);
    tables = changed;
  }

  public List<Integer> tableIds() {
    return new ArrayList<>(tables.keySet());
  }

  /** The published rows of a table. */
  public List<LaneView> views(int tableId) {
    List<LaneView> views = new ArrayList<>();
    for (HotLane lane : lanes(tableId)) {
      if (lane.published() > 0) {
        views.add(lane.view());
      }
    }
    return views;
  }

  /** Lanes of a table that have rows which are not published. */
  List<HotLane> dirty(int tableId) {
    return lanes(tableId).stream().filter(lane -> lane.rows() > lane.published()).toList();
  }

  /** Makes everything that was appended visible. */
  public void publish() {
    for (int tableId : tables.keySet()) {
      for (HotLane lane : dirty(tableId)) {
        rows += lane.rows() - lane.published();
        lane.publish();
      }
    }
  }

  /** Forgets everything that was appended since the last {@link #publish}. */
  public void rollback() {
    for (int tableId : tables.keySet()) {
      dirty(tableId).forEach(HotLane::rollback);
    }
  }

  private List<HotLane> lanes(int tableId) {
    HotLane[] lanes = tables.get(tableId);
    List<HotLane> present = new ArrayList<>();
    if (lanes != null) {
      for (HotLane lane : lanes) {
        if (lane != null) {
          present.add(lane);
        }
      }
    }
    return present;
  }
}
