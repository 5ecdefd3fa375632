// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import java.time.Duration;

/**
 * What a table takes and how long it keeps it. A point over a limit is rejected; sizes are UTF-8
 * bytes.
 *
 * @param retention points older than this are refused, and dropped once they are
 * @param futureWindow points further ahead of the clock than this are refused
 * @param dimensionsMax distinct dimension names in the table
 * @param measureNamesMax distinct measure names in the table
 * @param dimensionNameBytesMax bytes of one dimension name
 * @param dimensionValueBytesMax bytes of one dimension value
 * @param measureNameBytesMax bytes of one measure name
 * @param seriesBytesMax bytes of all dimension names and values of one series
 */
public record TableRules(
    Duration retention,
    Duration futureWindow,
    int dimensionsMax,
    int measureNamesMax,
    int dimensionNameBytesMax,
    int dimensionValueBytesMax,
    int measureNameBytesMax,
    int seriesBytesMax) {

  /** Samples up to this far ahead are taken, as by Timestream. */
  public static final Duration FUTURE_WINDOW = Duration.ofMinutes(15);

  public TableRules {
    if (retention.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException("retention " + retention + " is shorter than one hour");
    }
    if (futureWindow.isNegative()) {
      throw new IllegalArgumentException("future window " + futureWindow);
    }
  }

  /** The rules of Weir's own tables: wide where Timestream is narrow, bounded all the same. */
  public static TableRules own(Duration retention) {
    return new TableRules(
        retention, FUTURE_WINDOW, 1_024, Integer.MAX_VALUE, 256, 2_048, 512, 16 * 1_024);
  }
}
