// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.store.embedded.catalog.IntList;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.catalog.StoredMeasure;
import dev.weir.store.embedded.catalog.StoredTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The series that a plan selects, by measure and number.
 *
 * @param numbers ascending by measure, then by number; the order of the sealed rows
 * @param measures what the numbers belong to, in the same order
 */
record SeriesChoice(int[] numbers, List<Part> measures) {

  /**
   * The selected series of one measure: {@code numbers} from start (inclusive) to end (exclusive).
   *
   * @param spread how many series of the measure lie between the first and the last selected
   */
  record Part(StoredMeasure measure, int start, int end, int spread) {}

  static SeriesChoice of(SeriesPlan plan, StoredTable table, SeriesIndex index) {
    int[] chosen = new int[64];
    int size = 0;
    List<Part> parts = new ArrayList<>();
    for (StoredMeasure measure : measures(plan, table)) {
      int start = size;
      int firstAt = -1;
      int lastAt = -1;
      IntList series = measure.series();
      int count = series.size();
      for (int at = 0; at < count; at++) {
        int number = series.get(at);
        if (fits(plan, index, number)) {
          if (size == chosen.length) {
            chosen = Arrays.copyOf(chosen, size * 2);
          }
          chosen[size++] = number;
          firstAt = firstAt < 0 ? at : firstAt;
          lastAt = at;
        }
      }
      if (size > start) {
        parts.add(new Part(measure, start, size, lastAt - firstAt + 1));
      }
    }
    return new SeriesChoice(Arrays.copyOf(chosen, size), parts);
  }

  /** A part of this choice: the series from {@code start} to {@code end}. */
  SeriesChoice slice(int start, int end) {
    List<Part> parts = new ArrayList<>();
    for (Part part : measures) {
      int from = Math.max(part.start(), start);
      int to = Math.min(part.end(), end);
      if (from < to) {
        int spread = part.spread() - (part.end() - part.start()) + (to - from);
        parts.add(new Part(part.measure(), from - start, to - start, spread));
      }
    }
    return new SeriesChoice(Arrays.copyOfRange(numbers, start, end), parts);
  }

  /** By number of the series its place in this choice, or -1. */
  int[] ordinals(int seriesCount) {
    int[] ordinals = new int[seriesCount];
    Arrays.fill(ordinals, -1);
    for (int i = 0; i < numbers.length; i++) {
      ordinals[numbers[i]] = i;
    }
    return ordinals;
  }

  private static List<StoredMeasure> measures(SeriesPlan plan, StoredTable table) {
    List<StoredMeasure> measures = new ArrayList<>();
    if (plan.measureNames() == null) {
      measures.addAll(table.measures());
      return measures;
    }
    for (String name : plan.measureNames()) {
      StoredMeasure measure = table.measure(name);
      if (measure != null) {
        measures.add(measure);
      }
    }
    measures.sort(Comparator.comparingInt(StoredMeasure::id));
    return measures;
  }

  private static boolean fits(SeriesPlan plan, SeriesIndex index, int number) {
    for (SeriesPredicate condition : plan.conditions()) {
      if (condition.test(index.series(number)) != Truth.TRUE) {
        return false;
      }
    }
    return true;
  }
}
