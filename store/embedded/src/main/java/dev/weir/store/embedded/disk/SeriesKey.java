// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

/**
 * How sealed rows name their series: the measure's number above the series' number. So the series
 * of one measure stand together, and a query for one measure reads one range.
 */
public final class SeriesKey {

  private SeriesKey() {}

  public static long of(int measure, int series) {
    return ((long) measure << 32) | series;
  }

  public static int series(long key) {
    return (int) key;
  }

  /** The least key of a measure. */
  public static long first(int measure) {
    return (long) measure << 32;
  }

  /** The greatest key of a measure. */
  public static long last(int measure) {
    return ((long) measure << 32) | 0xFFFF_FFFFL;
  }
}
