// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import dev.weir.store.embedded.hot.Lane;

/**
 * The sealed rows of one table, lane and day (UTC).
 *
 * @param day days since the epoch
 * @param rows how many; overwritten ones may be counted twice
 * @param timeMin the least time in the lane's units
 * @param timeMax the greatest
 */
public record Partition(
    int tableId, int laneIndex, long day, long rows, long timeMin, long timeMax) {

  public Lane lane() {
    return Lane.ALL.get(laneIndex);
  }

  /** The name of its table in the engine. */
  public String sqlName() {
    return sqlName(tableId, laneIndex, day);
  }

  static String sqlName(int tableId, int laneIndex, long day) {
    return "points_" + tableId + "_" + Lane.ALL.get(laneIndex).label() + "_" + day;
  }

  public long timeMinNanos() {
    return lane().epochNanos(timeMin);
  }

  public long timeMaxNanos() {
    return lane().epochNanos(timeMax);
  }

  /** Without the rows before a time in the lane's units. */
  Partition since(long from, long goneRows) {
    return new Partition(
        tableId,
        laneIndex,
        day,
        Math.max(0, rows - goneRows),
        Math.max(timeMin, from),
        Math.max(timeMax, from));
  }

  Partition plus(long moreRows, long min, long max) {
    return new Partition(
        tableId, laneIndex, day, rows + moreRows, Math.min(timeMin, min), Math.max(timeMax, max));
  }
}
