// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.sql;

import dev.weir.query.ValueType.Scalar;
import dev.weir.sql.tree.Literal;
import dev.weir.sql.tree.Position;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Duration literals: {@code 15m}, {@code 60000ms}, {@code 2year}, and the decimal form of {@code
 * parse_duration('42.8ms')} (AWS developer guide, "Interval and duration").
 */
public final class DurationText {

  /** More digits than a duration can have. */
  private static final int CHARACTERS_MAX = 100;

  private static final Pattern LITERAL = Pattern.compile("(\\d+)([a-zA-Z]+)");
  private static final Pattern DECIMAL =
      Pattern.compile("\\s*(-?\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]+)\\s*");

  private static final Map<String, Long> NANOS =
      Map.ofEntries(
          Map.entry("ns", 1L),
          Map.entry("nanosecond", 1L),
          Map.entry("us", 1_000L),
          Map.entry("microsecond", 1_000L),
          Map.entry("ms", 1_000_000L),
          Map.entry("millisecond", 1_000_000L),
          Map.entry("s", 1_000_000_000L),
          Map.entry("second", 1_000_000_000L),
          Map.entry("m", 60_000_000_000L),
          Map.entry("minute", 60_000_000_000L),
          Map.entry("h", 3_600_000_000_000L),
          Map.entry("hour", 3_600_000_000_000L),
          Map.entry("d", 86_400_000_000_000L),
          Map.entry("day", 86_400_000_000_000L));

  private static final Map<String, Long> MONTHS =
      Map.of("mo", 1L, "month", 1L, "y", 12L, "year", 12L);

  private DurationText() {}

  /** Whether a word of digits and letters is a duration. */
  static boolean looksLike(String word) {
    Matcher matcher = LITERAL.matcher(word);
    return matcher.matches() && (unit(NANOS, matcher) || unit(MONTHS, matcher));
  }

  /** A literal of which {@link #looksLike} is true. */
  static Literal literal(String word, Position position) {
    Matcher matcher = LITERAL.matcher(word);
    if (!matcher.matches()) {
      throw SqlErrors.at(position, "'" + word + "' is not a duration");
    }
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    Long nanos = NANOS.get(unit);
    Long months = MONTHS.get(unit);
    try {
      long count = Long.parseLong(matcher.group(1));
      if (nanos != null) {
        return new Literal.OfLong(
            Math.multiplyExact(count, nanos), Scalar.INTERVAL_DAY_TO_SECOND, position);
      }
      if (months != null) {
        return new Literal.OfLong(
            Math.toIntExact(Math.multiplyExact(count, months)),
            Scalar.INTERVAL_YEAR_TO_MONTH,
            position);
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw SqlErrors.at(position, "the duration " + word + " is too long");
    }
    throw SqlErrors.at(position, "'" + word + "' is not a duration");
  }

  /** The argument of {@code parse_duration} in nanoseconds, or empty where it is none. */
  public static OptionalLong parseNanos(String text) {
    if (text.length() > CHARACTERS_MAX) {
      return OptionalLong.empty();
    }
    Matcher matcher = DECIMAL.matcher(text);
    if (matcher.matches()) {
      Long nanos = NANOS.get(matcher.group(2).toLowerCase(Locale.ROOT));
      if (nanos != null) {
        try {
          return OptionalLong.of(
              new BigDecimal(matcher.group(1))
                  .multiply(BigDecimal.valueOf(nanos))
                  .toBigInteger()
                  .longValueExact());
        } catch (ArithmeticException e) {
          return OptionalLong.empty();
        }
      }
    }
    return OptionalLong.empty();
  }

  private static boolean unit(Map<String, Long> units, Matcher matcher) {
    return units.containsKey(matcher.group(2).toLowerCase(Locale.ROOT));
  }
}
