// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.query;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column. Nested values are offsets into a child column: value {@code i} is the
 * child's {@code offsets[i]} (inclusive) to {@code offsets[i + 1]} (exclusive).
 */
public sealed interface ColumnVector {

  int size();

  /** Which values are NULL, or null where none is. */
  @Nullable BitSet nulls();

  default boolean isNull(int index) {
    BitSet nulls = nulls();
    return nulls != null && nulls.get(index);
  }

  /** BIGINT, INTEGER, TIMESTAMP, DATE, TIME and both intervals, in the units of their types. */
  record Longs(long[] values, @Nullable BitSet nulls) implements ColumnVector {
    @Override
    public int size() {
      return values.length;
    }
  }

  /** DOUBLE. */
  record Doubles(double[] values, @Nullable BitSet nulls) implements ColumnVector {
    @Override
    public int size() {
      return values.length;
    }
  }

  /** BOOLEAN. */
  record Booleans(boolean[] values, @Nullable BitSet nulls) implements ColumnVector {
    @Override
    public int size() {
      return values.length;
    }
  }

  /** VARCHAR, as codes into a dictionary; a null is code -1. */
  record Strings(int[] codes, String[] dictionary) implements ColumnVector {
    @Override
    public int size() {
      return codes.length;
    }

    @Override
    public @Nullable BitSet nulls() {
      BitSet nulls = new BitSet();
      for (int i = 0; i < codes.length; i++) {
        nulls.set(i, codes[i] < 0);
      }
      return nulls.isEmpty() ? null : nulls;
    }

    @Override
    public boolean isNull(int index) {
      return codes[index] < 0;
    }

    /** The value, or null. */
    public @Nullable String value(int index) {
      return codes[index] < 0 ? null : dictionary[codes[index]];
    }
  }

  /** Arrays. */
  record Arrays(int[] offsets, ColumnVector elements, @Nullable BitSet nulls)
      implements ColumnVector {
    @Override
    public int size() {
      return offsets.length - 1;
    }
  }

  /** Rows: one column per field. */
  record Rows(List<ColumnVector> fields, int size, @Nullable BitSet nulls) implements ColumnVector {
    public Rows {
      fields = List.copyOf(fields);
    }
  }

  /** Time series: ascending times in nanoseconds since the epoch, and their values. */
  record TimeSeries(int[] offsets, long[] epochNanos, ColumnVector values, @Nullable BitSet nulls)
      implements ColumnVector {
    @Override
    public int size() {
      return offsets.length - 1;
    }
  }

  /** A column of nothing but NULL, whatever its type. */
  record AllNull(int size) implements ColumnVector {
    @Override
    public BitSet nulls() {
      BitSet nulls = new BitSet(size);
      nulls.set(0, size);
      return nulls;
    }
  }
}
