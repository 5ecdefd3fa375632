// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import java.util.List;

/** The values of a column of any type while they are read from {@link NestedText}. */
abstract sealed class NestedValues {

  static NestedValues of(ValueType type) {
    return switch (type) {
      case Scalar scalar -> new OfScalars(ColumnValues.of(scalar));
      case ValueType.ArrayOf array -> new OfArrays(of(array.element()));
      case ValueType.TimeSeriesOf series -> new OfSeries(of(series.value()));
      case ValueType.RowOf row ->
          new OfRows(row.fields().stream().map(field -> of(field.type())).toList());
    };
  }

  final void read(NestedText.Cursor cursor) {
    if (cursor.skipNull()) {
      addNull();
    } else {
      readValue(cursor);
    }
  }

  abstract void readValue(NestedText.Cursor cursor);

  abstract void addNull();

  /** The column of what was read since the last call. */
  abstract ColumnVector take();

  private static final class OfScalars extends NestedValues {
    private final ColumnValues values;

    OfScalars(ColumnValues values) {
      this.values = values;
    }

    @Override
    void readValue(NestedText.Cursor cursor) {
      switch (values) {
        case ColumnValues.OfLongs longs -> longs.add(cursor.number(';'));
        case ColumnValues.OfDoubles doubles -> doubles.add(real(cursor.before(';')));
        case ColumnValues.OfBooleans booleans -> booleans.add(cursor.before(';').equals("true"));
        case ColumnValues.OfStrings strings -> strings.add(cursor.string());
        default -> throw new IllegalStateException("a value of a type that has none");
      }
    }

    private static double real(String text) {
      return switch (text) {
        case "nan", "-nan" -> Double.NaN;
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text);
      };
    }

    @Override
    void addNull() {
      values.addNull();
    }

    @Override
    ColumnVector take() {
      return values.take();
    }
  }

  private abstract static sealed class Listed extends NestedValues {
    final NullPlaces places = new NullPlaces();
    private final ColumnValues.OfLongs ends = new ColumnValues.OfLongs();
    private long elements;

    @Override
    void readValue(NestedText.Cursor cursor) {
      long count = cursor.number('[');
      for (long i = 0; i < count; i++) {
        readElement(cursor);
      }
      elements += count;
      ends.add(elements);
      places.add(false);
    }

    abstract void readElement(NestedText.Cursor cursor);

    @Override
    void addNull() {
      ends.add(elements);
      places.add(true);
    }

    int[] takeOffsets() {
      int[] offsets = new int[places.take() + 1];
      long[] values = ends.takeValues();
      for (int i = 0; i < values.length; i++) {
        offsets[i + 1] = Math.toIntExact(values[i]);
      }
      elements = 0;
      return offsets;
    }
  }

  private static final class OfArrays extends Listed {
    private final NestedValues element;

    OfArrays(NestedValues element) {
      this.element = element;
    }

    @Override
    void readElement(NestedText.Cursor cursor) {
      element.read(cursor);
    }

    @Override
    ColumnVector take() {
      return new ColumnVector.Arrays(takeOffsets(), element.take(), places.takeNulls());
    }
  }

  private static final class OfSeries extends Listed {
    private final ColumnValues.OfLongs times = new ColumnValues.OfLongs();
    private final NestedValues value;

    OfSeries(NestedValues value) {
      this.value = value;
    }

    @Override
    void readElement(NestedText.Cursor cursor) {
      times.add(cursor.number(';'));
      value.read(cursor);
    }

    @Override
    ColumnVector take() {
      return new ColumnVector.TimeSeries(
          takeOffsets(), times.takeValues(), value.take(), places.takeNulls());
    }
  }

  private static final class OfRows extends NestedValues {
    private final NullPlaces places = new NullPlaces();
    private final List<NestedValues> fields;

    OfRows(List<NestedValues> fields) {
      this.fields = fields;
    }

    @Override
    void readValue(NestedText.Cursor cursor) {
      cursor.skip();
      fields.forEach(field -> field.read(cursor));
      places.add(false);
    }

    @Override
    void addNull() {
      fields.forEach(NestedValues::addNull);
      places.add(true);
    }

    @Override
    ColumnVector take() {
      List<ColumnVector> columns = fields.stream().map(NestedValues::take).toList();
      return new ColumnVector.Rows(columns, places.take(), places.takeNulls());
    }
  }
}
