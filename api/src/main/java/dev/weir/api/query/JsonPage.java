// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.ResultPage.Column;
import dev.weir.query.ValueText;
import dev.weir.query.ValueType;
import dev.weir.query.ValueType.ArrayOf;
import dev.weir.query.ValueType.Field;
import dev.weir.query.ValueType.RowOf;
import dev.weir.query.ValueType.Scalar;
import dev.weir.query.ValueType.TimeSeriesOf;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A page of a result as JSON, up to a size: the row that would go over it is taken back. Numbers
 * are JSON's where JavaScript holds them exactly; NaN, the infinities and larger whole numbers are
 * texts, and so are times. Not thread-safe.
 */
final class JsonPage {

  /** Bytes of an answer. */
  static final int BYTES_MAX = 8 << 20;

  /** For what follows the rows. */
  private static final int TAIL_BYTES = 1_024;

  /** A page this full is not worth another call of the store. */
  private static final int BYTES_FULL = BYTES_MAX / 4 * 3;

  /** The largest whole number up to which a double has them all. */
  private static final long EXACT_MAX = 1L << 53;

  private static final JsonFactory JSON = new JsonFactory();

  private final Bytes bytes = new Bytes();
  private final JsonGenerator json =
      JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8);
  private int rows;

  /** Bytes that can be cut off again. */
  private static final class Bytes extends ByteArrayOutputStream {
    void cut(int size) {
      count = size;
    }
  }

  JsonPage(String id, List<Column> columns) {
    json.writeStartObject();
    json.writeStringProperty("id", id);
    json.writeArrayPropertyStart("columns");
    for (Column column : columns) {
      json.writeStartObject();
      json.writeStringProperty("name", column.name());
      json.writeStringProperty("type", column.type().text());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("rows");
    json.flush();
  }

  /** Rows so far. */
  int rows() {
    return rows;
  }

  boolean full() {
    return bytes.size() > BYTES_FULL;
  }

  /**
   * Writes rows.
   *
   * @param from the first of them
   * @param most how many at most
   * @return how many fitted
   * @throws StoreException BAD_REQUEST for a row that no page can have
   */
  int write(ResultPage page, int from, int most) {
    int end = Math.min(page.rowCount(), from + most);
    for (int row = from; row < end; row++) {
      int before = bytes.size();
      json.writeStartArray();
      for (Column column : page.columns()) {
        value(column.type(), column.values(), row);
      }
      json.writeEndArray();
      json.flush();
      if (bytes.size() > BYTES_MAX - TAIL_BYTES) {
        if (rows == 0) {
          throw new StoreException(
              Kind.BAD_REQUEST,
              "a row has %d bytes; a page has at most %d: select fewer or shorter columns"
                  .formatted(bytes.size() - before, BYTES_MAX));
        }
        bytes.cut(before);
        return row - from;
      }
      rows++;
    }
    return end - from;
  }

  byte[] end(@Nullable String next, long elapsedMillis, long scannedBytes) {
    json.writeEndArray();
    json.writeStringProperty("next", next);
    json.writeNumberProperty("elapsed_ms", elapsedMillis);
    json.writeNumberProperty("scanned_bytes", scannedBytes);
    json.writeEndObject();
    json.close();
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private void value(ValueType type, ColumnVector values, int index) {
    if (values.isNull(index)) {
      json.writeNull();
      return;
    }
    switch (type) {
      case Scalar scalar -> scalar(scalar, values, index);
      case ArrayOf(ValueType element) -> {
        ColumnVector.Arrays arrays = (ColumnVector.Arrays) values;
        json.writeStartArray();
        for (int i = arrays.offsets()[index]; i < arrays.offsets()[index + 1]; i++) {
          value(element, arrays.elements(), i);
        }
        json.writeEndArray();
      }
      case RowOf(List<Field> fields) -> row(fields, (ColumnVector.Rows) values, index);
      case TimeSeriesOf(ValueType value) -> {
        ColumnVector.TimeSeries series = (ColumnVector.TimeSeries) values;
        json.writeStartArray();
        for (int i = series.offsets()[index]; i < series.offsets()[index + 1]; i++) {
          StringBuilder time = new StringBuilder(32);
          ValueText.appendTimestamp(time, series.epochNanos()[i]);
          json.writeStartObject();
          json.writeStringProperty("time", time.toString());
          json.writeName("value");
          value(value, series.values(), i);
          json.writeEndObject();
        }
        json.writeEndArray();
      }
    }
  }

  /** An object where all fields have different names, else an array. */
  private void row(List<Field> fields, ColumnVector.Rows rows, int index) {
    List<String> names = fields.stream().map(Field::name).filter(Objects::nonNull).toList();
    boolean named = names.stream().distinct().count() == fields.size();
    if (named) {
      json.writeStartObject();
    } else {
      json.writeStartArray();
    }
    for (int i = 0; i < fields.size(); i++) {
      if (named) {
        json.writeName(names.get(i));
      }
      value(fields.get(i).type(), rows.fields().get(i), index);
    }
    if (named) {
      json.writeEndObject();
    } else {
      json.writeEndArray();
    }
  }

  private void scalar(Scalar type, ColumnVector values, int index) {
    switch (type) {
      case BOOLEAN -> json.writeBoolean(((ColumnVector.Booleans) values).values()[index]);
      case DOUBLE -> number(((ColumnVector.Doubles) values).values()[index]);
      case BIGINT, INTEGER -> number(((ColumnVector.Longs) values).values()[index]);
      case VARCHAR,
          TIMESTAMP,
          DATE,
          TIME,
          INTERVAL_DAY_TO_SECOND,
          INTERVAL_YEAR_TO_MONTH,
          UNKNOWN ->
          json.writeString(ValueText.of(type, values, index));
    }
  }

  private void number(double value) {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Double.toString(value));
    }
  }

  private void number(long value) {
    if (value >= -EXACT_MAX && value <= EXACT_MAX) {
      json.writeNumber(value);
    } else {
      json.writeString(Long.toString(value));
    }
  }
}
