// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.hot;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A run of rows as columns. Rows are never changed once they are published; the least and greatest
 * time may already cover rows that are not.
 */
public final class HotChunk {

  /** Rows in a full chunk. */
  public static final int ROWS = 1 << 14;

  /** Rows that a chunk has room for at first: many tables have few rows. */
  private static final int FIRST_ROWS = 1 << 6;

  final int[] series;
  final long[] times;
  final long @Nullable [] bits;
  final Object @Nullable [] objects;

  /** Null while every row has version 1. */
  long @Nullable [] versions;

  long timeMin = Long.MAX_VALUE;
  long timeMax = Long.MIN_VALUE;

  /** A full one, or one that begins small. */
  HotChunk(boolean holdsObjects, boolean full) {
    int rows = full ? ROWS : FIRST_ROWS;
    series = new int[rows];
    times = new long[rows];
    bits = holdsObjects ? null : new long[rows];
    objects = holdsObjects ? new Object[rows] : null;
  }

  /** A copy with four times the room; readers go on with the old one. */
  private HotChunk(HotChunk small) {
    int rows = Math.min(ROWS, small.capacity() * 4);
    series = Arrays.copyOf(small.series, rows);
    times = Arrays.copyOf(small.times, rows);
    bits = small.bits == null ? null : Arrays.copyOf(small.bits, rows);
    objects = small.objects == null ? null : Arrays.copyOf(small.objects, rows);
    versions = small.versions == null ? null : grown(small.versions, rows);
    timeMin = small.timeMin;
    timeMax = small.timeMax;
  }

  HotChunk grow() {
    return new HotChunk(this);
  }

  /** Rows that it has room for. */
  int capacity() {
    return series.length;
  }

  void version(int row, long version) {
    if (versions == null) {
      versions = grown(new long[0], capacity());
    }
    versions[row] = version;
  }

  private static long[] grown(long[] few, int rows) {
    long[] all = Arrays.copyOf(few, rows);
    Arrays.fill(all, few.length, rows, 1);
    return all;
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
