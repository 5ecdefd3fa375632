// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import java.util.Arrays;

/**
 * Orders points so that neighbours share much: at each step by the one dimension, or time, or
 * measure name, whose values divide the points into groups with the most bytes to send once instead
 * of often; then each group by itself. Points of values that are too rare to be worth a call stay
 * together, in the order in which they came. Not thread-safe.
 */
final class Sharing {

  /**
   * What a group must save to be set apart, in metered bytes: a call of its own wastes half a KiB
   * by rounding and repeats what the calls beside it share too.
   */
  private static final int GROUP_BYTES_MIN = 600;

  /** Steps one inside of the other; more would gain nothing that a hundred records can share. */
  private static final int DEPTH_MAX = 8;

  private final Layout layout;
  private final Attributes attributes;
  private final int[] order;
  private final int[] scratch;

  /** Points in the range at hand that have an attribute; 0 between steps. */
  private final int[] counts;

  private final int[] groups;
  private final long[] saved;
  private final boolean[] used;

  private Sharing(Layout layout, int[] order) {
    this.layout = layout;
    this.attributes = layout.attributes();
    this.order = order;
    this.scratch = new int[order.length];
    this.counts = new int[attributes.size()];
    this.groups = new int[attributes.size()];
    this.saved = new long[attributes.keyCount()];
    this.used = new boolean[attributes.keyCount()];
  }

  /** Puts these points, places in the batch, into an order in which neighbours share much. */
  static void sort(Layout layout, int[] order) {
    new Sharing(layout, order).divide(0, order.length, 0);
  }

  private void divide(int from, int to, int depth) {
    if (to - from < 3 || depth == DEPTH_MAX) {
      return;
    }
    count(from, to);
    int key = bestKey(from, to);
    if (key < 0) {
      clear(from, to);
      return;
    }
    int[] ends = group(from, to, key);
    clear(from, to);
    used[key] = true;
    int start = from;
    for (int end : ends) {
      divide(start, end, depth + 1);
      start = end;
    }
    used[key] = false;
  }

  private void count(int from, int to) {
    for (int i = from; i < to; i++) {
      int end = layout.to(order[i]);
      for (int place = layout.from(order[i]); place < end; place++) {
        counts[layout.id(place)]++;
      }
    }
  }

  private void clear(int from, int to) {
    for (int i = from; i < to; i++) {
      int end = layout.to(order[i]);
      for (int place = layout.from(order[i]); place < end; place++) {
        counts[layout.id(place)] = 0;
        groups[layout.id(place)] = 0;
      }
    }
  }

  /** The key whose values save most, or -1 where none of them saves enough. */
  private int bestKey(int from, int to) {
    Arrays.fill(saved, 0);
    for (int i = from; i < to; i++) {
      int end = layout.to(order[i]);
      for (int place = layout.from(order[i]); place < end; place++) {
        int id = layout.id(place);
        int count = counts[id];
        // groups[id] tells whether the attribute was seen in this loop already.
        if (groups[id] == 0 && count < to - from) {
          groups[id] = 1;
          saved[attributes.key(id)] += Math.max(0, savedBy(id, count));
        }
      }
    }
    int best = -1;
    for (int key = 0; key < saved.length; key++) {
      if (!used[key] && saved[key] > 0 && (best < 0 || saved[key] > saved[best])) {
        best = key;
      }
    }
    return best;
  }

  private long savedBy(int id, int count) {
    int calls = Math.ceilDiv(count, CallPacker.RECORDS_MAX);
    return (long) (count - calls) * attributes.bytes(id) - GROUP_BYTES_MIN;
  }

  /** Moves the points of each value that pays together, the others behind them; the ends. */
  private int[] group(int from, int to, int key) {
    int[] ends = new int[8];
    int size = 0;
    int next = from;
    // Values get their places in the order in which they come; groups[id] is the next place + 1.
    for (int i = from; i < to; i++) {
      int id = idOf(order[i], key);
      if (id >= 0 && groups[id] == 1 && savedBy(id, counts[id]) > 0) {
        groups[id] = next + 2;
        next += counts[id];
        if (size + 1 == ends.length) {
          ends = Arrays.copyOf(ends, size * 2);
        }
        ends[size++] = next;
      }
    }
    int rest = next;
    for (int i = from; i < to; i++) {
      int id = idOf(order[i], key);
      int place = id >= 0 && groups[id] > 1 ? groups[id]++ - 2 : rest++;
      scratch[place] = order[i];
    }
    System.arraycopy(scratch, from, order, from, to - from);
    if (next < to) {
      ends[size++] = to;
    }
    return Arrays.copyOf(ends, size);
  }

  private int idOf(int index, int key) {
    int end = layout.to(index);
    for (int place = layout.from(index); place < end; place++) {
      if (attributes.key(layout.id(place)) == key) {
        return layout.id(place);
      }
    }
    return -1;
  }
}
