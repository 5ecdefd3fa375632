// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.ValueText;
import dev.weir.query.ValueType;
import dev.weir.server.timestream.wire.JsonOut;
import dev.weir.server.timestream.wire.WireException;
import java.util.List;

/** Writes rows as the API has them: every value a text in a Datum. For one page. */
final class RowWriter {

  private final JsonOut out;
  private final int rowBytesMax;
  private final StringBuilder text = new StringBuilder(64);
  private int sizeMax;

  /** A writer that refuses a row of more bytes than that. */
  RowWriter(JsonOut out, int rowBytesMax) {
    this.out = out;
    this.rowBytesMax = rowBytesMax;
  }

  void row(ResultPage page, int index) {
    sizeMax = out.size() + rowBytesMax;
    out.open().name("Data").openArray();
    for (ResultPage.Column column : page.columns()) {
      datum(column.type(), column.values(), index);
    }
    out.closeArray().close();
    checkSize();
  }

  private void datum(ValueType type, ColumnVector values, int index) {
    out.open();
    if (values.isNull(index)) {
      out.member("NullValue", true).close();
      return;
    }
    switch (type) {
      case ValueType.Scalar scalar -> scalar(scalar, values, index);
      case ValueType.ArrayOf(ValueType element) -> {
        ColumnVector.Arrays arrays = (ColumnVector.Arrays) values;
        out.name("ArrayValue").openArray();
        for (int i = arrays.offsets()[index]; i < arrays.offsets()[index + 1]; i++) {
          datum(element, arrays.elements(), i);
          checkSize();
        }
        out.closeArray();
      }
      case ValueType.RowOf(List<ValueType.Field> fields) -> {
        ColumnVector.Rows rows = (ColumnVector.Rows) values;
        out.name("RowValue").open().name("Data").openArray();
        for (int i = 0; i < fields.size(); i++) {
          datum(fields.get(i).type(), rows.fields().get(i), index);
        }
        out.closeArray().close();
      }
      case ValueType.TimeSeriesOf(ValueType value) -> {
        ColumnVector.TimeSeries series = (ColumnVector.TimeSeries) values;
        out.name("TimeSeriesValue").openArray();
        for (int i = series.offsets()[index]; i < series.offsets()[index + 1]; i++) {
          text.setLength(0);
          ValueText.appendTimestamp(text, series.epochNanos()[i]);
          out.open().name("Time").value(text).name("Value");
          datum(value, series.values(), i);
          out.close();
          checkSize();
        }
        out.closeArray();
      }
    }
    out.close();
  }

  private void scalar(ValueType.Scalar type, ColumnVector values, int index) {
    out.name("ScalarValue");
    text.setLength(0);
    ValueText.appendScalar(text, type, values, index);
    out.value(text);
  }

  /** Inside of a row too, so that no cell takes the memory before it is refused. */
  private void checkSize() {
    if (out.size() > sizeMax) {
      throw WireException.invalid(
          "Query aborted as max page response size has been exceeded by the output result row");
    }
  }
}
