// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.sql.tree.Expression;
import dev.weir.store.embedded.function.BadValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions over time series, which are lists of rows of time and value in order of time. All are
 * lists and lambdas of the engine, so values stay the doubles that they are. Where a guide leaves a
 * point open, RATIONALE.md has it under "Undocumented points".
 */
final class SeriesFunctions implements FunctionPrinter.Chapter {

  private static final String NANOS_PER_SECOND = "1000000000::BIGINT";

  @Override
  public @Nullable String print(Expression.Call call, List<String> arguments) {
    return switch (call.function().name()) {
      case "interpolate_linear",
          "interpolate_spline_cubic",
          "interpolate_locf",
          "interpolate_fill" ->
          InterpolationPrinter.print(call, arguments);
      case "derivative_linear" -> Let.in(arguments, SeriesFunctions::derivative);
      case "non_negative_derivative_linear" -> Let.in(arguments, SeriesFunctions::rises);
      case "integral_trapezoidal" ->
          Let.in(
              arguments.size() == 1 ? List.of(arguments.getFirst(), NANOS_PER_SECOND) : arguments,
              SeriesFunctions::integral);
      case "correlate_pearson" -> Let.in(arguments, SeriesFunctions::pearson);
      case "correlate_spearman" -> Let.in(arguments, SeriesFunctions::spearman);
      default -> null;
    };
  }

  /** The rows, once it is sure that no two of them have the same time. */
  static String distinctTimes(String rows) {
    return Let.in(
        "v",
        rows,
        v ->
            ("list_slice(%1$s, CASE WHEN len(list_filter(%1$s, lambda x, i:"
                    + " x.f0 = (%1$s[i - 1]).f0)) > 0 THEN %2$s ELSE 1 END, len(%1$s))")
                .formatted(
                    v,
                    BadValueException.raising(
                        "Duplicate timestamps are not allowed in a timeseries")));
  }

  /**
   * How many elements, from the start of a sorted list, fulfil a condition that no later one does.
   * A step of a power of two is taken where the element that it leads to fulfils it: for all
   * elements of an outer list at once that is {@code n log n}.
   *
   * @param condition over {@code b + w}, a place in the list
   */
  static String search(String steps, String condition) {
    return "list_reduce(%s, lambda b, w: CASE WHEN %s THEN b + w ELSE b END, 0::BIGINT)"
        .formatted(steps, condition);
  }

  /** The steps for {@link #search}: powers of two up to the length of a list, falling. */
  static String steps(String list) {
    return ("list_filter(list_transform(range(0, 41), lambda k: 1::BIGINT << (40 - k)),"
            + " lambda k: k <= len(%s))")
        .formatted(list);
  }

  /** From the second point on: the change since the point before, per interval. */
  private static String derivative(List<String> v) {
    return ("CASE WHEN %2$s IS NOT NULL THEN list_transform(range(2, len(%1$s) + 1), lambda i:"
            + " {'f0': %1$s[i].f0, 'f1': (%1$s[i].f1 - %1$s[i - 1].f1)"
            + " / ((%1$s[i].f0 - %1$s[i - 1].f0) / %3$s)}) END")
        .formatted(v.get(0), v.get(1), positive(v.get(1)));
  }

  private static String rises(List<String> v) {
    return "list_filter(" + derivative(v) + ", lambda p: p.f1 >= 0)";
  }

  private static String integral(List<String> v) {
    return ("CASE WHEN %1$s IS NOT NULL AND %2$s IS NOT NULL THEN"
            + " coalesce(list_sum(list_transform(range(2, len(%1$s) + 1), lambda i:"
            + " (%1$s[i].f1 + %1$s[i - 1].f1) / 2 * ((%1$s[i].f0 - %1$s[i - 1].f0) / %3$s))), 0)"
            + " END")
        .formatted(v.get(0), v.get(1), positive(v.get(1)));
  }

  private static String positive(String interval) {
    return "CASE WHEN %1$s <= 0 THEN %2$s ELSE %1$s END::DOUBLE"
        .formatted(interval, BadValueException.raising("the interval must be greater than zero"));
  }

  private static String pearson(List<String> v) {
    return correlation(values(v.get(0)), values(v.get(1)), v);
  }

  private static String spearman(List<String> v) {
    return correlation(ranks(v.get(0)), ranks(v.get(1)), v);
  }

  private static String values(String series) {
    return "list_transform(" + series + ", lambda p: p.f1)";
  }

  /** Of equal values each has the mean of the ranks that they take up. */
  private static String ranks(String series) {
    return Let.in(
        "s",
        "list_sort(" + values(series) + ")",
        s ->
            Let.in(
                "u",
                steps(s),
                u ->
                    "list_transform(%1$s, lambda p: (%2$s + %3$s + 1) / 2.0::DOUBLE)"
                        .formatted(
                            series,
                            search(u, s + "[b + w] < p.f1"),
                            search(u, s + "[b + w] <= p.f1"))));
  }

  /** NULL where a side does not vary, as {@code corr} has it. */
  private static String correlation(String left, String right, List<String> v) {
    String sides =
        "CASE WHEN %3$s THEN NULL WHEN %4$s THEN [%5$s::DOUBLE[], [0::DOUBLE]] ELSE [%1$s, %2$s] END"
            .formatted(
                left,
                right,
                "%s IS NULL OR %s IS NULL".formatted(v.get(0), v.get(1)),
                "list_transform(%s, lambda p: p.f0) <> list_transform(%s, lambda p: p.f0)"
                    .formatted(v.get(0), v.get(1)),
                "["
                    + BadValueException.raising(
                        "correlation needs two timeseries with identical timestamps")
                    + "]");
    return Let.in(
        "c",
        sides,
        c ->
            Let.in(
                "m",
                "{'f0': list_avg(%1$s[1]), 'f1': list_avg(%1$s[2])}".formatted(c),
                m -> {
                  String x = "list_transform(" + c + "[1], lambda e: e - " + m + ".f0)";
                  String y = "list_transform(" + c + "[2], lambda e: e - " + m + ".f1)";
                  return Let.in(
                      "d",
                      "{'f0': " + x + ", 'f1': " + y + "}",
                      d ->
                          ("nullif(%2$s / sqrt(%1$s * %3$s), 'NaN'::DOUBLE)")
                              .formatted(
                                  products(d, "f0", "f0"),
                                  products(d, "f0", "f1"),
                                  products(d, "f1", "f1")));
                }));
  }

  private static String products(String lists, String left, String right) {
    return "list_sum(list_transform(%1$s.%2$s, lambda e, i: e * %1$s.%3$s[i]))"
        .formatted(lists, left, right);
  }
}
