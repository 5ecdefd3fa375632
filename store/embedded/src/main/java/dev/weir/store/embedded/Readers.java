// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import java.util.TreeMap;

/**
 * Who reads, by when he began: what a reader may still hold on to is not cleared away under him.
 * Thread-safe.
 */
final class Readers {

  private final TreeMap<Long, Integer> reading = new TreeMap<>();
  private long now;

  /** Begins to read; the answer is for {@link #leave}. */
  synchronized long enter() {
    reading.merge(now, 1, Integer::sum);
    return now;
  }

  synchronized void leave(long since) {
    reading.computeIfPresent(since, (_, count) -> count == 1 ? null : count - 1);
  }

  /** A moment before which all present readers have begun, and no later one will. */
  synchronized long moment() {
    return ++now;
  }

  /** Whether all who began before a moment have left. */
  synchronized boolean leftSince(long moment) {
    return reading.isEmpty() || reading.firstKey() >= moment;
  }
}
