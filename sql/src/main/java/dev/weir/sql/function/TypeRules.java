// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.function;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which type turns into which without a CAST, and how types are written. */
public final class TypeRules {

  private static final int UNKNOWN_COST = 1;
  private static final int TO_BIGINT_COST = 1;
  private static final int TO_DOUBLE_COST = 3;
  private static final int TO_TIMESTAMP_COST = 4;

  /** Text becomes a timestamp only where nothing else fits. */
  private static final int FROM_TEXT_COST = 20;

  private TypeRules() {}

  /**
   * What the implicit conversion costs: 0 for the same type, more the further away; -1 where there
   * is none. Of several signatures the cheapest is called.
   */
  public static int conversionCost(ValueType from, ValueType to) {
    if (from.equals(to)) {
      return 0;
    }
    if (from == Scalar.UNKNOWN) {
      return UNKNOWN_COST;
    }
    if (from instanceof Scalar source && to instanceof Scalar target) {
      return scalarCost(source, target);
    }
    if (from instanceof ValueType.ArrayOf source && to instanceof ValueType.ArrayOf target) {
      return conversionCost(source.element(), target.element());
    }
    if (from instanceof ValueType.TimeSeriesOf source
        && to instanceof ValueType.TimeSeriesOf target) {
      return conversionCost(source.value(), target.value());
    }
    if (from instanceof ValueType.RowOf source && to instanceof ValueType.RowOf target) {
      return rowCost(source, target);
    }
    return -1;
  }

  /** The type that both turn into, or empty. Text and timestamps meet in timestamps. */
  public static Optional<ValueType> common(ValueType left, ValueType right) {
    if (conversionCost(left, right) >= 0) {
      return Optional.of(right);
    }
    if (conversionCost(right, left) >= 0) {
      return Optional.of(left);
    }
    if (left instanceof ValueType.ArrayOf(ValueType leftElement)
        && right instanceof ValueType.ArrayOf(ValueType rightElement)) {
      return common(leftElement, rightElement).map(ValueType.ArrayOf::new);
    }
    if (left instanceof ValueType.RowOf leftRow && right instanceof ValueType.RowOf rightRow) {
      return commonRow(leftRow, rightRow);
    }
    return Optional.empty();
  }

  /** Whether it is a number. */
  public static boolean numeric(ValueType type) {
    return type == Scalar.BIGINT || type == Scalar.INTEGER || type == Scalar.DOUBLE;
  }

  /** Whether values of it have an order: not time series. */
  public static boolean orderable(ValueType type) {
    return switch (type) {
      case Scalar ignored -> true;
      case ValueType.ArrayOf(ValueType element) -> orderable(element);
      case ValueType.RowOf(List<ValueType.Field> fields) ->
          fields.stream().allMatch(field -> orderable(field.type()));
      case ValueType.TimeSeriesOf ignored -> false;
    };
  }

  /** Whether two values of it can be told equal: not time series. */
  public static boolean comparable(ValueType type) {
    return orderable(type);
  }

  /** As messages and DESCRIBE write it: {@code array(double)}, {@code row(time timestamp, …)}. */
  public static String text(ValueType type) {
    return switch (type) {
      case Scalar scalar -> scalarText(scalar);
      case ValueType.ArrayOf(ValueType element) -> "array(" + text(element) + ")";
      case ValueType.TimeSeriesOf(ValueType value) ->
          "timeseries(row(timestamp, " + text(value) + "))";
      case ValueType.RowOf(List<ValueType.Field> fields) -> {
        List<String> parts = new ArrayList<>();
        for (ValueType.Field field : fields) {
          parts.add((field.name() == null ? "" : field.name() + " ") + text(field.type()));
        }
        yield "row(" + String.join(", ", parts) + ")";
      }
    };
  }

  private static String scalarText(Scalar scalar) {
    return switch (scalar) {
      case INTERVAL_DAY_TO_SECOND -> "interval day to second";
      case INTERVAL_YEAR_TO_MONTH -> "interval year to month";
      default -> scalar.name().toLowerCase(Locale.ROOT);
    };
  }

  private static int scalarCost(Scalar from, Scalar to) {
    return switch (to) {
      case BIGINT -> from == Scalar.INTEGER ? TO_BIGINT_COST : -1;
      case DOUBLE -> from == Scalar.INTEGER || from == Scalar.BIGINT ? TO_DOUBLE_COST : -1;
      case TIMESTAMP ->
          from == Scalar.DATE ? TO_TIMESTAMP_COST : from == Scalar.VARCHAR ? FROM_TEXT_COST : -1;
      default -> -1;
    };
  }

  private static int rowCost(ValueType.RowOf from, ValueType.RowOf to) {
    if (from.fields().size() != to.fields().size()) {
      return -1;
    }
    int sum = 0;
    for (int i = 0; i < from.fields().size(); i++) {
      int cost = conversionCost(from.fields().get(i).type(), to.fields().get(i).type());
      if (cost < 0) {
        return -1;
      }
      sum += cost;
    }
    return sum;
  }

  private static Optional<ValueType> commonRow(ValueType.RowOf left, ValueType.RowOf right) {
    if (left.fields().size() != right.fields().size()) {
      return Optional.empty();
    }
    List<ValueType.Field> fields = new ArrayList<>();
    for (int i = 0; i < left.fields().size(); i++) {
      ValueType.Field field = left.fields().get(i);
      Optional<ValueType> type = common(field.type(), right.fields().get(i).type());
      if (type.isEmpty()) {
        return Optional.empty();
      }
      fields.add(new ValueType.Field(field.name(), type.get()));
    }
    return Optional.of(new ValueType.RowOf(fields));
  }
}
