// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import static java.util.Map.entry;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.store.embedded.function.BadValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arrays, as Trino treats them: NULL is an element like others for distinct, union and except, and
 * makes the answer of contains and overlap unknown; what is new keeps the order of first occurrence
 * (Trino documentation, "Array functions and operators").
 */
final class ArrayFunctions implements FunctionPrinter.Chapter {

  /** Elements at most that {@code repeat} makes, as in Trino. */
  private static final int REPEAT_MAX = 10_000;

  /** What these take at most, as text here. */
  private static final int REPEATED_BYTES_MAX = 1_000_000;

  /** One way to print a call. */
  private interface Form {
    String print(Expression.Call call, List<String> arguments);
  }

  private static final Map<String, Form> FORMS =
      Map.ofEntries(
          entry("array_distinct", (_, a) -> distinct(a.get(0))),
          entry("array_except", (_, a) -> Let.in(a, ArrayFunctions::except)),
          entry("array_intersect", (_, a) -> Let.in(a, ArrayFunctions::intersect)),
          entry("array_join", ArrayFunctions::join),
          entry("array_max", (call, a) -> Let.in(a.get(0), v -> max(call.type(), v))),
          entry("array_min", (_, a) -> Let.in(a.get(0), v -> unlessNullInside(v, "list_min"))),
          entry("array_position", (_, a) -> Let.in(a, ArrayFunctions::position)),
          entry("array_remove", (_, a) -> Let.in(a, ArrayFunctions::remove)),
          entry("array_sort", (_, a) -> "list_sort(" + a.get(0) + ", 'ASC', 'NULLS LAST')"),
          entry("array_union", (_, a) -> distinct(concatenated(a))),
          entry("arrays_overlap", (_, a) -> Let.in(a, ArrayFunctions::overlap)),
          entry("cardinality", (_, a) -> "len(" + a.get(0) + ")"),
          entry("contains", (_, a) -> Let.in(a, ArrayFunctions::contains)),
          entry("element_at", (_, a) -> Let.in(a, ArrayFunctions::elementAt)),
          entry("flatten", (_, a) -> "flatten(" + a.get(0) + ")"),
          entry("repeat", (_, a) -> Let.in(a, ArrayFunctions::repeat)),
          entry("sequence", SequencePrinter::print),
          entry("shuffle", (_, a) -> shuffle(a.get(0))),
          entry("slice", (_, a) -> Let.in(a, ArrayFunctions::slice)),
          entry("zip", ArrayFunctions::zip));

  @Override
  public @Nullable String print(Expression.Call call, List<String> arguments) {
    String name = call.function().name();
    if (name.equals("concat") && call.type() instanceof ValueType.ArrayOf) {
      return concat(call, arguments);
    }
    if (name.equals("reverse") && call.type() instanceof ValueType.ArrayOf) {
      return "list_reverse(" + arguments.getFirst() + ")";
    }
    Form form = FORMS.get(name);
    return form == null ? null : form.print(call, arguments);
  }

  /** {@code array[index]}, which unlike {@code element_at} fails outside of the array. */
  static String subscript(String array, String index) {
    return Let.in(
        List.of(array, index),
        v ->
            ("list_extract(%1$s, CASE WHEN %2$s = 0 THEN %3$s WHEN %2$s < 0 THEN %4$s"
                    + " WHEN %2$s > len(%1$s) THEN %5$s ELSE %2$s END)")
                .formatted(
                    v.get(0),
                    v.get(1),
                    BadValueException.raising("SQL array indices start at 1"),
                    BadValueException.raising("Array subscript is negative: ", v.get(1)),
                    BadValueException.raising(
                        "Array subscript must be less than or equal to array length: ",
                        "%s || ' > ' || len(%s)".formatted(v.get(1), v.get(0)))));
  }

  /**
   * Equal elements stand beside each other once sorted; of each run the first one is kept and
   * brought back to its place. {@code n log n}.
   */
  private static String distinct(String array) {
    String sorted = "list_sort(list_transform(" + array + ", lambda x, i: {'f0': x, 'f1': i}))";
    return Let.in(
        "s",
        sorted,
        s ->
            ("list_transform(list_sort(list_transform(list_filter(%1$s, lambda p, j:"
                    + " j = 1 OR p.f0 IS DISTINCT FROM (%1$s[j - 1]).f0),"
                    + " lambda p: {'f0': p.f1, 'f1': p.f0})), lambda p: p.f1)")
                .formatted(s));
  }

  private static String except(List<String> v) {
    return "CASE WHEN %2$s IS NULL THEN NULL ELSE %1$s END"
        .formatted(
            distinct(
                "list_filter(%s, lambda x: list_position(%s, x) IS NULL)"
                    .formatted(v.get(0), v.get(1))),
            v.get(1));
  }

  /** In the order of the longer array, as Trino's. */
  private static String intersect(List<String> v) {
    String common = "list_filter(%s, lambda x: list_position(%s, x) IS NOT NULL)";
    return "CASE WHEN %1$s IS NULL OR %2$s IS NULL THEN NULL ELSE %3$s END"
        .formatted(
            v.get(0),
            v.get(1),
            distinct(
                "CASE WHEN len(%1$s) < len(%2$s) THEN %3$s ELSE %4$s END"
                    .formatted(
                        v.get(0),
                        v.get(1),
                        common.formatted(v.get(1), v.get(0)),
                        common.formatted(v.get(0), v.get(1)))));
  }

  private static String join(Expression.Call call, List<String> arguments) {
    Expression array = call.arguments().getFirst();
    ValueType element = ((ValueType.ArrayOf) array.type()).element();
    Expression.LambdaVariable variable =
        new Expression.LambdaVariable(0, "x", element, call.position());
    String text =
        CastPrinter.print(
            new Expression.Cast(variable, Scalar.VARCHAR, false, call.position()), "x");
    List<String> values = new ArrayList<>(arguments);
    values.set(0, "list_transform(" + arguments.getFirst() + ", lambda x: " + text + ")");
    boolean constant = call.arguments().get(1) instanceof Literal.OfString;
    return Let.in(values, v -> joined(v, constant ? arguments.get(1) : null));
  }

  /** The engine's own function takes a constant separator only, and no NULL for an answer. */
  private static String joined(List<String> v, @Nullable String constant) {
    boolean replaces = v.size() == 3;
    String texts =
        replaces
            ? "list_transform(%s, lambda x: coalesce(x, %s))".formatted(v.get(0), v.get(2))
            : v.get(0);
    String joined =
        constant != null
            ? "coalesce(array_to_string(" + texts + ", " + constant + "), '')"
            : ("CASE WHEN list_count(%1$s) = 0 THEN '' ELSE list_reduce(list_filter(%1$s,"
                    + " lambda x: x IS NOT NULL), lambda x, y: x || %2$s || y) END")
                .formatted(texts, v.get(1));
    return "CASE WHEN %s IS NOT NULL THEN %s END"
        .formatted(String.join(" IS NOT NULL AND ", v), joined);
  }

  /** NaN counts as the smallest number here, and as the largest in {@code array_min}. */
  private static String max(ValueType type, String array) {
    if (type != Scalar.DOUBLE) {
      return unlessNullInside(array, "list_max");
    }
    return ("CASE WHEN list_count(%1$s) < len(%1$s) THEN NULL ELSE"
            + " coalesce(list_max(list_filter(%1$s, lambda x: NOT isnan(x))), list_max(%1$s)) END")
        .formatted(array);
  }

  private static String unlessNullInside(String array, String function) {
    return "CASE WHEN list_count(%1$s) < len(%1$s) THEN NULL ELSE %2$s(%1$s) END"
        .formatted(array, function);
  }

  private static String position(List<String> v) {
    return ("CASE WHEN %1$s IS NULL OR %2$s IS NULL THEN NULL"
            + " ELSE coalesce(list_position(%1$s, %2$s), 0) END")
        .formatted(v.get(0), v.get(1));
  }

  private static String remove(List<String> v) {
    return ("CASE WHEN %2$s IS NULL THEN NULL"
            + " ELSE list_filter(%1$s, lambda x: x IS DISTINCT FROM %2$s) END")
        .formatted(v.get(0), v.get(1));
  }

  private static String overlap(List<String> v) {
    return ("CASE WHEN %1$s IS NULL OR %2$s IS NULL THEN NULL"
            + " WHEN len(%1$s) = 0 OR len(%2$s) = 0 THEN FALSE"
            + " WHEN list_has_any(%1$s, %2$s) THEN TRUE"
            + " WHEN list_count(%1$s) < len(%1$s) OR list_count(%2$s) < len(%2$s) THEN NULL"
            + " ELSE FALSE END")
        .formatted(v.get(0), v.get(1));
  }

  private static String contains(List<String> v) {
    return ("CASE WHEN %1$s IS NULL OR %2$s IS NULL THEN NULL"
            + " WHEN list_contains(%1$s, %2$s) THEN TRUE"
            + " WHEN list_count(%1$s) < len(%1$s) THEN NULL ELSE FALSE END")
        .formatted(v.get(0), v.get(1));
  }

  private static String elementAt(List<String> v) {
    return "list_extract(%1$s, CASE WHEN %2$s = 0 THEN %3$s ELSE %2$s END)"
        .formatted(v.get(0), v.get(1), BadValueException.raising("SQL array indices start at 1"));
  }

  private static String repeat(List<String> v) {
    String what = "count argument of repeat function must be ";
    return ("repeat([%1$s], CASE WHEN %2$s > %3$d THEN %4$s WHEN %2$s < 0 THEN %5$s"
            + " WHEN %2$s * strlen(CAST(%1$s AS VARCHAR)) > %6$d THEN %7$s ELSE %2$s END)")
        .formatted(
            v.get(0),
            v.get(1),
            REPEAT_MAX,
            BadValueException.raising(what + "less than or equal to " + REPEAT_MAX),
            BadValueException.raising(what + "greater than or equal to 0"),
            REPEATED_BYTES_MAX,
            BadValueException.raising(
                "result of repeat function must not take more than "
                    + REPEATED_BYTES_MAX
                    + " bytes"));
  }

  private static String shuffle(String array) {
    return ("list_transform(list_sort(list_transform(%s, lambda x: {'f0': random(), 'f1': x})),"
            + " lambda p: p.f1)")
        .formatted(array);
  }

  private static String slice(List<String> v) {
    String array = v.get(0);
    String start = v.get(1);
    String length = v.get(2);
    String first =
        "CASE WHEN %1$s = 0 THEN %2$s WHEN %1$s < 0 THEN len(%3$s) + %1$s + 1 ELSE %1$s END"
            .formatted(start, BadValueException.raising("SQL array indices start at 1"), array);
    String count =
        "CASE WHEN %1$s < 0 THEN %2$s WHEN %1$s > len(%3$s) THEN len(%3$s) ELSE %1$s END"
            .formatted(
                length,
                BadValueException.raising("length must be greater than or equal to 0"),
                array);
    return Let.in(
        "w",
        "{'f0': %s, 'f1': %s, 'f2': %s}".formatted(array, first, count),
        w ->
            ("CASE WHEN %1$s.f1 IS NULL OR %1$s.f2 IS NULL THEN NULL"
                    + " WHEN %1$s.f1 < 1 OR %1$s.f1 > len(%1$s.f0) OR %1$s.f2 = 0"
                    + " THEN list_filter(%1$s.f0, lambda x: FALSE)"
                    + " ELSE list_slice(%1$s.f0, %1$s.f1, %1$s.f1 + %1$s.f2 - 1) END")
                .formatted(w));
  }

  private static String zip(Expression.Call call, List<String> arguments) {
    return Let.in(arguments, v -> zipped(v, call.type()));
  }

  /** Rows f0, f1, … of the elements at the same place, to the length of the longest array. */
  static String zipped(List<String> arrays, ValueType type) {
    return "CASE WHEN %s IS NULL THEN NULL ELSE CAST(list_zip(%s) AS %s) END"
        .formatted(
            String.join(" IS NULL OR ", arrays), String.join(", ", arrays), SqlTypes.of(type));
  }

  private static String concat(Expression.Call call, List<String> arguments) {
    if (arguments.size() == 2) {
      ValueType first = call.arguments().get(0).type();
      ValueType second = call.arguments().get(1).type();
      if (!second.equals(call.type())) {
        return Let.in(
            arguments,
            v ->
                "CASE WHEN %1$s IS NOT NULL THEN list_append(%1$s, %2$s) END"
                    .formatted(v.get(0), v.get(1)));
      }
      if (!first.equals(call.type())) {
        return Let.in(
            arguments,
            v ->
                "CASE WHEN %2$s IS NOT NULL THEN list_prepend(%1$s, %2$s) END"
                    .formatted(v.get(0), v.get(1)));
      }
    }
    return concatenated(arguments);
  }

  /** NULL where one of them is, unlike {@code list_concat}. */
  private static String concatenated(List<String> arrays) {
    return "(" + String.join(" || ", arrays) + ")";
  }
}
