// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.function;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the variables of a signature stand for in one call. Not thread-safe. */
public final class TypeBindings {

  private final Map<String, ValueType> types = new HashMap<>();

  /**
   * Fits an argument to a pattern, binding variables.
   *
   * @return the cost of the conversion, or -1 where it does not fit
   */
  public int fit(TypePattern pattern, ValueType argument) {
    return switch (pattern) {
      case TypePattern.Exact(ValueType type) -> TypeRules.conversionCost(argument, type);
      case TypePattern.Variable variable ->
          variable.admits(argument) ? bind(variable.name(), argument) : -1;
      case TypePattern.ArrayPattern(TypePattern element) ->
          argument == Scalar.UNKNOWN
              ? 1
              : argument instanceof ValueType.ArrayOf(ValueType type) ? fit(element, type) : -1;
      case TypePattern.TimeSeriesPattern(TypePattern value) ->
          argument == Scalar.UNKNOWN
              ? 1
              : argument instanceof ValueType.TimeSeriesOf(ValueType type) ? fit(value, type) : -1;
      case TypePattern.RowPattern(List<TypePattern.FieldPattern> fields) ->
          argument instanceof ValueType.RowOf row ? fitRow(fields, row) : -1;
      case TypePattern.LambdaPattern ignored -> 0;
    };
  }

  /** The pattern with its variables filled in; a variable that nothing bound is UNKNOWN. */
  public ValueType resolve(TypePattern pattern) {
    return switch (pattern) {
      case TypePattern.Exact(ValueType type) -> type;
      case TypePattern.Variable(String name) -> types.getOrDefault(name, Scalar.UNKNOWN);
      case TypePattern.ArrayPattern(TypePattern element) -> new ValueType.ArrayOf(resolve(element));
      case TypePattern.TimeSeriesPattern(TypePattern value) ->
          new ValueType.TimeSeriesOf(resolve(value));
      case TypePattern.RowPattern(List<TypePattern.FieldPattern> fields) ->
          new ValueType.RowOf(
              fields.stream()
                  .map(field -> new ValueType.Field(field.name(), resolve(field.type())))
                  .toList());
      case TypePattern.LambdaPattern lambda -> resolve(lambda.result());
    };
  }

  private int bind(String name, ValueType argument) {
    ValueType bound = types.get(name);
    if (bound == null) {
      types.put(name, argument);
      return 0;
    }
    Optional<ValueType> common = TypeRules.common(bound, argument);
    if (common.isEmpty()) {
      return -1;
    }
    types.put(name, common.get());
    return Math.max(
        TypeRules.conversionCost(bound, common.get()),
        TypeRules.conversionCost(argument, common.get()));
  }

  private int fitRow(List<TypePattern.FieldPattern> fields, ValueType.RowOf row) {
    if (fields.size() != row.fields().size()) {
      return -1;
    }
    int sum = 0;
    for (int i = 0; i < fields.size(); i++) {
      int cost = fit(fields.get(i).type(), row.fields().get(i).type());
      if (cost < 0) {
        return -1;
      }
      sum += cost;
    }
    return sum;
  }
}
