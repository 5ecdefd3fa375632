// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import java.util.HashSet;

/**
 * The columns that the samples of a query may be in.
 *
 * @param columns the dimensions, and whether there are finite values and bits
 * @param typed whether every point that has one of these measure names has its type
 */
record MeasureColumns(TableColumns columns, boolean typed) {

  /** Whether there can be no samples. */
  boolean isEmpty() {
    return !columns.hasDoubles() && !columns.hasBigints();
  }

  /** Whether what was asked for with these columns is right with those. */
  boolean cover(MeasureColumns now) {
    return new HashSet<>(columns.dimensions()).containsAll(now.columns.dimensions())
        && (columns.hasDoubles() || !now.columns.hasDoubles())
        && (columns.hasBigints() || !now.columns.hasBigints())
        && (!typed || now.typed);
  }
}
