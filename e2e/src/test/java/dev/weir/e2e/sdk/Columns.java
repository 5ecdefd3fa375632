// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.sdk;

import dev.weir.query.ColumnVector;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.ArrayOf;
import dev.weir.query.ValueType.RowOf;
import dev.weir.query.ValueType.Scalar;
import dev.weir.query.ValueType.TimeSeriesOf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.timestreamquery.model.Datum;
import software.amazon.awssdk.services.timestreamquery.model.TimeSeriesDataPoint;

/** Turns the Datums of one type into a column. */
final class Columns {

  /** Stands for a field of a row that is NULL as a whole. */
  private static final Datum NULL = Datum.builder().nullValue(true).build();

  private Columns() {}

  static ColumnVector of(ValueType type, List<Datum> values) {
    return switch (type) {
      case Scalar scalar -> scalars(scalar, values);
      case ArrayOf(ValueType element) -> arrays(element, values);
      case RowOf row -> rows(row, values);
      case TimeSeriesOf(ValueType value) -> timeSeries(value, values);
    };
  }

  private static ColumnVector scalars(Scalar type, List<Datum> values) {
    return switch (type) {
      case VARCHAR -> texts(values);
      case UNKNOWN -> new ColumnVector.AllNull(values.size());
      case BOOLEAN -> {
        boolean[] booleans = new boolean[values.size()];
        for (int i = 0; i < booleans.length; i++) {
          booleans[i] = Boolean.parseBoolean(values.get(i).scalarValue());
        }
        yield new ColumnVector.Booleans(booleans, nulls(values));
      }
      case DOUBLE -> {
        double[] doubles = new double[values.size()];
        for (int i = 0; i < doubles.length; i++) {
          String text = values.get(i).scalarValue();
          doubles[i] = text == null ? 0 : Double.parseDouble(text);
        }
        yield new ColumnVector.Doubles(doubles, nulls(values));
      }
      case BIGINT,
          INTEGER,
          TIMESTAMP,
          DATE,
          TIME,
          INTERVAL_DAY_TO_SECOND,
          INTERVAL_YEAR_TO_MONTH -> {
        long[] longs = new long[values.size()];
        for (int i = 0; i < longs.length; i++) {
          String text = values.get(i).scalarValue();
          longs[i] = text == null ? 0 : ScalarText.number(type, text);
        }
        yield new ColumnVector.Longs(longs, nulls(values));
      }
    };
  }

  private static ColumnVector texts(List<Datum> values) {
    Map<String, Integer> codes = new LinkedHashMap<>();
    int[] column = new int[values.size()];
    for (int i = 0; i < column.length; i++) {
      String text = values.get(i).scalarValue();
      column[i] = text == null ? -1 : codes.computeIfAbsent(text, _ -> codes.size());
    }
    return new ColumnVector.Strings(column, codes.keySet().toArray(String[]::new));
  }

  private static ColumnVector arrays(ValueType element, List<Datum> values) {
    int[] offsets = new int[values.size() + 1];
    List<Datum> elements = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      elements.addAll(values.get(i).arrayValue());
      offsets[i + 1] = elements.size();
    }
    return new ColumnVector.Arrays(offsets, of(element, elements), nulls(values));
  }

  private static ColumnVector rows(RowOf row, List<Datum> values) {
    List<ColumnVector> fields = new ArrayList<>(row.fields().size());
    for (int field = 0; field < row.fields().size(); field++) {
      List<Datum> column = new ArrayList<>(values.size());
      for (Datum value : values) {
        column.add(value.rowValue() == null ? NULL : value.rowValue().data().get(field));
      }
      fields.add(of(row.fields().get(field).type(), column));
    }
    return new ColumnVector.Rows(fields, values.size(), nulls(values));
  }

  private static ColumnVector timeSeries(ValueType type, List<Datum> values) {
    int[] offsets = new int[values.size() + 1];
    List<TimeSeriesDataPoint> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      points.addAll(values.get(i).timeSeriesValue());
      offsets[i + 1] = points.size();
    }
    long[] times =
        points.stream().mapToLong(p -> ScalarText.number(Scalar.TIMESTAMP, p.time())).toArray();
    List<Datum> ofPoints = points.stream().map(TimeSeriesDataPoint::value).toList();
    return new ColumnVector.TimeSeries(offsets, times, of(type, ofPoints), nulls(values));
  }

  private static @Nullable BitSet nulls(List<Datum> values) {
    BitSet nulls = new BitSet();
    for (int i = 0; i < values.size(); i++) {
      nulls.set(i, Boolean.TRUE.equals(values.get(i).nullValue()));
    }
    return nulls.isEmpty() ? null : nulls;
  }
}
