// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

/**
 * How much time one row of samples may hold. A row that proves too large for the store is asked for
 * again in parts. Not thread-safe.
 */
final class RowSpan {

  private static final int NARROWS_BY = 4;

  private long millis;

  private RowSpan(long millis) {
    this.millis = millis;
  }

  /** Rows of at most so much time. */
  static RowSpan of(long millis) {
    return new RowSpan(millis);
  }

  /** One row a series, however long. */
  static RowSpan unlimited() {
    return new RowSpan(0);
  }

  boolean isLimited() {
    return millis > 0;
  }

  long millis() {
    return millis;
  }

  /** The span to write into a statement over a range; 0 where one row is enough. */
  long within(long startMillis, long endMillis) {
    return endMillis - startMillis < millis ? 0 : millis;
  }

  /** Narrows the rows after one over this range was too large; false where that won't help. */
  boolean narrow(long startMillis, long endMillis) {
    long was = Math.min(millis, endMillis - startMillis + 1);
    if (was < NARROWS_BY) {
      return false;
    }
    millis = was / NARROWS_BY;
    return true;
  }
}
