// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ValueType.Scalar;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Values with parts, whose parts are columns of their own. */
final class NestedReader {

  private static final int FIRST_SIZE = 16;

  private NestedReader() {}

  /** Where the parts of each value end. */
  private static final class Offsets {
    private int[] ends = new int[FIRST_SIZE];

    void end(int index, int offset) {
      if (index + 1 == ends.length) {
        ends = Arrays.copyOf(ends, 2 * ends.length);
      }
      ends[index + 1] = offset;
    }

    int[] of(int size) {
      return Arrays.copyOf(ends, size + 1);
    }
  }

  static final class OfArrays extends ColumnReader {
    private final ColumnReader elements;
    private final Offsets offsets = new Offsets();

    OfArrays(ColumnReader elements) {
      super("ArrayValue");
      this.elements = elements;
    }

    @Override
    void value(JsonParser json, JsonToken token) {
      Unexpected.unless(token, JsonToken.START_ARRAY);
      while (json.nextToken() == JsonToken.START_OBJECT) {
        elements.read(json);
      }
      Unexpected.unless(json.currentToken(), JsonToken.END_ARRAY);
      offsets.end(size(), elements.size());
    }

    @Override
    void nothing() {
      offsets.end(size(), elements.size());
    }

    @Override
    ColumnVector column() {
      return new ColumnVector.Arrays(offsets.of(size()), elements.column(), nulls());
    }
  }

  static final class OfRows extends ColumnReader {
    private final List<ColumnReader> fields;
    private final CellCount cells;

    OfRows(List<ColumnReader> fields, CellCount cells) {
      super("RowValue");
      this.fields = fields;
      this.cells = cells;
    }

    @Override
    void value(JsonParser json, JsonToken token) {
      RowReader.read(json, token, fields);
    }

    @Override
    void nothing() {
      cells.addEmpty(fields.size());
      fields.forEach(ColumnReader::addNull);
    }

    @Override
    ColumnVector column() {
      return new ColumnVector.Rows(
          fields.stream().map(ColumnReader::column).toList(), size(), nulls());
    }
  }

  static final class OfTimeSeries extends ColumnReader {
    private final ColumnReader values;
    private final Offsets offsets = new Offsets();
    private long[] times = new long[FIRST_SIZE];

    OfTimeSeries(ColumnReader values) {
      super("TimeSeriesValue");
      this.values = values;
    }

    @Override
    void value(JsonParser json, JsonToken token) {
      Unexpected.unless(token, JsonToken.START_ARRAY);
      while (json.nextToken() == JsonToken.START_OBJECT) {
        point(json);
      }
      Unexpected.unless(json.currentToken(), JsonToken.END_ARRAY);
      offsets.end(size(), values.size());
    }

    /** A point is {@code {"Time": text, "Value": Datum}}, in either order. */
    private void point(JsonParser json) {
      int index = values.size();
      int timesRead = 0;
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (name.equals("Time") && token == JsonToken.VALUE_STRING) {
          char[] text = json.getStringCharacters();
          put(
              index,
              ScalarText.number(
                  Scalar.TIMESTAMP, text, json.getStringOffset(), json.getStringLength()));
          timesRead++;
        } else if (name.equals("Value") && token == JsonToken.START_OBJECT) {
          values.read(json);
        } else {
          json.skipChildren();
        }
      }
      if (timesRead != 1 || values.size() != index + 1) {
        throw Unreadable.answer("a point of a time series is not one Time and one Value");
      }
    }

    private void put(int index, long epochNanos) {
      if (index == times.length) {
        times = Arrays.copyOf(times, 2 * index);
      }
      times[index] = epochNanos;
    }

    @Override
    void nothing() {
      offsets.end(size(), values.size());
    }

    @Override
    ColumnVector column() {
      return new ColumnVector.TimeSeries(
          offsets.of(size()), Arrays.copyOf(times, values.size()), values.column(), nulls());
    }
  }
}
