// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import java.util.List;

/**
 * One selector and its range, both ends inclusive.
 *
 * @param startMillis milliseconds since the epoch, as the client asked
 * @param endMillis may be before the start; nothing is found then
 */
record ReadQuery(long startMillis, long endMillis, List<LabelMatcher> matchers) {

  /** The last millisecond that nanoseconds can say. */
  private static final long EPOCH_MILLIS_MAX = Long.MAX_VALUE / 1_000_000;

  ReadQuery {
    matchers = List.copyOf(matchers);
  }

  /**
   * The first millisecond that is asked of the store. Clients ask for all time with extreme values;
   * Timestream has no time before 1970.
   */
  long firstMillis() {
    return Math.max(0, startMillis);
  }

  /** The last millisecond, inclusive, that is asked of the store. */
  long lastMillis() {
    return Math.min(EPOCH_MILLIS_MAX, endMillis);
  }

  /** Whether nothing can be found, whatever is stored. */
  boolean isEmpty() {
    return matchers.isEmpty() || firstMillis() > lastMillis();
  }
}
