// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.query;

import dev.weir.app.logging.Escapes;
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
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Objects;

/**
 * One document: {@code {"columns":[{"name":…,"type":…}],"rows":[[…],…]}}, a row on each line.
 * Numbers and booleans are JSON's own, NaN and the infinities texts like everything else. A row
 * value is an object where all its fields have different names, else an array.
 */
final class JsonWriter implements ResultWriter {

  private final Writer out;
  private boolean begun;
  private boolean empty = true;

  JsonWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void page(ResultPage page) throws IOException {
    StringBuilder text = new StringBuilder();
    if (!begun && !page.columns().isEmpty()) {
      begun = true;
      head(text, page);
    }
    for (int row = 0; row < page.rowCount(); row++) {
      text.append(empty ? "\n[" : ",\n[");
      empty = false;
      String comma = "";
      for (Column column : page.columns()) {
        value(text.append(comma), column.type(), column.values(), row);
        comma = ",";
      }
      out.append(text.append(']'));
      text.setLength(0);
    }
    out.append(text).flush();
  }

  @Override
  public void end() throws IOException {
    out.append(begun ? (empty ? "]}\n" : "\n]}\n") : "{\"columns\":[],\"rows\":[]}\n").flush();
  }

  private static void head(StringBuilder text, ResultPage page) {
    text.append("{\"columns\":[");
    String comma = "";
    for (Column column : page.columns()) {
      quoted(text.append(comma).append("{\"name\":"), column.name());
      quoted(text.append(",\"type\":"), column.type().text());
      text.append('}');
      comma = ",";
    }
    text.append("],\"rows\":[");
  }

  private static void value(StringBuilder text, ValueType type, ColumnVector values, int index) {
    if (values.isNull(index)) {
      text.append("null");
      return;
    }
    switch (type) {
      case Scalar scalar -> scalar(text, scalar, values, index);
      case ArrayOf(ValueType element) -> {
        ColumnVector.Arrays arrays = (ColumnVector.Arrays) values;
        text.append('[');
        for (int i = arrays.offsets()[index]; i < arrays.offsets()[index + 1]; i++) {
          text.append(i == arrays.offsets()[index] ? "" : ",");
          value(text, element, arrays.elements(), i);
        }
        text.append(']');
      }
      case RowOf(List<Field> fields) -> row(text, fields, (ColumnVector.Rows) values, index);
      case TimeSeriesOf(ValueType value) -> {
        ColumnVector.TimeSeries series = (ColumnVector.TimeSeries) values;
        text.append('[');
        for (int i = series.offsets()[index]; i < series.offsets()[index + 1]; i++) {
          text.append(i == series.offsets()[index] ? "" : ",").append("{\"time\":\"");
          ValueText.appendTimestamp(text, series.epochNanos()[i]);
          value(text.append("\",\"value\":"), value, series.values(), i);
          text.append('}');
        }
        text.append(']');
      }
    }
  }

  private static void row(
      StringBuilder text, List<Field> fields, ColumnVector.Rows values, int index) {
    List<String> names = fields.stream().map(Field::name).filter(Objects::nonNull).toList();
    boolean named = names.stream().distinct().count() == fields.size();
    text.append(named ? '{' : '[');
    for (int i = 0; i < fields.size(); i++) {
      text.append(i == 0 ? "" : ",");
      if (named) {
        quoted(text, names.get(i));
        text.append(':');
      }
      value(text, fields.get(i).type(), values.fields().get(i), index);
    }
    text.append(named ? '}' : ']');
  }

  private static void scalar(StringBuilder text, Scalar type, ColumnVector values, int index) {
    String printed = ValueText.of(type, values, index);
    boolean bare =
        switch (type) {
          case BIGINT, INTEGER, BOOLEAN -> true;
          case DOUBLE -> Double.isFinite(((ColumnVector.Doubles) values).values()[index]);
          case VARCHAR,
              TIMESTAMP,
              DATE,
              TIME,
              INTERVAL_DAY_TO_SECOND,
              INTERVAL_YEAR_TO_MONTH,
              UNKNOWN ->
              false;
        };
    if (bare) {
      text.append(printed);
    } else {
      quoted(text, printed);
    }
  }

  private static void quoted(StringBuilder text, String value) {
    Escapes.append(text.append('"'), value);
    text.append('"');
  }
}
