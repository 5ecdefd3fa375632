// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns values as JDBC gives them into columns of our types. */
final class ResultReader {

  private ResultReader() {}

  static ColumnVector column(ValueType type, List<@Nullable Object> values) throws SQLException {
    return switch (type) {
      case Scalar scalar -> scalar(scalar, values);
      case ValueType.ArrayOf array -> {
        List<@Nullable Object> elements = new ArrayList<>();
        int[] offsets = elements(values, elements);
        yield new ColumnVector.Arrays(offsets, column(array.element(), elements), nulls(values));
      }
      case ValueType.RowOf row -> rows(row, values);
      case ValueType.TimeSeriesOf series -> series(series, values);
    };
  }

  private static ColumnVector scalar(Scalar type, List<@Nullable Object> values) {
    return switch (type) {
      case VARCHAR -> strings(values);
      case BOOLEAN -> {
        boolean[] booleans = new boolean[values.size()];
        for (int i = 0; i < booleans.length; i++) {
          booleans[i] = values.get(i) instanceof Boolean value && value;
        }
        yield new ColumnVector.Booleans(booleans, nulls(values));
      }
      case DOUBLE -> {
        double[] doubles = new double[values.size()];
        for (int i = 0; i < doubles.length; i++) {
          doubles[i] = values.get(i) instanceof Number value ? value.doubleValue() : 0;
        }
        yield new ColumnVector.Doubles(doubles, nulls(values));
      }
      case UNKNOWN -> new ColumnVector.AllNull(values.size());
      case BIGINT,
          INTEGER,
          TIMESTAMP,
          DATE,
          TIME,
          INTERVAL_DAY_TO_SECOND,
          INTERVAL_YEAR_TO_MONTH -> {
        long[] longs = new long[values.size()];
        for (int i = 0; i < longs.length; i++) {
          longs[i] = values.get(i) instanceof Number value ? value.longValue() : 0;
        }
        yield new ColumnVector.Longs(longs, nulls(values));
      }
    };
  }

  private static ColumnVector strings(List<@Nullable Object> values) {
    Map<String, Integer> codes = new HashMap<>();
    List<String> dictionary = new ArrayList<>();
    int[] result = new int[values.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          values.get(i) instanceof String value
              ? codes.computeIfAbsent(
                  value,
                  added -> {
                    dictionary.add(added);
                    return dictionary.size() - 1;
                  })
              : -1;
    }
    return new ColumnVector.Strings(result, dictionary.toArray(String[]::new));
  }

  private static ColumnVector rows(ValueType.RowOf type, List<@Nullable Object> values)
      throws SQLException {
    List<ColumnVector> fields = new ArrayList<>();
    for (int f = 0; f < type.fields().size(); f++) {
      fields.add(column(type.fields().get(f).type(), field(values, f)));
    }
    return new ColumnVector.Rows(fields, values.size(), nulls(values));
  }

  private static ColumnVector series(ValueType.TimeSeriesOf type, List<@Nullable Object> values)
      throws SQLException {
    List<@Nullable Object> elements = new ArrayList<>();
    int[] offsets = elements(values, elements);
    long[] nanos = new long[elements.size()];
    List<@Nullable Object> times = field(elements, 0);
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = times.get(i) instanceof Number time ? time.longValue() : 0;
    }
    return new ColumnVector.TimeSeries(
        offsets, nanos, column(type.value(), field(elements, 1)), nulls(values));
  }

  private static int[] elements(List<@Nullable Object> arrays, List<@Nullable Object> elements)
      throws SQLException {
    int[] offsets = new int[arrays.size() + 1];
    for (int i = 0; i < arrays.size(); i++) {
      if (arrays.get(i) instanceof Array array) {
        for (Object element : (Object[]) array.getArray()) {
          elements.add(element);
        }
      }
      offsets[i + 1] = elements.size();
    }
    return offsets;
  }

  private static List<@Nullable Object> field(List<@Nullable Object> structs, int index)
      throws SQLException {
    List<@Nullable Object> values = new ArrayList<>(structs.size());
    for (Object struct : structs) {
      values.add(struct instanceof Struct present ? present.getAttributes()[index] : null);
    }
    return values;
  }

  private static @Nullable BitSet nulls(List<@Nullable Object> values) {
    BitSet nulls = new BitSet();
    for (int i = 0; i < values.size(); i++) {
      nulls.set(i, values.get(i) == null);
    }
    return nulls.isEmpty() ? null : nulls;
  }
}
