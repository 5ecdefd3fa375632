// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Position;
import io.trino.sql.tree.IntervalField;
import io.trino.sql.tree.IntervalLiteral;
import io.trino.sql.tree.SimpleIntervalQualifier;
import java.math.BigDecimal;

/** {@code INTERVAL '2' DAY} and its like, with one field. */
final class IntervalText {

  private IntervalText() {}

  static Literal literal(IntervalLiteral node, Position at) {
    if (!(node.qualifier() instanceof SimpleIntervalQualifier simple)) {
      throw SqlErrors.unsupported(node, "an interval over several fields");
    }
    try {
      BigDecimal count = new BigDecimal(node.getValue().strip());
      if (node.getSign() == IntervalLiteral.Sign.NEGATIVE) {
        count = count.negate();
      }
      long amount = count.multiply(BigDecimal.valueOf(unit(simple.getField()))).longValueExact();
      return TypeNames.months(simple.getField())
          ? new Literal.OfLong(Math.toIntExact(amount), Scalar.INTERVAL_YEAR_TO_MONTH, at)
          : new Literal.OfLong(amount, Scalar.INTERVAL_DAY_TO_SECOND, at);
    } catch (NumberFormatException | ArithmeticException e) {
      throw SqlErrors.at(at, "'" + node.getValue() + "' is not a valid interval literal");
    }
  }

  /** Nanoseconds, or months for years and months. */
  private static long unit(IntervalField field) {
    return switch (field) {
      case IntervalField.Year ignored -> 12;
      case IntervalField.Month ignored -> 1;
      case IntervalField.Day ignored -> 86_400_000_000_000L;
      case IntervalField.Hour ignored -> 3_600_000_000_000L;
      case IntervalField.Minute ignored -> 60_000_000_000L;
      case IntervalField.Second ignored -> 1_000_000_000L;
      default -> throw new NumberFormatException(field.name());
    };
  }
}
