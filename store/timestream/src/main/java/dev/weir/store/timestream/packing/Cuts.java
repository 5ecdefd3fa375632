// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.packing;

import java.util.Arrays;

/**
 * Cuts a sequence of points into calls so that they cost least: for each place, from the last to
 * the first, the cheapest first call and what follows it. What a call shares is what all of its
 * neighbours in the sequence share. Not thread-safe.
 */
final class Cuts {

  private static final int RECORDS_MAX = CallPacker.RECORDS_MAX;

  /** What a call counts for beside its KiB. */
  private final long callCost;

  private final Layout layout;
  private final int[] order;

  /** By place: the bytes of a point that shares nothing. */
  private final int[] bytes;

  /** By place: whether a point must have a call of its own. */
  private final boolean[] alone;

  /** By attribute: where the run of points that have it ends, inclusive, as seen from a place. */
  private final int[] runEnds;

  /** By place: the least that everything from there on costs. */
  private final long[] costs;

  /** By place: where the first call from there ends, exclusive. */
  private final int[] ends;

  private Cuts(Layout layout, int[] order, long callCost) {
    this.layout = layout;
    this.order = order;
    this.callCost = callCost;
    this.bytes = new int[order.length];
    this.alone = new boolean[order.length];
    for (int i = 0; i < order.length; i++) {
      bytes[i] = layout.bytes(order[i]);
      alone[i] = layout.standsAlone(order[i]);
    }
    this.runEnds = new int[layout.attributes().size()];
    this.costs = new long[order.length + 1];
    this.ends = new int[order.length];
  }

  /**
   * The ends of the calls, exclusive, ascending.
   *
   * @param order places in the batch
   * @param callCost what a call counts for beside what is metered, in 1024ths of a KiB
   */
  static int[] of(Layout layout, int[] order, long callCost) {
    Cuts cuts = new Cuts(layout, order, callCost);
    cuts.weigh();
    return cuts.path();
  }

  private int[] path() {
    int[] path = new int[order.length];
    int size = 0;
    for (int at = 0; at < order.length; at = ends[at]) {
      path[size++] = ends[at];
    }
    return Arrays.copyOf(path, size);
  }

  private void weigh() {
    Attributes attributes = layout.attributes();
    int[] lastSeen = new int[attributes.size()];
    Arrays.fill(lastSeen, order.length + 1);
    // By distance from the place at hand: the bytes that a call shares no longer from there on.
    int[] dropped = new int[RECORDS_MAX + 1];
    for (int i = order.length - 1; i >= 0; i--) {
      int shared = 0;
      int to = layout.to(order[i]);
      for (int place = layout.from(order[i]); place < to; place++) {
        int id = layout.id(place);
        if (lastSeen[id] != i + 1) {
          runEnds[id] = i;
        }
        lastSeen[id] = i;
        shared += attributes.bytes(id);
        dropped[Math.min(runEnds[id] + 1 - i, RECORDS_MAX)] += attributes.bytes(id);
      }
      choose(i, shared, dropped);
      Arrays.fill(dropped, 0);
    }
  }

  private void choose(int from, int sharedByFirst, int[] dropped) {
    int limit = alone[from] ? from + 1 : Math.min(from + RECORDS_MAX, order.length);
    int sum = 0;
    int shared = sharedByFirst;
    long cheapest = Long.MAX_VALUE;
    int end = limit;
    for (int i = from; i < limit; i++) {
      int before = i - from;
      if (before > 0 && alone[i]) {
        break;
      }
      sum += bytes[i];
      shared -= dropped[before];
      long cost = (Metering.kib(sum - (long) before * shared) << 10) + callCost + costs[i + 1];
      if (cost <= cheapest) {
        cheapest = cost;
        end = i + 1;
      }
    }
    costs[from] = cheapest;
    ends[from] = end;
  }
}
