// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.query;

import dev.weir.query.ResultPage;
import dev.weir.query.ValueType;
import dev.weir.server.timestream.wire.JsonOut;
import java.util.List;

/** Types as the API describes them. The inner columns of arrays and time series have no name. */
final class ColumnJson {

  private ColumnJson() {}

  /** Writes the member ColumnInfo. */
  static void write(JsonOut out, List<ResultPage.Column> columns) {
    out.name("ColumnInfo").openArray();
    for (ResultPage.Column column : columns) {
      out.open().member("Name", column.name());
      type(out, column.type());
      out.close();
    }
    out.closeArray();
  }

  /** Writes the member Type. */
  static void type(JsonOut out, ValueType type) {
    out.name("Type").open();
    switch (type) {
      case ValueType.Scalar scalar -> out.member("ScalarType", scalar.name());
      case ValueType.ArrayOf(ValueType element) -> inner(out, "ArrayColumnInfo", element);
      case ValueType.TimeSeriesOf(ValueType value) ->
          inner(out, "TimeSeriesMeasureValueColumnInfo", value);
      case ValueType.RowOf(List<ValueType.Field> fields) -> {
        out.name("RowColumnInfo").openArray();
        for (ValueType.Field field : fields) {
          out.open();
          String name = field.name();
          if (name != null) {
            out.member("Name", name);
          }
          type(out, field.type());
          out.close();
        }
        out.closeArray();
      }
    }
    out.close();
  }

  private static void inner(JsonOut out, String name, ValueType type) {
    out.name(name).open();
    type(out, type);
    out.close();
  }
}
