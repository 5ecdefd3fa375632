// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.embedded.catalog.SeriesIndex;
import java.util.Arrays;

/** What the index knew of its series' newest points before a group changed it. */
final class NewestJournal {

  private int[] series = new int[1_024];
  private long[] nanos = new long[1_024];
  private long[] bits = new long[1_024];
  private boolean[] known = new boolean[1_024];
  private int size;

  void remember(SeriesIndex index, int number) {
    if (size == series.length) {
      series = Arrays.copyOf(series, size * 2);
      nanos = Arrays.copyOf(nanos, size * 2);
      bits = Arrays.copyOf(bits, size * 2);
      known = Arrays.copyOf(known, size * 2);
    }
    series[size] = number;
    nanos[size] = index.newestNanos(number);
    bits[size] = index.newestBits(number);
    known[size] = index.newestKnown(number);
    size++;
  }

  /** Brings the index back, newest change first. */
  void undo(SeriesIndex index) {
    while (size > 0) {
      size--;
      index.newest(series[size], nanos[size], bits[size], known[size]);
    }
  }
}
