// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

/**
 * The rows that an answer may have, numbered, so that a page can begin anywhere. Groups in time
 * come one after the other, each with all series: Timestream's rows have no order either, and what
 * reads them must not need one. Of a series or a group without samples the cell is empty.
 */
final class Cells {

  private final StoredPoints stored;
  private final Selection selection;
  private final long firstBin;
  private final long bins;
  private int series;
  private int from;
  private int to;

  Cells(StoredPoints stored, Selection selection) {
    this.stored = stored;
    this.selection = selection;
    MadeTable table = stored.table();
    long start = Math.max(selection.startMillis(), table.startMillis());
    long end = table.startMillis() + (table.samplesPerSeries() + 1L) * MadeTable.STEP_MILLIS;
    end = Math.min(selection.endMillis(), end);
    long width = selection.binMillis();
    this.firstBin = width == 0 ? 0 : Math.floorDiv(start, width);
    this.bins = width == 0 ? 1 : Math.max(0, Math.floorDiv(end, width) - firstBin + 1);
  }

  long count() {
    long each = selection.grouped() ? bins : stored.table().samplesPerSeries();
    return selection.series().length * each;
  }

  /** Goes to a cell. */
  void go(long number) {
    if (selection.grouped()) {
      goToGroup(number);
    } else {
      int each = stored.table().samplesPerSeries();
      series = selection.series()[(int) (number / each)];
      from = (int) (number % each);
      long time = stored.table().timeMillis(series, from);
      to = time < selection.startMillis() || time > selection.endMillis() ? from : from + 1;
    }
  }

  private void goToGroup(long number) {
    int width = selection.series().length;
    series = selection.series()[(int) (number % width)];
    long start = selection.startMillis();
    long end = selection.endMillis() + 1;
    if (selection.binMillis() > 0) {
      long bin = firstBin + number / width;
      start = Math.max(start, bin * selection.binMillis());
      end = Math.min(end, (bin + 1) * selection.binMillis());
    }
    from = stored.firstAt(series, start);
    to = stored.firstAt(series, end);
  }

  int series() {
    return series;
  }

  /** The number of the first sample. */
  int from() {
    return from;
  }

  /**
   * The number of the sample behind the last one; no more than the first where the cell is empty.
   */
  int to() {
    return to;
  }
}
