// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql.tree;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;

/** A constant, written so or folded. */
public sealed interface Literal extends Expression {

  /**
   * INTEGER, BIGINT, TIMESTAMP, DATE, TIME or an interval, in the unit of its type: nanoseconds
   * since the epoch, days, nanoseconds since midnight, nanoseconds, months.
   */
  record OfLong(long value, Scalar type, Position position) implements Literal {}

  /** DOUBLE. */
  record OfDouble(double value, Position position) implements Literal {
    @Override
    public ValueType type() {
      return Scalar.DOUBLE;
    }
  }

  /** VARCHAR. */
  record OfString(String value, Position position) implements Literal {
    @Override
    public ValueType type() {
      return Scalar.VARCHAR;
    }
  }

  /** BOOLEAN. */
  record OfBoolean(boolean value, Position position) implements Literal {
    @Override
    public ValueType type() {
      return Scalar.BOOLEAN;
    }
  }

  /** NULL; UNKNOWN until something gives it a type. */
  record OfNull(ValueType type, Position position) implements Literal {}
}
