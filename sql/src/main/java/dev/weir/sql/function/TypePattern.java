// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.function;

import dev.weir.query.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type with holes: {@code T} stands for one type within a signature. */
public sealed interface TypePattern {

  /** This type. */
  record Exact(ValueType type) implements TypePattern {}

  /** A type, the same wherever the name occurs: K has an order, V fits a time series. */
  record Variable(String name) implements TypePattern {

    boolean admits(ValueType type) {
      return switch (name) {
        case "K" -> TypeRules.orderable(type);
        case "V" ->
            TypeRules.numeric(type)
                || type == ValueType.Scalar.VARCHAR
                || type == ValueType.Scalar.BOOLEAN
                || type == ValueType.Scalar.UNKNOWN;
        default -> true;
      };
    }
  }

  /** An array. */
  record ArrayPattern(TypePattern element) implements TypePattern {}

  /** A time series. */
  record TimeSeriesPattern(TypePattern value) implements TypePattern {}

  /** A row; names may be missing. */
  record RowPattern(List<FieldPattern> fields) implements TypePattern {
    public RowPattern {
      fields = List.copyOf(fields);
    }
  }

  /** A field of a row. */
  record FieldPattern(@Nullable String name, TypePattern type) {}

  /** A lambda. */
  record LambdaPattern(List<TypePattern> parameters, TypePattern result) implements TypePattern {
    public LambdaPattern {
      parameters = List.copyOf(parameters);
    }
  }
}
