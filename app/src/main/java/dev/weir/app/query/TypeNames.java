// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.query;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.ArrayOf;
import dev.weir.query.ValueType.Field;
import dev.weir.query.ValueType.RowOf;
import dev.weir.query.ValueType.Scalar;
import dev.weir.query.ValueType.TimeSeriesOf;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Types as SQL writes them: {@code array(row(name varchar, n bigint))}. */
final class TypeNames {

  private TypeNames() {}

  static String of(ValueType type) {
    return switch (type) {
      case Scalar scalar -> scalar.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      case ArrayOf(ValueType element) -> "array(" + of(element) + ")";
      case RowOf(List<Field> fields) ->
          fields.stream().map(TypeNames::field).collect(Collectors.joining(", ", "row(", ")"));
      case TimeSeriesOf(ValueType value) -> "timeseries(" + of(value) + ")";
    };
  }

  private static String field(Field field) {
    return field.name() == null ? of(field.type()) : field.name() + " " + of(field.type());
  }
}
