// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import dev.weir.query.ColumnVector;
import dev.weir.store.StoreException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Samples of one series in columns: milliseconds and raw bits of the value. Not thread-safe. */
final class Samples {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private long[] epochMillis = new long[0];
  private long[] valueBits = new long[0];
  private int size;

  int size() {
    return size;
  }

  long epochMillis(int index) {
    return epochMillis[index];
  }

  long valueBits(int index) {
    return valueBits[index];
  }

  /** Adds what one row of a result holds; a NULL value is the value of another measure type. */
  void addRow(ColumnVector column, int row) {
    if (column.isNull(row)) {
      return;
    }
    if (!(column instanceof ColumnVector.TimeSeries series)) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "the store gave samples of type " + column.getClass());
    }
    int from = series.offsets()[row];
    int to = series.offsets()[row + 1];
    reserve(to - from);
    BitSet nulls = series.values().nulls();
    long[] nanos = series.epochNanos();
    switch (series.values()) {
      case ColumnVector.Doubles(double[] values, _) -> {
        for (int i = from; i < to; i++) {
          if (nulls == null || !nulls.get(i)) {
            append(nanos[i], Double.doubleToRawLongBits(values[i]));
          }
        }
      }
      case ColumnVector.Longs(long[] values, _) -> {
        for (int i = from; i < to; i++) {
          if (nulls == null || !nulls.get(i)) {
            append(nanos[i], values[i]);
          }
        }
      }
      case ColumnVector.AllNull _ -> {
        // The values of another measure type.
      }
      case ColumnVector other ->
          throw new StoreException(
              StoreException.Kind.UNAVAILABLE, "the store gave values of type " + other.getClass());
    }
  }

  /** Adds the one sample of a plain row; a NULL value is that of another measure type. */
  void addScalar(ColumnVector times, ColumnVector values, int row) {
    if (values.isNull(row)) {
      return;
    }
    if (!(times instanceof ColumnVector.Longs nanos)) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "the store gave times of type " + times.getClass());
    }
    long bits =
        switch (values) {
          case ColumnVector.Doubles doubles -> Double.doubleToRawLongBits(doubles.values()[row]);
          case ColumnVector.Longs longs -> longs.values()[row];
          case ColumnVector other ->
              throw new StoreException(
                  StoreException.Kind.UNAVAILABLE,
                  "the store gave values of type " + other.getClass());
        };
    add(Math.floorDiv(nanos.values()[row], NANOS_PER_MILLI), bits);
  }

  /** Adds a sample for which there is room. */
  private void append(long nanos, long bits) {
    epochMillis[size] = Math.floorDiv(nanos, NANOS_PER_MILLI);
    valueBits[size++] = bits;
  }

  void add(long millis, long bits) {
    reserve(1);
    epochMillis[size] = millis;
    valueBits[size++] = bits;
  }

  /** Brings the samples into ascending order, one for each millisecond. */
  void settle() {
    boolean ascends = true;
    for (int i = 1; i < size && ascends; i++) {
      ascends = epochMillis[i - 1] < epochMillis[i];
    }
    if (!ascends) {
      sort();
    }
  }

  /** All of both; where they meet at one time, the first's. Both are settled. */
  static Samples merge(Samples finite, Samples bits) {
    if (bits.size == 0) {
      return finite;
    }
    if (finite.size == 0) {
      return bits;
    }
    Samples merged = new Samples();
    merged.reserve(finite.size + bits.size);
    int f = 0;
    int b = 0;
    while (f < finite.size || b < bits.size) {
      if (b == bits.size || (f < finite.size && finite.epochMillis[f] <= bits.epochMillis[b])) {
        if (b < bits.size && finite.epochMillis[f] == bits.epochMillis[b]) {
          b++;
        }
        merged.add(finite.epochMillis[f], finite.valueBits[f++]);
      } else {
        merged.add(bits.epochMillis[b], bits.valueBits[b++]);
      }
    }
    return merged;
  }

  /**
   * Merges the ascending runs that the rows of a result are, two by two; of two samples at one time
   * the first that was added stays.
   */
  private void sort() {
    int[] ends = runs();
    long[] millis = new long[size];
    long[] bits = new long[size];
    for (int count = ends.length; count > 1; count = (count + 1) / 2) {
      int start = 0;
      for (int run = 0; run < count; run += 2) {
        int middle = ends[run];
        int end = run + 1 < count ? ends[run + 1] : middle;
        mergeRuns(start, middle, end, millis, bits);
        ends[run / 2] = end;
        start = end;
      }
      long[] millisBefore = epochMillis;
      long[] bitsBefore = valueBits;
      epochMillis = millis;
      valueBits = bits;
      millis = millisBefore;
      bits = bitsBefore;
    }
    dropRepeated();
  }

  /** Where each ascending run ends, exclusive. */
  private int[] runs() {
    IntStream ends =
        IntStream.rangeClosed(1, size)
            .filter(i -> i == size || epochMillis[i] < epochMillis[i - 1]);
    return ends.toArray();
  }

  private void mergeRuns(int start, int middle, int end, long[] millis, long[] bits) {
    int one = start;
    int two = middle;
    for (int to = start; to < end; to++) {
      boolean takesOne = two == end || (one < middle && epochMillis[one] <= epochMillis[two]);
      int from = takesOne ? one++ : two++;
      millis[to] = epochMillis[from];
      bits[to] = valueBits[from];
    }
  }

  private void dropRepeated() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept == 0 || epochMillis[kept - 1] != epochMillis[i]) {
        epochMillis[kept] = epochMillis[i];
        valueBits[kept++] = valueBits[i];
      }
    }
    size = kept;
  }

  private void reserve(int more) {
    if (epochMillis.length - size < more) {
      int length = Math.max(size + more, size + (size >> 1));
      epochMillis = Arrays.copyOf(epochMillis, length);
      valueBits = Arrays.copyOf(valueBits, length);
    }
  }
}
