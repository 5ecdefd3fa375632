// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.store.embedded.function.JavaFunction;
import dev.weir.store.embedded.function.QueryCalls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints conversions. Between texts and everything else they are Java's, so that they are exact.
 */
final class CastPrinter {

  private static final String NANOS_PER_DAY = "86400000000000";

  private CastPrinter() {}

  static String print(Expression.Cast cast, String value) {
    if (cast.safe() && !(cast.type() instanceof Scalar)) {
      // One element that can't be converted makes all of it NULL.
      String sql = print(cast.value().type(), cast.type(), false, value, 0);
      return "TRY(" + QueryCalls.unlike(sql) + ")";
    }
    return print(cast.value().type(), cast.type(), cast.safe(), value, 0);
  }

  /**
   * A conversion.
   *
   * @param safe NULL where it fails
   * @param depth of arrays and rows around it; names the variables
   */
  private static String print(ValueType from, ValueType to, boolean safe, String value, int depth) {
    if (from.equals(to)) {
      return value;
    }
    if (from == Scalar.UNKNOWN) {
      return "CAST(" + value + " AS " + SqlTypes.of(to) + ")";
    }
    if (from instanceof Scalar source && to instanceof Scalar target) {
      return scalar(source, target, safe, value);
    }
    String variable = "k" + depth;
    if (from instanceof ValueType.ArrayOf(ValueType source)
        && to instanceof ValueType.ArrayOf(ValueType target)) {
      return "CAST(list_transform(%s, lambda %s: %s) AS %s)"
          .formatted(
              value, variable, print(source, target, safe, variable, depth + 1), SqlTypes.of(to));
    }
    if (from instanceof ValueType.RowOf source && to instanceof ValueType.RowOf target) {
      return row(source, target, safe, value, depth);
    }
    // What is left differs in the names of fields only, which the engine does not know.
    return "CAST(" + value + " AS " + SqlTypes.of(to) + ")";
  }

  /** A row in a list of one, so that it is written once however many fields it has. */
  private static String row(
      ValueType.RowOf from, ValueType.RowOf to, boolean safe, String value, int depth) {
    String variable = "k" + depth;
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < to.fields().size(); i++) {
      String field = variable + ".f" + i;
      String converted =
          print(from.fields().get(i).type(), to.fields().get(i).type(), safe, field, depth + 1);
      fields.add("'f" + i + "': " + converted);
    }
    return "CAST(list_transform([%s], lambda %s: CASE WHEN %s IS NOT NULL THEN {%s} END)[1] AS %s)"
        .formatted(value, variable, variable, String.join(", ", fields), SqlTypes.of(to));
  }

  private static String scalar(Scalar from, Scalar to, boolean safe, String value) {
    String function = function(from, to);
    if (function != null) {
      String call = JavaFunction.sql(function, value);
      if (safe) {
        call = QueryCalls.quietCall(call);
      }
      return to == Scalar.INTEGER ? "CAST(" + call + " AS INTEGER)" : call;
    }
    if (from == Scalar.TIMESTAMP && to == Scalar.TIME) {
      return "((%s %% %s + %s) %% %s)"
          .formatted(value, NANOS_PER_DAY, NANOS_PER_DAY, NANOS_PER_DAY);
    }
    if (from == Scalar.TIME && to == Scalar.TIMESTAMP) {
      return value; // On the first day of the epoch.
    }
    return "CAST(" + value + " AS " + SqlTypes.of(to) + ")";
  }

  /** The Java function that converts, or null where the engine's own cast does. */
  private static @Nullable String function(Scalar from, Scalar to) {
    if (to == Scalar.VARCHAR) {
      return switch (from) {
        case DOUBLE -> "double_to_text";
        case TIMESTAMP -> "timestamp_to_text";
        case DATE -> "date_to_text";
        case TIME -> "time_to_text";
        case INTERVAL_DAY_TO_SECOND -> "interval_to_text";
        case INTERVAL_YEAR_TO_MONTH -> "months_to_text";
        case VARCHAR, BOOLEAN, BIGINT, INTEGER, UNKNOWN -> null;
      };
    }
    if (from == Scalar.VARCHAR) {
      return switch (to) {
        case BOOLEAN -> "text_to_boolean";
        case BIGINT -> "text_to_bigint";
        case INTEGER -> "text_to_integer";
        case DOUBLE -> "text_to_double";
        case TIMESTAMP -> "text_to_timestamp";
        case DATE -> "text_to_date";
        case TIME -> "text_to_time";
        case INTERVAL_DAY_TO_SECOND -> "text_to_interval";
        case INTERVAL_YEAR_TO_MONTH -> "text_to_months";
        case VARCHAR, UNKNOWN -> null;
      };
    }
    return switch (to) {
      case BIGINT -> from == Scalar.DOUBLE ? "double_to_bigint" : null;
      case INTEGER ->
          switch (from) {
            case DOUBLE -> "double_to_integer";
            case BIGINT -> "bigint_to_integer";
            default -> null;
          };
      case TIMESTAMP -> from == Scalar.DATE ? "day_nanos" : null;
      case DATE -> from == Scalar.TIMESTAMP ? "nanos_day" : null;
      default -> null;
    };
  }
}
