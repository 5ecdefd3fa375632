// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Literal;
import dev.weir.store.embedded.function.JavaFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times. They are integers in the engine, so what is a matter of division is its
 * arithmetic; what needs a calendar is Java.
 */
final class DateTimeChapter implements FunctionPrinter.Chapter {

  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  /** Widths of bins that the engine computes itself: far from any overflow. */
  private static final long PLAIN_WIDTH_MAX = 1L << 60;

  /** Nanoseconds of the units that date_trunc cuts without a calendar. */
  private static final Map<String, Long> UNITS =
      Map.of(
          "millisecond", 1_000_000L,
          "second", 1_000_000_000L,
          "minute", 60_000_000_000L,
          "hour", 3_600_000_000_000L,
          "day", NANOS_PER_DAY);

  @Override
  public @Nullable String print(Expression.Call call, List<String> arguments) {
    String name = call.function().name();
    String first = arguments.isEmpty() ? "" : arguments.getFirst();
    return switch (name) {
      case "bin" -> bin(call, arguments);
      case "date_trunc" -> truncate(call, arguments);
      case "date_add", "date_diff" -> ofUnit(name, call, arguments);
      case "year", "month" -> dayOrMonths(name, call, first);
      case "quarter", "day_of_week", "day_of_year", "week", "year_of_week", "last_day_of_month" ->
          ofDay(name, call, first);
      case "day" ->
          firstType(call) == Scalar.INTERVAL_DAY_TO_SECOND
              ? "(" + first + " // " + NANOS_PER_DAY + ")"
              : ofDay(name, call, first);
      case "hour" -> ofClock(call, first, 3_600_000_000_000L, 24);
      case "minute" -> ofClock(call, first, 60_000_000_000L, 60);
      case "second" -> ofClock(call, first, 1_000_000_000L, 60);
      case "millisecond" -> ofClock(call, first, 1_000_000L, 1_000);
      case "nanosecond" -> ofClock(call, first, 1L, 1_000_000_000L);
      case "from_milliseconds",
          "from_unixtime",
          "from_iso8601_timestamp",
          "from_iso8601_date",
          "parse_duration",
          "date_format",
          "date_parse",
          "format_datetime",
          "parse_datetime",
          "at_timezone" ->
          JavaFunction.sql(name, arguments);
      case "from_nanoseconds", "to_nanoseconds" -> first;
      case "to_milliseconds" ->
          firstType(call) == Scalar.TIMESTAMP
              ? JavaFunction.sql(name, first)
              : "(" + first + " // 1000000)";
      case "to_unixtime" -> "(" + first + " / 1000000000.0::DOUBLE)";
      case "to_iso8601" ->
          firstType(call) == Scalar.DATE
              ? JavaFunction.sql("date_to_text", first)
              : "(replace(%s, ' ', 'T') || 'Z')"
                  .formatted(JavaFunction.sql("timestamp_to_text", first));
      case "date" ->
          firstType(call) == Scalar.VARCHAR
              ? JavaFunction.sql("date", first)
              : JavaFunction.sql("nanos_day", first);
      default -> null;
    };
  }

  private static ValueType firstType(Expression.Call call) {
    return call.arguments().getFirst().type();
  }

  private static String lastType(Expression.Call call) {
    return call.arguments().getLast().type().toString().toLowerCase(Locale.ROOT);
  }

  private static String bin(Expression.Call call, List<String> arguments) {
    Expression width = call.arguments().get(1);
    if (width.type() == Scalar.INTERVAL_YEAR_TO_MONTH) {
      return JavaFunction.sql("bin_months", arguments);
    }
    if (width instanceof Literal.OfLong literal
        && literal.value() > 0
        && literal.value() <= PLAIN_WIDTH_MAX
        && isPlain(call.arguments().getFirst())) {
      return floored(arguments.getFirst(), literal.value());
    }
    return JavaFunction.sql("bin", arguments);
  }

  private static String truncate(Expression.Call call, List<String> arguments) {
    boolean plain =
        call.arguments().get(1).type() == Scalar.TIMESTAMP
            && isPlain(call.arguments().get(1))
            && call.arguments().get(0) instanceof Literal.OfString;
    if (plain) {
      String unit = ((Literal.OfString) call.arguments().get(0)).value().toLowerCase(Locale.ROOT);
      Long width = UNITS.get(unit);
      if (width != null) {
        return floored(arguments.get(1), width);
      }
    }
    return ofUnit("date_trunc", call, arguments);
  }

  /** The engine computes the number of a constant unit once. */
  private static String ofUnit(String name, Expression.Call call, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.set(0, JavaFunction.sql("unit_of_" + lastType(call), arguments.getFirst()));
    return JavaFunction.sql(name + "_" + lastType(call), all);
  }

  /** A column can be written twice; anything larger would grow with each nesting. */
  private static boolean isPlain(Expression expression) {
    return expression instanceof Expression.Column;
  }

  private static String floored(String value, long width) {
    return "(%s - %s)".formatted(value, modulo(value, width));
  }

  /** Never negative. */
  private static String modulo(String value, long width) {
    return "((%s %% %d + %d) %% %d)".formatted(value, width, width, width);
  }

  /** The sign of an interval is that of its fields; a time before 1970 has none. */
  private static String ofClock(Expression.Call call, String value, long unit, long units) {
    String within =
        firstType(call) == Scalar.INTERVAL_DAY_TO_SECOND
            ? "(" + value + " % " + unit * units + ")"
            : modulo(value, unit * units);
    return "(" + within + " // " + unit + ")";
  }

  private static String dayOrMonths(String name, Expression.Call call, String value) {
    if (firstType(call) != Scalar.INTERVAL_YEAR_TO_MONTH) {
      return ofDay(name, call, value);
    }
    return "(" + value + (name.equals("year") ? " // 12)" : " % 12)");
  }

  private static String ofDay(String name, Expression.Call call, String value) {
    return JavaFunction.sql(
        firstType(call) == Scalar.TIMESTAMP ? name + "_of_timestamp" : name, value);
  }
}
