// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.sql.tree.Expression;
import dev.weir.store.embedded.function.JavaFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * Interpolation: for each time asked for, the last point at or before it is searched, then a value
 * is made of that point and the next. Times come out in order and once each, whatever the order
 * that they are asked in. A time before the first point has no value; nor has one behind the last,
 * except in {@code interpolate_locf}, which carries it on. {@code interpolate_fill} gives the fill
 * wherever there is no point.
 */
final class InterpolationPrinter {

  private InterpolationPrinter() {}

  static String print(Expression.Call call, List<String> arguments) {
    String name = call.function().name();
    boolean single = !(call.arguments().get(1).type() instanceof ValueType.ArrayOf);
    List<String> values = new ArrayList<>(arguments);
    if (single) {
      values.set(1, "[" + arguments.get(1) + "]");
    }
    String series = Let.in(values, v -> series(name, v));
    return single ? "list_extract(" + series + ", 1).f1" : series;
  }

  private static String series(String name, List<String> v) {
    String points = "list_filter(" + v.get(0) + ", lambda p: p.f1 IS NOT NULL)";
    String interpolated = Let.in("u", points, u -> prepared(name, u, v));
    return "CASE WHEN %s IS NOT NULL THEN %s END"
        .formatted(String.join(" IS NOT NULL AND ", v), interpolated);
  }

  /** The points beside what is worked out of them once. */
  private static String prepared(String name, String points, List<String> v) {
    String bends =
        name.equals("interpolate_spline_cubic")
            ? ", 'f2': CAST(%s AS DOUBLE[])"
                .formatted(JavaFunction.sql("spline_bends", text(points, "f0"), text(points, "f1")))
            : "";
    return Let.in(
        "g",
        "{'f0': %s, 'f1': %s%s}".formatted(points, SeriesFunctions.steps(points), bends),
        g -> interpolated(name, g, v));
  }

  private static String text(String points, String field) {
    return "CAST(list_transform(%s, lambda p: p.%s) AS VARCHAR)".formatted(points, field);
  }

  private static String interpolated(String name, String prepared, List<String> v) {
    String points = prepared + ".f0";
    // The engine's list_distinct leaves NULL out.
    String times = "list_sort(list_distinct(" + v.get(1) + "))";
    String place = SeriesFunctions.search(prepared + ".f1", points + "[b + w].f0 <= t");
    String value =
        switch (name) {
          case "interpolate_locf" -> "%s[k.f1].f1".formatted(points);
          case "interpolate_fill" ->
              "CASE WHEN %1$s[k.f1].f0 = k.f0 THEN %1$s[k.f1].f1 ELSE %2$s END"
                  .formatted(points, v.get(2));
          case "interpolate_linear" -> between(points, linear(points));
          default -> between(points, linear(points) + curve(prepared));
        };
    return ("list_transform(list_transform(%s, lambda t: {'f0': t, 'f1': %s}),"
            + " lambda k: {'f0': k.f0, 'f1': %s})")
        .formatted(times, place, value);
  }

  /** At a point its own value, between two points the one given, elsewhere none. */
  private static String between(String points, String value) {
    return "CASE WHEN %1$s[k.f1].f0 = k.f0 THEN %1$s[k.f1].f1 WHEN k.f1 > 0 AND k.f1 < len(%1$s) THEN %2$s END"
        .formatted(points, value);
  }

  private static String linear(String points) {
    return "%1$s[k.f1].f1 + (%1$s[k.f1 + 1].f1 - %1$s[k.f1].f1) * %2$s"
        .formatted(points, part(points));
  }

  /** How far the time is from one point to the next, 0 to 1. */
  private static String part(String points) {
    return "((k.f0 - %1$s[k.f1].f0) / (%1$s[k.f1 + 1].f0 - %1$s[k.f1].f0))".formatted(points);
  }

  /** What a cubic adds to the straight line; the bends are its second derivatives, by seconds. */
  private static String curve(String prepared) {
    String points = prepared + ".f0";
    String after = part(points);
    String before = "(1 - " + after + ")";
    return (" + (((%1$s ** 3 - %1$s) * %3$s.f2[k.f1] + (%2$s ** 3 - %2$s) * %3$s.f2[k.f1 + 1])"
            + " * ((%4$s[k.f1 + 1].f0 - %4$s[k.f1].f0) / 1e9::DOUBLE) ** 2 / 6)")
        .formatted(before, after, prepared, points);
  }
}
