// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.catalog;

import dev.weir.model.Dimension;
import dev.weir.model.Series;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every series of the store under a number, dense from 0, and what the committer remembers of its
 * newest point so that most points need no look-up.
 *
 * <p>{@link #series} and {@link #measure} may be asked by any thread for numbers below {@link
 * #size}; everything else belongs to the committer.
 */
public final class SeriesIndex {

  /** Nothing was ever stored: every time is new. */
  public static final long NEVER = -1;

  /** Stands in the place of series whose table is deleted. */
  public static final Series GONE = Series.of("gone", List.of());

  private static final int START_CAPACITY = 1 << 10;

  private static final long SERIES_BYTES = 300;
  private static final long DIMENSION_BYTES = 40;

  private volatile @Nullable Series[] series = new Series[START_CAPACITY];
  private volatile @Nullable StoredMeasure[] measures = new StoredMeasure[START_CAPACITY];
  private volatile int size;
  private volatile int count;
  private long heapBytes; // Read and written by the committer only.

  // Open addressing: slot -> number + 1, 0 is free.
  private int[] slots = new int[START_CAPACITY * 2];
  private long[] newestNanos = new long[START_CAPACITY];
  private long[] newestBits = new long[START_CAPACITY];
  private boolean[] newestKnown = new boolean[START_CAPACITY];

  /** How many numbers were given away; those of deleted tables are not used again. */
  public int size() {
    return size;
  }

  /** How many series there are. */
  public int count() {
    return count;
  }

  /**
   * About how much memory all series take, here and where requests remember them; for the
   * committer.
   */
  public long heapBytes() {
    return heapBytes;
  }

  /** A series; {@link #GONE} where its table is deleted. */
  public Series series(int number) {
    Series there = series[number];
    return there == null ? GONE : there;
  }

  /** The measure of a series; {@link StoredMeasure#GONE} where its table is deleted. */
  public StoredMeasure measure(int number) {
    StoredMeasure there = measures[number];
    return there == null ? StoredMeasure.GONE : there;
  }

  /** Leaves the numbers below this one to series that were there once. */
  void reserve(int numbers) {
    while (newestNanos.length < numbers) {
      grow();
    }
    size = Math.max(size, numbers);
  }

  /** Puts a series back under its number, which is reserved. */
  void restore(int number, StoredMeasure measure, Series restored, long newest) {
    put(number, measure, restored, newest);
  }

  /** The number of a series in a table, or -1. */
  public int find(StoredTable table, Series wanted) {
    int[] current = slots;
    int mask = current.length - 1;
    for (int slot = start(table.id(), wanted.hash()) & mask; ; slot = (slot + 1) & mask) {
      int number = current[slot] - 1;
      if (number < 0) {
        return -1;
      }
      if (series(number).equals(wanted) && measure(number).table().equals(table)) {
        return number;
      }
    }
  }

  /**
   * Gives a new series the next number.
   *
   * @param newest the time up to which something may be stored for it already
   */
  int add(StoredMeasure measure, Series added, long newest) {
    int number = size;
    if (number == newestNanos.length) {
      grow();
    }
    put(number, measure, added, newest);
    size = number + 1;
    return number;
  }

  private void put(int number, StoredMeasure measure, Series added, long newest) {
    series[number] = added;
    measures[number] = measure;
    newestNanos[number] = newest;
    insertSlot(number);
    heapBytes += weigh(added);
    int before = count;
    count = before + 1;
    measure.series().add(number);
  }

  /** The newest time that may be stored for a series; whatever is later is new. */
  public long newestNanos(int number) {
    return newestNanos[number];
  }

  /** Whether the newest point has these bits, version 1; false where that is not remembered. */
  public boolean isNewest(int number, long bits) {
    return newestKnown[number] && newestBits[number] == bits;
  }

  public long newestBits(int number) {
    return newestBits[number];
  }

  public boolean newestKnown(int number) {
    return newestKnown[number];
  }

  /** Remembers the newest point; {@code known} is false where its value is not in the bits. */
  public void newest(int number, long epochNanos, long bits, boolean known) {
    newestNanos[number] = epochNanos;
    newestBits[number] = bits;
    newestKnown[number] = known;
  }

  /** Lets go of a series whose table is deleted. */
  void forget(int number) {
    heapBytes -= weigh(series(number));
    removeSlot(number);
    series[number] = null;
    measures[number] = null;
    newestKnown[number] = false;
    int before = count;
    count = before - 1;
  }

  private void grow() {
    int capacity = newestNanos.length * 2;
    series = Arrays.copyOf(series, capacity);
    measures = Arrays.copyOf(measures, capacity);
    newestNanos = Arrays.copyOf(newestNanos, capacity);
    newestBits = Arrays.copyOf(newestBits, capacity);
    newestKnown = Arrays.copyOf(newestKnown, capacity);
    slots = new int[capacity * 2];
    for (int number = 0; number < size; number++) {
      if (series[number] != null) {
        insertSlot(number);
      }
    }
  }

  /** Moves up what stands behind, so that no search ends at a gap too early. */
  private void removeSlot(int number) {
    int mask = slots.length - 1;
    int gap = start(number) & mask;
    while (slots[gap] != number + 1) {
      gap = (gap + 1) & mask;
    }
    for (int next = (gap + 1) & mask; slots[next] != 0; next = (next + 1) & mask) {
      int fromHome = (next - start(slots[next] - 1)) & mask;
      if (fromHome >= ((next - gap) & mask)) {
        slots[gap] = slots[next];
        gap = next;
      }
    }
    slots[gap] = 0;
  }

  private int start(int number) {
    return start(measure(number).table().id(), series(number).hash());
  }

  private void insertSlot(int number) {
    int mask = slots.length - 1;
    int slot = start(number) & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = number + 1;
  }

  /** Object headers and references as measured with one label; texts once. */
  private static long weigh(Series series) {
    long bytes = SERIES_BYTES + series.measureName().length();
    for (Dimension dimension : series.dimensions()) {
      bytes += DIMENSION_BYTES + dimension.value().length();
    }
    return bytes;
  }

  private static int start(int tableId, long hash) {
    return Long.hashCode(hash + tableId * 0x9E37_79B9_7F4A_7C15L);
  }
}
