// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.store.embedded.function.BadValueException;
import java.util.List;

/**
 * {@code sequence}: of numbers and dates by one unit or a step, of timestamps by a day, an interval
 * or months. The checks and their texts are Trino's.
 */
final class SequencePrinter {

  /** Entries at most that one sequence has. */
  private static final int ENTRIES_MAX = 10_000;

  private static final String NANOS_PER_DAY = "86400000000000";

  private SequencePrinter() {}

  static String print(Expression.Call call, List<String> arguments) {
    ValueType element = ((ValueType.ArrayOf) call.type()).element();
    if (arguments.size() == 2) {
      String unit = element == Scalar.TIMESTAMP ? NANOS_PER_DAY + "::BIGINT" : "1::BIGINT";
      return Let.in(
          arguments,
          v ->
              "generate_series(%1$s, %2$s, %3$s)"
                  .formatted(
                      v.get(0),
                      stop(v.get(0), v.get(1), unit),
                      "CASE WHEN %2$s < %1$s THEN -%3$s ELSE %3$s END"
                          .formatted(v.get(0), v.get(1), unit)));
    }
    ValueType step = call.arguments().get(2).type();
    if (step == Scalar.INTERVAL_YEAR_TO_MONTH) {
      return Let.in(arguments, v -> months(v, element));
    }
    List<String> values =
        element == Scalar.DATE && step == Scalar.INTERVAL_DAY_TO_SECOND
            ? List.of(arguments.get(0), arguments.get(1), days(arguments.get(2)))
            : arguments;
    return Let.in(values, SequencePrinter::fixed);
  }

  private static String fixed(List<String> v) {
    return "generate_series(%s, %s, %s)"
        .formatted(
            v.get(0),
            "CASE WHEN %s THEN %s ELSE %s END"
                .formatted(
                    wrongDirection(v), wrongDirectionError(), stop(v.get(0), v.get(1), v.get(2))),
            "CASE WHEN %1$s = 0 THEN %2$s ELSE %1$s END"
                .formatted(v.get(2), BadValueException.raising("step must not be zero")));
  }

  /** The end, once it is sure that there are not too many steps up to it. */
  private static String stop(String start, String stop, String step) {
    return "CASE WHEN abs((%2$s::HUGEINT - %1$s) // nullif(%3$s, 0)) >= %4$d THEN %5$s ELSE %2$s END"
        .formatted(start, stop, step, ENTRIES_MAX, tooMany());
  }

  /** Each entry is counted from the start, so that the 31st comes back after a short month. */
  private static String months(List<String> v, ValueType element) {
    boolean date = element == Scalar.DATE;
    String unit = date ? NANOS_PER_DAY : "1";
    String months =
        "date_diff('month', make_timestamp((%1$s * %3$s) // 1000), make_timestamp((%2$s * %3$s) // 1000))"
            .formatted(v.get(0), v.get(1), unit);
    String count =
        ("CASE WHEN %1$s = 0 THEN %2$s WHEN %3$s THEN %4$s WHEN %5$s // nullif(%1$s, 0) >= %6$d"
                + " THEN %7$s ELSE %5$s // nullif(%1$s, 0) END")
            .formatted(
                v.get(2),
                BadValueException.raising("step must not be zero"),
                wrongDirection(v),
                wrongDirectionError(),
                months,
                ENTRIES_MAX,
                tooMany());
    String moved =
        date
            ? "(epoch_ns(make_timestamp(%1$s * 86400000000) + to_months(CAST(k * %2$s AS INTEGER)))"
                + " // "
                + NANOS_PER_DAY
                + ")"
            : "(epoch_ns(make_timestamp(%1$s // 1000) + to_months(CAST(k * %2$s AS INTEGER)))"
                + " + %1$s %% 1000)";
    return ("list_filter(list_transform(range(0, 1 + %1$s), lambda k: %2$s),"
            + " lambda x: CASE WHEN %3$s > 0 THEN x <= %4$s ELSE x >= %4$s END)")
        .formatted(count, moved.formatted(v.get(0), v.get(2)), v.get(2), v.get(1));
  }

  private static String days(String interval) {
    return Let.in(
        interval,
        v ->
            "CASE WHEN %1$s %% %2$s <> 0 THEN %3$s ELSE %1$s // %2$s END"
                .formatted(
                    v,
                    NANOS_PER_DAY,
                    BadValueException.raising(
                        "sequence step must be a day interval if start and end values are dates")));
  }

  private static String wrongDirection(List<String> v) {
    return "(%3$s > 0 AND %2$s < %1$s) OR (%3$s < 0 AND %2$s > %1$s)"
        .formatted(v.get(0), v.get(1), v.get(2));
  }

  private static String wrongDirectionError() {
    return BadValueException.raising(
        "sequence stop value should be greater than or equal to start value if step is greater"
            + " than zero otherwise stop should be less than or equal to start");
  }

  private static String tooMany() {
    return BadValueException.raising(
        "result of sequence function must not have more than " + ENTRIES_MAX + " entries");
  }
}
