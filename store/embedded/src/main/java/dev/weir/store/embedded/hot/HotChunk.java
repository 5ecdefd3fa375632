// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.hot;

import org.jspecify.annotations.Nullable;

/**
 * A run of rows as columns. Rows are never changed once they are published; the least and greatest
 * time may already cover rows that are not.
 */
public final class HotChunk {

  /** Rows in a full chunk. */
  public static final int ROWS = 1 << 14;

  final int[] series = new int[ROWS];
  final long[] times = new long[ROWS];
  final long @Nullable [] bits;
  final Object @Nullable [] objects;

  /** Null while every row has version 1. */
  long @Nullable [] versions;

  long timeMin = Long.MAX_VALUE;
  long timeMax = Long.MIN_VALUE;

  HotChunk(boolean holdsObjects) {
    bits = holdsObjects ? null : new long[ROWS];
    objects = holdsObjects ? new Object[ROWS] : null;
  }

  public int series(int row) {
    return series[row];
  }

  public long time(int row) {
    return times[row];
  }

  /** Raw bits of a DOUBLE, a BIGINT, or 0 and 1; 0 where the lane holds objects. */
  public long bits(int row) {
    return bits == null ? 0 : bits[row];
  }

  /** A String or a MULTI measure; null where the lane holds bits. */
  public @Nullable Object object(int row) {
    return objects == null ? null : objects[row];
  }

  public long version(int row) {
    long[] present = versions;
    return present == null ? 1 : present[row];
  }

  public long timeMin() {
    return timeMin;
  }

  public long timeMax() {
    return timeMax;
  }
}
