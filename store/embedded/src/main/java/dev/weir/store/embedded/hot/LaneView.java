// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.hot;

/**
 * The rows of a lane as they were at one moment.
 *
 * @param overwrites whether some rows have a version over 1, so that older rows may stand below
 *     them
 */
public record LaneView(Lane lane, HotChunk[] chunks, int rows, boolean overwrites) {

  /** How many rows of a chunk belong to the view. */
  public int rowsIn(int chunk) {
    return Math.min(HotChunk.ROWS, rows - chunk * HotChunk.ROWS);
  }
}
