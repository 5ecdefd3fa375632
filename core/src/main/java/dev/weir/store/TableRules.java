// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
 * @param account what Timestream asks of the tables of an account; null for a table that Weir keeps
 *     for itself
 */
public record TableRules(
    Duration retention,
    Duration futureWindow,
    int dimensionsMax,
    int measureNamesMax,
    int dimensionNameBytesMax,
    int dimensionValueBytesMax,
    int measureNameBytesMax,
    int seriesBytesMax,
    @Nullable AccountRules account) {

  /** Samples up to this far ahead are taken, as by Timestream. */
  public static final Duration FUTURE_WINDOW = Duration.ofMinutes(15);

  // AWS developer guide, "Quotas".
  public static final int ACCOUNT_DIMENSIONS_MAX = 128;
  public static final int ACCOUNT_MEASURE_NAMES_MAX = 8_192;
  public static final int ACCOUNT_DIMENSION_NAME_BYTES_MAX = 60;
  public static final int ACCOUNT_MEASURE_NAME_BYTES_MAX = 256;
  public static final int ACCOUNT_SERIES_BYTES_MAX = 2_048;

  public TableRules {
    if (retention.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException("retention " + retention + " is shorter than one hour");
    }
    if (futureWindow.isNegative()) {
      throw new IllegalArgumentException("future window " + futureWindow);
    }
  }

  /**
   * What Timestream asks beyond the limits: the window that is open to writes, its end excluded;
   * names of the system are reserved for measures too; the values of one MULTI have a limit.
   *
   * @param memoryRetention points older than this are taken only with {@code magneticWrites}
   * @param memoryFrom points before it count as older than the memory retention, however long that
   *     is: a longer retention does not reach back behind the moment at which it was set
   * @param magneticWrites whether points older than the memory retention are taken
   * @param requiredDimension a dimension that every point must have, or null
   */
  public record AccountRules(
      Duration memoryRetention,
      Instant memoryFrom,
      boolean magneticWrites,
      @Nullable String requiredDimension) {}

  /** The rules of Weir's own tables: wide where Timestream is narrow, bounded all the same. */
  public static TableRules own(Duration retention) {
    return new TableRules(
        retention, FUTURE_WINDOW, 1_024, Integer.MAX_VALUE, 256, 2_048, 512, 16 * 1_024, null);
  }

  /** The rules of a table of an account, with the limits of Timestream. */
  public static TableRules account(Duration retention, AccountRules account) {
    return new TableRules(
        retention,
        FUTURE_WINDOW,
        ACCOUNT_DIMENSIONS_MAX,
        ACCOUNT_MEASURE_NAMES_MAX,
        ACCOUNT_DIMENSION_NAME_BYTES_MAX,
        ACCOUNT_SERIES_BYTES_MAX,
        ACCOUNT_MEASURE_NAME_BYTES_MAX,
        ACCOUNT_SERIES_BYTES_MAX,
        account);
  }
}
