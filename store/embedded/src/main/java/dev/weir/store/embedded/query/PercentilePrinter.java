// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.store.embedded.function.BadValueException;
import dev.weir.store.embedded.function.JavaFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code approx_percentile}, computed exactly: of n sorted values the one at {@code floor(p * n)},
 * counted from 0 (the last one for p = 1). That is what Trino's digest gives as long as it keeps
 * every value; this gives it always, and the same each time.
 */
final class PercentilePrinter {

  /** Stands in for the largest value, which the engine can't count from the end. */
  private static final String LAST = "-0.000000000001";

  private final Expression.Call call;
  private final List<String> arguments;
  private final UnaryOperator<@Nullable String> tail;

  /**
   * A printer.
   *
   * @param tail FILTER and OVER with one more condition, or none for null
   */
  PercentilePrinter(
      Expression.Call call, List<String> arguments, UnaryOperator<@Nullable String> tail) {
    this.call = call;
    this.arguments = arguments;
    this.tail = tail;
  }

  String print() {
    boolean weighted = arguments.size() >= 3;
    Expression percentage = call.arguments().get(weighted ? 2 : 1);
    if (!weighted) {
      String constant = constant(percentage);
      if (constant != null) {
        return "quantile_disc(%s, %s)%s".formatted(arguments.get(0), constant, tail.apply(null));
      }
    }
    return weighted ? weighted() : listed();
  }

  /** The percentage counted from the upper end, as decimals, or null where it is computed. */
  private @Nullable String constant(Expression percentage) {
    if (percentage instanceof Literal.OfDouble literal) {
      return fromTheEnd(literal.value());
    }
    if (percentage instanceof Expression.ArrayOf array && !array.elements().isEmpty()) {
      List<String> all = new ArrayList<>();
      for (Expression element : array.elements()) {
        String each =
            element instanceof Literal.OfDouble literal ? fromTheEnd(literal.value()) : null;
        if (each == null) {
          return null;
        }
        all.add(each);
      }
      return "[" + String.join(", ", all) + "]";
    }
    return null;
  }

  /** Counting down from 1 - p finds floor(p * n), where counting up would find its ceiling. */
  private static @Nullable String fromTheEnd(double percentage) {
    if (!(percentage >= 0 && percentage <= 1)) {
      return null;
    }
    BigDecimal rest = BigDecimal.ONE.subtract(new BigDecimal(Double.toString(percentage)));
    if (rest.scale() > 12) {
      return null;
    }
    return rest.signum() == 0 ? LAST : "-" + rest.setScale(12).toPlainString();
  }

  private String listed() {
    String sorted =
        "list_sort(list(%s)%s)"
            .formatted(arguments.get(0), tail.apply("(" + arguments.get(0) + ") IS NOT NULL"));
    return Let.in(
        List.of(sorted, arguments.get(1)),
        v ->
            each(
                v.get(1),
                p ->
                    "list_extract(%1$s, 1 + least(CAST(floor(%2$s * len(%1$s)) AS BIGINT),"
                            .formatted(v.get(0), checked(p))
                        + " len(%s) - 1))".formatted(v.get(0))));
  }

  /** The first value up to which the weights add up to more than p of them all. */
  private String weighted() {
    String value = arguments.get(0);
    String weight = arguments.get(1);
    String rows =
        "list_sort(list({'f0': %s, 'f1': CASE WHEN %2$s <= 0 THEN %3$s ELSE %2$s END})%4$s)"
            .formatted(
                value,
                weight,
                BadValueException.raising("percentile weight must be > 0"),
                tail.apply("(%s) IS NOT NULL AND (%s) IS NOT NULL".formatted(value, weight)));
    return Let.in(
        List.of(rows, checkedAccuracy()),
        v ->
            each(
                v.get(1),
                p ->
                    "list_extract(%1$s, %2$s).f0"
                        .formatted(
                            v.get(0),
                            JavaFunction.sql(
                                "weighted_place",
                                "CAST(list_transform(%s, lambda x: x.f1) AS VARCHAR)"
                                    .formatted(v.get(0)),
                                checked(p)))));
  }

  private String checkedAccuracy() {
    String percentage = arguments.get(2);
    if (arguments.size() < 4) {
      return percentage;
    }
    return "CASE WHEN %1$s > 0 AND %1$s < 1 THEN %2$s ELSE %3$s::DOUBLE END"
        .formatted(
            arguments.get(3),
            percentage,
            BadValueException.raising("percentile accuracy must be strictly between 0 and 1"));
  }

  private String each(String percentage, UnaryOperator<String> one) {
    return call.type() instanceof ValueType.ArrayOf
        ? "list_transform(%s, lambda q: %s)".formatted(percentage, one.apply("q"))
        : one.apply(percentage);
  }

  private static String checked(String percentage) {
    return "CASE WHEN %1$s < 0 OR %1$s > 1 THEN %2$s::DOUBLE ELSE %1$s END"
        .formatted(percentage, BadValueException.raising("Percentile must be between 0 and 1"));
  }
}
