// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;

/** Prints conversions. Those between times and texts go through the engine's own timestamps. */
final class CastPrinter {

  private static final String NANOS_PER_DAY = "86400000000000";

  private CastPrinter() {}

  static String print(Expression.Cast cast, String value) {
    ValueType from = cast.value().type();
    ValueType to = cast.type();
    String word = cast.safe() ? "TRY_CAST" : "CAST";
    if (from.equals(to)) {
      return value;
    }
    if (from == Scalar.TIMESTAMP && to == Scalar.VARCHAR) {
      return "strftime(make_timestamp_ns(" + value + "), '%Y-%m-%d %H:%M:%S.%n')";
    }
    if (from == Scalar.VARCHAR && to == Scalar.TIMESTAMP) {
      return "epoch_ns(" + word + "(" + value + " AS TIMESTAMP_NS))";
    }
    if (from == Scalar.TIMESTAMP && to == Scalar.DATE) {
      return "(" + value + " // " + NANOS_PER_DAY + ")";
    }
    if (from == Scalar.DATE && to == Scalar.TIMESTAMP) {
      return "(" + value + " * " + NANOS_PER_DAY + ")";
    }
    if (isTime(from) != isTime(to) && from != Scalar.UNKNOWN) {
      throw ExpressionPrinter.unsupported(cast.position(), "CAST from " + from + " to " + to);
    }
    boolean rounds = from == Scalar.DOUBLE && (to == Scalar.BIGINT || to == Scalar.INTEGER);
    String inner = rounds ? "round(" + value + ")" : value;
    return word + "(" + inner + " AS " + SqlTypes.of(to) + ")";
  }

  private static boolean isTime(ValueType type) {
    return type == Scalar.TIMESTAMP
        || type == Scalar.DATE
        || type == Scalar.TIME
        || type == Scalar.INTERVAL_DAY_TO_SECOND
        || type == Scalar.INTERVAL_YEAR_TO_MONTH;
  }
}
