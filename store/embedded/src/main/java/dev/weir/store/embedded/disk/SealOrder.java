// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.disk;

import static java.util.Objects.requireNonNull;

import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.hot.HotChunk;
import dev.weir.store.embedded.hot.LaneView;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Orders the rows of a lane for sealing: by day, then by series key, then by time; of several
 * versions of one point only the highest is kept. Rows arrive nearly sorted by time, so this is a
 * counting sort by series, and a real sort only where a series is out of order.
 */
final class SealOrder {

  private final LaneView view;
  private final SeriesIndex series;

  SealOrder(LaneView view, SeriesIndex series) {
    this.view = view;
    this.series = series;
  }

  /** Row numbers by day. */
  Map<Long, int[]> byDay() {
    int[] order = bySeries();
    long unitsPerDay = view.lane().unitsPerDay();
    Map<Long, int[]> days = new TreeMap<>();
    long dayMin = Long.MAX_VALUE;
    long dayMax = Long.MIN_VALUE;
    for (int at : order) {
      long day = Math.floorDiv(time(at), unitsPerDay);
      dayMin = Math.min(dayMin, day);
      dayMax = Math.max(dayMax, day);
    }
    if (dayMin == dayMax) {
      days.put(dayMin, order);
      return days;
    }
    Map<Long, Integer> counts = new TreeMap<>();
    for (int at : order) {
      counts.merge(Math.floorDiv(time(at), unitsPerDay), 1, Integer::sum);
    }
    counts.forEach((day, count) -> days.put(day, new int[count]));
    Map<Long, Integer> filled = new TreeMap<>();
    for (int at : order) {
      long day = Math.floorDiv(time(at), unitsPerDay);
      int index = filled.merge(day, 1, Integer::sum) - 1;
      requireNonNull(days.get(day))[index] = at;
    }
    return days;
  }

  private int[] bySeries() {
    int[] counts = new int[series.size()];
    int distinct = 0;
    for (int at = 0; at < view.rows(); at++) {
      if (counts[number(at)]++ == 0) {
        distinct++;
      }
    }
    long[] keys = new long[distinct];
    int next = 0;
    for (int number = 0; number < counts.length; number++) {
      if (counts[number] > 0) {
        keys[next++] = SeriesKey.of(series.measure(number).id(), number);
      }
    }
    Arrays.sort(keys);
    int[] starts = new int[counts.length];
    int start = 0;
    for (long key : keys) {
      starts[SeriesKey.series(key)] = start;
      start += counts[SeriesKey.series(key)];
    }
    int[] order = new int[view.rows()];
    for (int at = 0; at < view.rows(); at++) {
      order[starts[number(at)]++] = at;
    }
    return byTime(order);
  }

  private int[] byTime(int[] order) {
    int kept = 0;
    for (int start = 0; start < order.length; ) {
      int number = number(order[start]);
      int end = start + 1;
      boolean ascending = true;
      while (end < order.length && number(order[end]) == number) {
        ascending &= time(order[end]) > time(order[end - 1]);
        end++;
      }
      if (!ascending) {
        sort(order, start, end);
      }
      for (int i = start; i < end; i++) {
        boolean overwritten = i + 1 < end && time(order[i + 1]) == time(order[i]);
        if (!overwritten) {
          order[kept++] = order[i];
        }
      }
      start = end;
    }
    return kept == order.length ? order : Arrays.copyOf(order, kept);
  }

  /** By time, then by version, so that the highest version comes last. */
  private void sort(int[] order, int start, int end) {
    Integer[] slice = new Integer[end - start];
    for (int i = start; i < end; i++) {
      slice[i - start] = order[i];
    }
    Comparator<Integer> byTime = Comparator.comparingLong(this::time);
    Arrays.sort(slice, byTime.thenComparingLong(this::version));
    for (int i = start; i < end; i++) {
      order[i] = slice[i - start];
    }
  }

  private int number(int at) {
    return view.chunks()[at / HotChunk.ROWS].series(at % HotChunk.ROWS);
  }

  private long time(int at) {
    return view.chunks()[at / HotChunk.ROWS].time(at % HotChunk.ROWS);
  }

  private long version(int at) {
    return view.chunks()[at / HotChunk.ROWS].version(at % HotChunk.ROWS);
  }
}
