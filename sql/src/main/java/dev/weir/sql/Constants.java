// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType;
import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.function.TypeRules;
import dev.weir.sql.tree.Expression;
import dev.weir.sql.tree.Expression.Arithmetic;
import dev.weir.sql.tree.Expression.Call;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Position;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Folds what is constant in time arithmetic, so that {@code time > ago(15m) - 1h} reaches the
 * engine as one comparison with a number, to the nanosecond, and prunes partitions. Everything else
 * stays as it is: the engine folds it well enough.
 */
final class Constants {

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);

  private Constants() {}

  /** The value of a call, or the call itself where it is not one of these or not constant. */
  static Expression fold(Call call, long nowNanos) {
    Position position = call.position();
    for (Expression argument : call.arguments()) {
      if (!(argument instanceof Literal) || argument instanceof Literal.OfNull) {
        return unfolded(call, nowNanos);
      }
    }
    try {
      return switch (call.function().name()) {
        case "now" -> timestamp(nowNanos, position);
        case "current_timezone" -> new Literal.OfString("UTC", position);
        case "ago" -> shift(timestamp(nowNanos, position), call.arguments().getFirst(), -1);
        case "from_milliseconds" ->
            timestamp(Math.multiplyExact(number(call, 0), NANOS_PER_MILLI), position);
        case "from_nanoseconds" -> timestamp(number(call, 0), position);
        case "from_unixtime" -> fromSeconds(call);
        case "from_iso8601_timestamp" ->
            folded(call, TimeText.parseTimestamp(string(call, 0)), Scalar.TIMESTAMP);
        case "from_iso8601_date" -> folded(call, TimeText.parseDate(string(call, 0)), Scalar.DATE);
        case "parse_duration" ->
            folded(call, DurationText.parseNanos(string(call, 0)), Scalar.INTERVAL_DAY_TO_SECOND);
        case "bin" ->
            call.arguments().get(1).type() == Scalar.INTERVAL_DAY_TO_SECOND ? bin(call) : call;
        case "date_trunc" -> truncate(call);
        case "date_add" -> add(call);
        case "typeof" -> typeName(call);
        default -> call;
      };
    } catch (ArithmeticException | DateTimeException e) {
      throw TimeText.outOfRange("the result of " + call.function().name(), position);
    }
  }

  /** A call that is not of constants only. */
  private static Expression unfolded(Call call, long nowNanos) {
    return switch (call.function().name()) {
      case "typeof" -> typeName(call);
      // The engine has no clock: the one of the statement is written out.
      case "ago" ->
          new Arithmetic(
              Arithmetic.Operator.SUBTRACT,
              timestamp(nowNanos, call.position()),
              call.arguments().getFirst(),
              Scalar.TIMESTAMP,
              call.position());
      default -> call;
    };
  }

  /** The value, or the call where there is none: the engine knows more forms, and what to say. */
  private static Expression folded(Call call, OptionalLong value, Scalar type) {
    return value.isPresent() ? new Literal.OfLong(value.getAsLong(), type, call.position()) : call;
  }

  /** The value of constant time arithmetic, or the expression itself. */
  static Expression fold(Arithmetic expression) {
    if (!(expression.left() instanceof Literal.OfLong left)
        || !(expression.right() instanceof Literal.OfLong right)) {
      return expression;
    }
    boolean interval = interval(left.type()) || interval(right.type());
    if (!interval && left.type() != Scalar.TIMESTAMP) {
      return expression;
    }
    Position position = expression.position();
    try {
      return switch (expression.operator()) {
        case ADD -> interval(right.type()) ? shift(left, right, 1) : shift(right, left, 1);
        case SUBTRACT ->
            interval(right.type())
                ? shift(left, right, -1)
                : new Literal.OfLong(
                    Math.subtractExact(left.value(), right.value()),
                    Scalar.INTERVAL_DAY_TO_SECOND,
                    position);
        case MULTIPLY ->
            new Literal.OfLong(
                Math.multiplyExact(left.value(), right.value()),
                (Scalar) expression.type(),
                position);
        default -> expression;
      };
    } catch (ArithmeticException | DateTimeException e) {
      throw TimeText.outOfRange("the result of " + expression.operator().symbol(), position);
    }
  }

  static boolean interval(ValueType type) {
    return type == Scalar.INTERVAL_DAY_TO_SECOND || type == Scalar.INTERVAL_YEAR_TO_MONTH;
  }

  /** A point of time (or an interval of the same kind) moved by an interval. */
  private static Expression shift(Literal.OfLong point, Expression by, int sign) {
    if (!(by instanceof Literal.OfLong(long amount, Scalar kind, Position ignored))) {
      throw new IllegalArgumentException("not an interval: " + by);
    }
    long signed = Math.multiplyExact(amount, (long) sign);
    Position position = point.position();
    if (point.type() == kind || (point.type() == Scalar.TIMESTAMP && days(kind))) {
      return new Literal.OfLong(Math.addExact(point.value(), signed), point.type(), position);
    }
    return switch (point.type()) {
      case TIMESTAMP ->
          timestamp(
              TimeText.nanos(TimeText.dateTime(point.value()).plusMonths(signed), position),
              position);
      case DATE -> {
        if (days(kind) && signed % 86_400_000_000_000L != 0) {
          throw SqlErrors.at(position, "Cannot add hour, minutes or seconds to a date");
        }
        LocalDateTime start =
            LocalDateTime.of(LocalDate.ofEpochDay(point.value()), LocalTime.MIDNIGHT);
        LocalDateTime end = days(kind) ? start.plusNanos(signed) : start.plusMonths(signed);
        yield new Literal.OfLong(end.toLocalDate().toEpochDay(), Scalar.DATE, position);
      }
      case TIME ->
          new Literal.OfLong(
              Math.floorMod(point.value() + signed % 86_400_000_000_000L, 86_400_000_000_000L),
              Scalar.TIME,
              position);
      default -> throw new IllegalArgumentException("not a point of time: " + point);
    };
  }

  private static boolean days(Scalar kind) {
    return kind == Scalar.INTERVAL_DAY_TO_SECOND;
  }

  private static Expression fromSeconds(Call call) {
    double seconds = ((Literal.OfDouble) call.arguments().getFirst()).value();
    if (!Double.isFinite(seconds)) {
      throw new ArithmeticException("not finite");
    }
    // Whole nanoseconds, through the shortest decimal: a double has no exact microseconds.
    long nanos =
        new BigDecimal(Double.toString(seconds))
            .multiply(NANOS_PER_SECOND)
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact();
    return timestamp(nanos, call.position());
  }

  private static Expression bin(Call call) {
    long width = number(call, 1);
    long time = number(call, 0);
    return timestamp(Math.subtractExact(time, Math.floorMod(time, width)), call.position());
  }

  private static Expression truncate(Call call) {
    if (!(call.arguments().get(1) instanceof Literal.OfLong(long value, Scalar type, var ignored))
        || type != Scalar.TIMESTAMP) {
      return call;
    }
    LocalDateTime time = TimeText.dateTime(value);
    LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
    LocalDateTime start =
        switch (string(call, 0).toLowerCase(Locale.ROOT)) {
          case "millisecond" -> time.truncatedTo(ChronoUnit.MILLIS);
          case "second" -> time.truncatedTo(ChronoUnit.SECONDS);
          case "minute" -> time.truncatedTo(ChronoUnit.MINUTES);
          case "hour" -> time.truncatedTo(ChronoUnit.HOURS);
          case "day" -> day;
          case "week" -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
          case "month" -> day.withDayOfMonth(1);
          case "quarter" -> day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3);
          case "year" -> day.withDayOfYear(1);
          default -> throw new IllegalArgumentException(string(call, 0));
        };
    return timestamp(TimeText.nanos(start, call.position()), call.position());
  }

  private static Expression add(Call call) {
    if (!(call.arguments().get(2) instanceof Literal.OfLong(long value, Scalar type, var ignored))
        || type != Scalar.TIMESTAMP) {
      return call;
    }
    long count = number(call, 1);
    LocalDateTime time = TimeText.dateTime(value);
    LocalDateTime moved =
        switch (string(call, 0).toLowerCase(Locale.ROOT)) {
          case "nanosecond" -> time.plusNanos(count);
          case "microsecond" -> time.plus(count, ChronoUnit.MICROS);
          case "millisecond" -> time.plus(count, ChronoUnit.MILLIS);
          case "second" -> time.plusSeconds(count);
          case "minute" -> time.plusMinutes(count);
          case "hour" -> time.plusHours(count);
          case "day" -> time.plusDays(count);
          case "week" -> time.plusWeeks(count);
          case "month" -> time.plusMonths(count);
          case "quarter" -> time.plusMonths(Math.multiplyExact(count, 3L));
          case "year" -> time.plusYears(count);
          default -> throw new IllegalArgumentException(string(call, 0));
        };
    return timestamp(TimeText.nanos(moved, call.position()), call.position());
  }

  /** A constant; but over an aggregate it stays one, since that is what makes rows one group. */
  private static Expression typeName(Call call) {
    Position position = call.position();
    Expression argument = call.arguments().getFirst();
    Literal name = new Literal.OfString(TypeRules.text(argument.type()), position);
    return Aggregation.in(argument)
        ? new Expression.Case(
            null,
            List.of(new Expression.When(new Expression.IsNull(argument, position), name)),
            name,
            Scalar.VARCHAR,
            position)
        : name;
  }

  private static Literal.OfLong timestamp(long nanos, Position position) {
    return new Literal.OfLong(nanos, Scalar.TIMESTAMP, position);
  }

  private static long number(Call call, int index) {
    return ((Literal.OfLong) call.arguments().get(index)).value();
  }

  private static String string(Call call, int index) {
    List<Expression> arguments = call.arguments();
    return ((Literal.OfString) arguments.get(index)).value();
  }
}
