// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import java.util.Arrays;

/**
 * Orders points so that neighbours share much: at each step by the one dimension, or time, or
 * measure name, whose values divide the points into groups with the most bytes to send once instead
 * of often; then each group by itself. Points of values that are too rare to be worth a call stay
 * together, in the order in which they came. Not thread-safe.
 *
 * <p>What a group shares is more than the value that divides: the points of one host also have one
 * time. Counted is what all points of the group have and none outside of it.
 */
final class Sharing {

  /**
   * What a group must save to be set apart, in metered bytes: a call of its own wastes half a KiB
   * by rounding and repeats what the calls beside it share too.
   */
  private static final int GROUP_BYTES_MIN = 800;

  /** Steps one inside of the other; more gained nothing with any batch we tried. */
  private static final int DEPTH_MAX = 4;

  /** Keys that are looked at closely in each step. */
  private static final int CANDIDATES = 3;

  private static final int NOBODY = -1;
  private static final int SEVERAL = -2;
  private static final int NONE = -3;

  private final Layout layout;
  private final Attributes attributes;
  private final int[] order;
  private final int[] scratch;

  /** By attribute: the points of the range at hand that have it; 0 between steps. */
  private final int[] counts;

  /** The attributes that points of the range at hand have, each once. */
  private final int[] present;

  private int presentCount;

  /** By attribute: the value of the dividing key that all points with it have. */
  private final int[] owners;

  /** By value of the dividing key: the bytes that its points share and no others have. */
  private final int[] shared;

  /** By value of the dividing key: where its next point goes, or -1 for a value that pays not. */
  private final int[] places;

  /** By key: the bytes that its values alone would save. */
  private final long[] estimates;

  private final boolean[] used;

  /** The key that {@link #shared} stands for. */
  private int weighed;

  private Sharing(Layout layout, int[] order) {
    this.layout = layout;
    this.attributes = layout.attributes();
    this.order = order;
    this.scratch = new int[order.length];
    this.counts = new int[attributes.size()];
    this.present = new int[attributes.size()];
    this.owners = new int[attributes.size()];
    this.shared = new int[attributes.size()];
    this.places = new int[attributes.size()];
    this.estimates = new long[attributes.keyCount()];
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
      clear();
      return;
    }
    int[] ends = group(from, to, key);
    clear();
    used[key] = true;
    int start = from;
    for (int end : ends) {
      divide(start, end, depth + 1);
      start = end;
    }
    used[key] = false;
  }

  private void count(int from, int to) {
    Arrays.fill(estimates, 0);
    presentCount = 0;
    for (int i = from; i < to; i++) {
      int end = layout.to(order[i]);
      for (int place = layout.from(order[i]); place < end; place++) {
        int id = layout.id(place);
        if (counts[id]++ == 0) {
          present[presentCount++] = id;
        }
      }
    }
    for (int i = 0; i < presentCount; i++) {
      int id = present[i];
      // Each point but the first of a value saves its bytes; one value for all divides nothing.
      if (counts[id] < to - from) {
        estimates[attributes.key(id)] += (long) (counts[id] - 1) * attributes.bytes(id);
      }
    }
  }

  private void clear() {
    for (int i = 0; i < presentCount; i++) {
      counts[present[i]] = 0;
    }
  }

  /** The key whose values save most, or -1 where none of them saves enough. */
  private int bestKey(int from, int to) {
    int best = -1;
    long most = 0;
    for (int candidate = 0; candidate < CANDIDATES; candidate++) {
      int key = nextCandidate();
      if (key < 0) {
        break;
      }
      estimates[key] = 0;
      long saved = weigh(from, to, key);
      if (saved > most) {
        most = saved;
        best = key;
      }
    }
    return best;
  }

  private int nextCandidate() {
    int next = -1;
    for (int key = 0; key < estimates.length; key++) {
      if (!used[key] && estimates[key] > 0 && (next < 0 || estimates[key] > estimates[next])) {
        next = key;
      }
    }
    return next;
  }

  /** Fills {@link #shared} for the values of a key, and adds up what those that pay save. */
  private long weigh(int from, int to, int key) {
    weighed = key;
    for (int i = 0; i < presentCount; i++) {
      owners[present[i]] = NOBODY;
      shared[present[i]] = 0;
    }
    for (int i = from; i < to; i++) {
      int value = valueOf(order[i], key);
      int end = layout.to(order[i]);
      for (int place = layout.from(order[i]); place < end; place++) {
        int id = layout.id(place);
        int owner = owners[id];
        if (owner != value) {
          owners[id] = owner == NOBODY ? value : SEVERAL;
        }
      }
    }
    for (int i = 0; i < presentCount; i++) {
      int id = present[i];
      int owner = owners[id];
      if (owner >= 0 && counts[id] == counts[owner] && counts[id] < to - from) {
        shared[owner] += attributes.bytes(id);
      }
    }
    long saved = 0;
    for (int i = 0; i < presentCount; i++) {
      if (attributes.key(present[i]) == key) {
        saved += Math.max(0, savedBy(present[i]));
      }
    }
    return saved;
  }

  private long savedBy(int value) {
    int calls = Math.ceilDiv(counts[value], CallPacker.RECORDS_MAX);
    return (long) (counts[value] - calls) * shared[value] - GROUP_BYTES_MIN;
  }

  /** Moves the points of each value that pays together, the others behind them; the ends. */
  private int[] group(int from, int to, int key) {
    if (weighed != key) {
      weigh(from, to, key);
    }
    int[] ends = new int[8];
    int size = 0;
    int next = from;
    for (int i = 0; i < presentCount; i++) {
      places[present[i]] = -1;
    }
    for (int i = from; i < to; i++) {
      int value = valueOf(order[i], key);
      if (value >= 0 && places[value] < 0 && savedBy(value) > 0) {
        places[value] = next;
        next += counts[value];
        if (size + 1 == ends.length) {
          ends = Arrays.copyOf(ends, size * 2);
        }
        ends[size++] = next;
      }
    }
    int rest = next;
    for (int i = from; i < to; i++) {
      int value = valueOf(order[i], key);
      int place = value >= 0 && places[value] >= 0 ? places[value]++ : rest++;
      scratch[place] = order[i];
    }
    System.arraycopy(scratch, from, order, from, to - from);
    if (next < to) {
      ends[size++] = to;
    }
    return Arrays.copyOf(ends, size);
  }

  private int valueOf(int index, int key) {
    if (key < Attributes.DIMENSIONS_FROM) {
      // Measure name and time come first, in the order of their keys.
      return layout.id(layout.from(index) + key);
    }
    int end = layout.to(index);
    for (int place = layout.from(index); place < end; place++) {
      if (attributes.key(layout.id(place)) == key) {
        return layout.id(place);
      }
    }
    return NONE;
  }
}
