// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import dev.weir.store.embedded.catalog.MultiColumn;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.hot.HotChunk;
import dev.weir.store.embedded.hot.LaneView;
import java.util.Arrays;
import java.util.List;

/** Rows in memory as a source for queries, in the columns of the sealed days. */
public final class LaneRows {

  private LaneRows() {}

  /** The rows of a lane within a range of time, both ends inclusive. */
  public static RowSource of(
      LaneView view,
      SeriesIndex index,
      List<MultiColumn> multiColumns,
      long fromNanos,
      long toNanos) {
    long from = view.lane().unitsCeiling(fromNanos);
    long to = view.lane().units(toNanos);
    int[] order = new int[Math.min(view.rows(), 1 << 14)];
    int size = 0;
    for (int c = 0; c < view.chunks().length; c++) {
      HotChunk chunk = view.chunks()[c];
      if (chunk.timeMin() > to || chunk.timeMax() < from) {
        continue;
      }
      int rows = view.rowsIn(c);
      for (int row = 0; row < rows; row++) {
        if (chunk.time(row) >= from && chunk.time(row) <= to) {
          if (size == order.length) {
            order = Arrays.copyOf(order, size * 2);
          }
          order[size++] = c * HotChunk.ROWS + row;
        }
      }
    }
    return new SortedRows(view, index, Arrays.copyOf(order, size), multiColumns);
  }
}
