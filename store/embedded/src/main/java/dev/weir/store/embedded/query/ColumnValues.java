// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ValueType.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of one scalar column while they are collected. */
abstract sealed class ColumnValues {

  private static final int FIRST_CAPACITY = 1_024;

  static ColumnValues of(Scalar type) {
    return switch (type) {
      case VARCHAR -> new OfStrings();
      case BOOLEAN -> new OfBooleans();
      case DOUBLE -> new OfDoubles();
      case UNKNOWN -> new OfNulls();
      case BIGINT, INTEGER, TIMESTAMP, DATE, TIME, INTERVAL_DAY_TO_SECOND, INTERVAL_YEAR_TO_MONTH ->
          new OfLongs();
    };
  }

  abstract void addNull();

  /** The column of what was added since the last call. */
  abstract ColumnVector take();

  /** What has a place per value and a set of NULLs. */
  private abstract static sealed class Placed extends ColumnValues {
    final NullPlaces places = new NullPlaces();

    /** The place of the next value, which the caller fills. */
    int next(int capacity, boolean none) {
      if (places.size() == capacity) {
        grow(Math.max(FIRST_CAPACITY, capacity * 2));
      }
      return places.add(none);
    }

    abstract void grow(int capacity);
  }

  /** Whatever is a long in our columns. */
  static final class OfLongs extends Placed {
    private long[] values = {};

    void add(long value) {
      int place = next(values.length, false); // May make the array anew.
      values[place] = value;
    }

    @Override
    void addNull() {
      int place = next(values.length, true); // May make the array anew.
      values[place] = 0;
    }

    @Override
    void grow(int capacity) {
      values = Arrays.copyOf(values, capacity);
    }

    long[] takeValues() {
      return Arrays.copyOf(values, places.take());
    }

    @Override
    ColumnVector take() {
      return new ColumnVector.Longs(takeValues(), places.takeNulls());
    }
  }

  /** DOUBLE. */
  static final class OfDoubles extends Placed {
    private double[] values = {};

    void add(double value) {
      int place = next(values.length, false); // May make the array anew.
      values[place] = value;
    }

    @Override
    void addNull() {
      int place = next(values.length, true); // May make the array anew.
      values[place] = 0;
    }

    @Override
    void grow(int capacity) {
      values = Arrays.copyOf(values, capacity);
    }

    @Override
    ColumnVector take() {
      return new ColumnVector.Doubles(Arrays.copyOf(values, places.take()), places.takeNulls());
    }
  }

  /** BOOLEAN. */
  static final class OfBooleans extends Placed {
    private boolean[] values = {};

    void add(boolean value) {
      int place = next(values.length, false); // May make the array anew.
      values[place] = value;
    }

    @Override
    void addNull() {
      int place = next(values.length, true); // May make the array anew.
      values[place] = false;
    }

    @Override
    void grow(int capacity) {
      values = Arrays.copyOf(values, capacity);
    }

    @Override
    ColumnVector take() {
      return new ColumnVector.Booleans(Arrays.copyOf(values, places.take()), places.takeNulls());
    }
  }

  /** VARCHAR. */
  static final class OfStrings extends Placed {
    private int[] codes = {};
    private final Map<String, Integer> known = new HashMap<>();
    private final List<String> dictionary = new ArrayList<>();

    void add(String value) {
      Integer code = known.get(value);
      if (code == null) {
        code = dictionary.size();
        known.put(value, code);
        dictionary.add(value);
      }
      int place = next(codes.length, false); // May make the array anew.
      codes[place] = code;
    }

    @Override
    void addNull() {
      int place = next(codes.length, false); // May make the array anew.
      codes[place] = -1;
    }

    @Override
    void grow(int capacity) {
      codes = Arrays.copyOf(codes, capacity);
    }

    @Override
    ColumnVector take() {
      ColumnVector column =
          new ColumnVector.Strings(
              Arrays.copyOf(codes, places.take()), dictionary.toArray(String[]::new));
      known.clear();
      dictionary.clear();
      return column;
    }
  }

  /** The type of a bare NULL. */
  static final class OfNulls extends ColumnValues {
    private int size;

    @Override
    void addNull() {
      size++;
    }

    @Override
    ColumnVector take() {
      ColumnVector column = new ColumnVector.AllNull(size);
      size = 0;
      return column;
    }
  }
}
