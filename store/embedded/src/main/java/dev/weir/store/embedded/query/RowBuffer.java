// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Rows of several series as they come, then by series and time. Values are raw bits. A series' rows
 * come nearly in order, so they are only sorted where they are not.
 */
final class RowBuffer {

  private int[] ordinals = new int[4_096];
  private long[] nanos = new long[4_096];
  private long[] bits = new long[4_096];
  private long[] versions = new long[0];
  private int size;

  int size() {
    return size;
  }

  void add(int ordinal, long epochNanos, long valueBits, long version) {
    if (size == ordinals.length) {
      int capacity = size * 2;
      ordinals = Arrays.copyOf(ordinals, capacity);
      nanos = Arrays.copyOf(nanos, capacity);
      bits = Arrays.copyOf(bits, capacity);
    }
    ordinals[size] = ordinal;
    nanos[size] = epochNanos;
    bits[size] = valueBits;
    if (version != 1 || versions.length > 0) {
      noteVersion(version);
    }
    size++;
  }

  /**
   * The rows by series.
   *
   * @param offsets where each series begins; one more than there are series
   */
  record Sorted(int[] offsets, long[] nanos, long[] bits) {}

  /** The rows in order, of several versions of one point only the highest. */
  Sorted sorted(int seriesCount) {
    int[] starts = new int[seriesCount + 1];
    for (int i = 0; i < size; i++) {
      starts[ordinals[i] + 1]++;
    }
    for (int i = 0; i < seriesCount; i++) {
      starts[i + 1] += starts[i];
    }
    int[] next = Arrays.copyOf(starts, seriesCount);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[next[ordinals[i]]++] = i;
    }
    long[] sortedNanos = new long[size];
    long[] sortedBits = new long[size];
    int[] offsets = new int[seriesCount + 1];
    int kept = 0;
    for (int series = 0; series < seriesCount; series++) {
      sortIfNeeded(order, starts[series], starts[series + 1]);
      for (int i = starts[series]; i < starts[series + 1]; i++) {
        boolean overwritten = i + 1 < starts[series + 1] && nanos[order[i]] == nanos[order[i + 1]];
        if (!overwritten) {
          sortedNanos[kept] = nanos[order[i]];
          sortedBits[kept] = bits[order[i]];
          kept++;
        }
      }
      offsets[series + 1] = kept;
    }
    return new Sorted(offsets, sortedNanos, sortedBits);
  }

  private void sortIfNeeded(int[] order, int start, int end) {
    boolean ascending = true;
    for (int i = start + 1; i < end; i++) {
      ascending &= nanos[order[i]] > nanos[order[i - 1]];
    }
    if (ascending) {
      return;
    }
    Integer[] slice = new Integer[end - start];
    for (int i = start; i < end; i++) {
      slice[i - start] = order[i];
    }
    Comparator<Integer> byTime = Comparator.comparingLong(row -> nanos[row]);
    Arrays.sort(slice, byTime.thenComparingLong(this::version));
    for (int i = start; i < end; i++) {
      order[i] = slice[i - start];
    }
  }

  private long version(int row) {
    return row < versions.length ? versions[row] : 1;
  }

  private void noteVersion(long version) {
    if (versions.length <= size) {
      int before = versions.length;
      versions = Arrays.copyOf(versions, Math.max(ordinals.length, size + 1));
      Arrays.fill(versions, before, versions.length, 1);
    }
    versions[size] = version;
  }
}
