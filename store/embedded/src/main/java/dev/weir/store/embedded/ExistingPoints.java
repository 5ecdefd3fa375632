// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.embedded.hot.HotChunk;
import dev.weir.store.embedded.hot.LaneView;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A small table of points that the committer must know about: those that are not newer than what
 * their series has. Filled with keys first, then from memory and from disk with what is stored
 * under them. Open addressing; not thread-safe.
 */
final class ExistingPoints {

  private int[] slots = new int[64];
  private int[] series = new int[16];
  private long[] nanos = new long[16];
  private long[] bits = new long[16];
  private long[] versions = new long[16];
  private @Nullable Object[] objects = new Object[16];
  private int size;
  private long nanosMin = Long.MAX_VALUE;
  private long nanosMax = Long.MIN_VALUE;

  int size() {
    return size;
  }

  long nanosMin() {
    return nanosMin;
  }

  long nanosMax() {
    return nanosMax;
  }

  int series(int entry) {
    return series[entry];
  }

  long nanos(int entry) {
    return nanos[entry];
  }

  /** The version that is stored, or 0 where nothing is. */
  long version(int entry) {
    return versions[entry];
  }

  /** The entry of a key, made where it is missing. */
  int key(int number, long epochNanos) {
    int entry = find(number, epochNanos);
    if (entry >= 0) {
      return entry;
    }
    if (size == series.length) {
      grow();
    }
    series[size] = number;
    nanos[size] = epochNanos;
    nanosMin = Math.min(nanosMin, epochNanos);
    nanosMax = Math.max(nanosMax, epochNanos);
    slots[freeSlot(number, epochNanos)] = size + 1;
    return size++;
  }

  int find(int number, long epochNanos) {
    int mask = slots.length - 1;
    for (int slot = start(number, epochNanos) & mask; ; slot = (slot + 1) & mask) {
      int entry = slots[slot] - 1;
      if (entry < 0) {
        return -1;
      }
      if (series[entry] == number && nanos[entry] == epochNanos) {
        return entry;
      }
    }
  }

  /** Notes what is stored under a key; of several versions the highest counts. */
  void found(int entry, long valueBits, @Nullable Object object, long version) {
    if (version > versions[entry]) {
      bits[entry] = valueBits;
      objects[entry] = object;
      versions[entry] = version;
    }
  }

  boolean sameValue(int entry, long valueBits, @Nullable Object object) {
    Object there = objects[entry];
    return there == null ? object == null && bits[entry] == valueBits : there.equals(object);
  }

  /** Looks for the keys among the rows of a lane. */
  void search(LaneView view) {
    long min = view.lane().unitsCeiling(nanosMin);
    long max = view.lane().units(nanosMax);
    for (int c = 0; c < view.chunks().length; c++) {
      HotChunk chunk = view.chunks()[c];
      if (chunk.timeMin() > max || chunk.timeMax() < min) {
        continue;
      }
      int rows = view.rowsIn(c);
      for (int row = 0; row < rows; row++) {
        long time = chunk.time(row);
        if (time >= min && time <= max) {
          int entry = find(chunk.series(row), view.lane().epochNanos(time));
          if (entry >= 0) {
            found(entry, chunk.bits(row), chunk.object(row), chunk.version(row));
          }
        }
      }
    }
  }

  private void grow() {
    int capacity = series.length * 2;
    series = Arrays.copyOf(series, capacity);
    nanos = Arrays.copyOf(nanos, capacity);
    bits = Arrays.copyOf(bits, capacity);
    versions = Arrays.copyOf(versions, capacity);
    objects = Arrays.copyOf(objects, capacity);
    slots = new int[capacity * 4];
    for (int entry = 0; entry < size; entry++) {
      slots[freeSlot(series[entry], nanos[entry])] = entry + 1;
    }
  }

  private int freeSlot(int number, long epochNanos) {
    int mask = slots.length - 1;
    int slot = start(number, epochNanos) & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int start(int number, long epochNanos) {
    long mixed = (number * 0x9E37_79B9_7F4A_7C15L) ^ (epochNanos * 0xC2B2_AE3D_27D4_EB4FL);
    return Long.hashCode(mixed ^ (mixed >>> 29));
  }
}
