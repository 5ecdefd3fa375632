// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Position;
import io.trino.sql.tree.CompositeIntervalQualifier;
import io.trino.sql.tree.IntervalField;
import io.trino.sql.tree.IntervalLiteral;
import io.trino.sql.tree.SimpleIntervalQualifier;
import java.math.BigDecimal;

/** {@code INTERVAL '2' DAY}, {@code INTERVAL '1 02:30' DAY TO MINUTE} and their like. */
final class IntervalText {

  /** The fields from the largest to the smallest. */
  private enum Field {
    YEAR(12, '-', Long.MAX_VALUE),
    MONTH(1, ' ', 12),
    DAY(86_400_000_000_000L, ' ', Long.MAX_VALUE),
    HOUR(3_600_000_000_000L, ':', 24),
    MINUTE(60_000_000_000L, ':', 60),
    SECOND(1_000_000_000L, ' ', 60);

    /** Nanoseconds, or months for years and months. */
    private final long unit;

    /** What stands between this field and the next. */
    private final char mark;

    /** Behind a larger field a count stays below this. */
    private final long end;

    Field(long unit, char mark, long end) {
      this.unit = unit;
      this.mark = mark;
      this.end = end;
    }

    static Field of(IntervalField field) {
      return valueOf(field.name());
    }

    boolean months() {
      return this == YEAR || this == MONTH;
    }
  }

  private IntervalText() {}

  static Literal literal(IntervalLiteral node, Position at) {
    try {
      return switch (node.qualifier()) {
        case SimpleIntervalQualifier simple -> {
          Field field = Field.of(simple.getField());
          yield literal(node, field, field, at);
        }
        case CompositeIntervalQualifier composite ->
            literal(node, Field.of(composite.getFrom()), Field.of(composite.getTo()), at);
        default -> throw SqlErrors.at(at, "this form of interval is not supported");
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw SqlErrors.at(at, "'" + node.getValue() + "' is not a valid interval literal");
    }
  }

  private static Literal literal(IntervalLiteral node, Field first, Field last, Position at) {
    if (first.compareTo(last) > 0 || first.months() != last.months()) {
      throw SqlErrors.at(at, "Invalid interval qualifier: " + first + " TO " + last);
    }
    String text = node.getValue().strip();
    boolean negative = text.startsWith("-");
    BigDecimal sum = sum(negative ? text.substring(1) : text, first, last);
    if (negative != (node.getSign() == IntervalLiteral.Sign.NEGATIVE)) {
      sum = sum.negate();
    }
    long amount = sum.longValueExact();
    return first.months()
        ? new Literal.OfLong(Math.toIntExact(amount), Scalar.INTERVAL_YEAR_TO_MONTH, at)
        : new Literal.OfLong(amount, Scalar.INTERVAL_DAY_TO_SECOND, at);
  }

  private static BigDecimal sum(String text, Field first, Field last) {
    BigDecimal sum = BigDecimal.ZERO;
    String rest = text;
    for (int i = first.ordinal(); i <= last.ordinal(); i++) {
      Field field = Field.values()[i];
      String own = rest;
      if (field != last) {
        int mark = rest.indexOf(field.mark);
        own = rest.substring(0, Math.max(mark, 0));
        rest = rest.substring(mark + 1);
      }
      BigDecimal count = new BigDecimal(own.strip());
      boolean carries = field != first && count.compareTo(BigDecimal.valueOf(field.end)) >= 0;
      if (count.signum() < 0 || carries) {
        throw new NumberFormatException(own);
      }
      sum = sum.add(count.multiply(BigDecimal.valueOf(field.unit)));
    }
    return sum;
  }
}
