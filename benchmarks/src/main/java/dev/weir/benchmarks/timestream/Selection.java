// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.timestream;

import static dev.weir.benchmarks.timestream.RefusedException.invalid;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a SELECT asks of the made table. The stub evaluates no conditions: the values of the unique
 * dimension that a statement names are the series that it means, and a statement that names none
 * means all. A statement in which that would be wrong is refused.
 *
 * @param columns in the order of the answer
 * @param series the numbers of the series
 * @param startMillis inclusive
 * @param endMillis inclusive
 * @param binMillis width of the groups in time; 0 where series are not cut
 * @param grouped whether a row is a series, or a part of one in time; otherwise a sample
 */
record Selection(
    List<Column> columns,
    int[] series,
    long startMillis,
    long endMillis,
    long binMillis,
    boolean grouped) {

  private static final Pattern TIME_RANGE =
      Pattern.compile(
          "\\btime\"? BETWEEN from_(milli|nano)seconds\\((\\d+)\\)"
              + " AND from_(?:milli|nano)seconds\\((\\d+)\\)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TIME_BOUND =
      Pattern.compile(
          "\\btime\"? ?(>=|<=|<|>) ?from_(milli|nano)seconds\\((\\d+)\\)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern BIN =
      Pattern.compile(
          "\\bbin\\( *\"?time\"? *, *(\\d+)(ms|s|m|h|d|millisecond|second|minute|hour|day)\\)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern UNIQUE_OPERATOR =
      Pattern.compile(
          "\""
              + MadeTable.DIMENSIONS.get(MadeTable.UNIQUE)
              + "\"(?! *(=|,| IN\\b| IS\\b| FROM\\b))",
          Pattern.CASE_INSENSITIVE);

  /** A column of an answer. */
  record Column(String name, Content content, int dimension) {}

  /** What a column holds. */
  enum Content {
    DIMENSION,
    MEASURE_NAME,
    COUNT,
    TIME_SERIES,
    BIN,
    TIME,
    FIRST_TIME,
    LAST_TIME,
    VALUE,
    NO_VALUE
  }

  static Selection of(SqlOutline outline, StoredPoints stored) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < outline.columns().size(); i++) {
      columns.add(column(outline.columns().get(i), outline.names().get(i)));
    }
    long[] range = range(outline.bare());
    Matcher bin = BIN.matcher(outline.bare());
    return new Selection(
        columns,
        series(outline, stored),
        range[0],
        range[1],
        bin.find() ? Long.parseLong(bin.group(1)) * millis(bin.group(2)) : 0,
        outline.bare().toUpperCase(Locale.ROOT).contains(" GROUP BY "));
  }

  private static Column column(String expression, String name) {
    String plain = expression.replace("\"", "");
    int dimension = MadeTable.DIMENSIONS.indexOf(plain);
    if (dimension >= 0) {
      return new Column(name, Content.DIMENSION, dimension);
    }
    String lower = plain.toLowerCase(Locale.ROOT).replace(" ", "");
    boolean ofDoubles = lower.contains("measure_value::double");
    Content content =
        switch (lower) {
          case "measure_name" -> Content.MEASURE_NAME;
          case "time" -> Content.TIME;
          case "count(*)", "count(time)", "count(measure_value::double)" -> Content.COUNT;
          case "min(time)" -> Content.FIRST_TIME;
          case "max(time)" -> Content.LAST_TIME;
          case "measure_value::double" -> Content.VALUE;
          case "measure_value::bigint" -> Content.NO_VALUE;
          default -> {
            if (lower.startsWith("create_time_series(time,") && ofDoubles) {
              yield Content.TIME_SERIES;
            }
            if (lower.startsWith("bin(time,")) {
              yield Content.BIN;
            }
            throw invalid("column '%s' is not understood", expression);
          }
        };
    return new Column(name, content, -1);
  }

  private static int[] series(SqlOutline outline, StoredPoints stored) {
    Matcher operator = UNIQUE_OPERATOR.matcher(outline.bare());
    if (operator.find()) {
      int end = Math.min(outline.bare().length(), operator.end() + 20);
      throw invalid("not understood: %s", outline.bare().substring(operator.start(), end));
    }
    boolean metric = !outline.bare().contains("\"measure_name\" ");
    TreeSet<Integer> named = new TreeSet<>();
    for (String literal : outline.literals()) {
      metric |= literal.equals(MadeTable.METRIC);
      Integer series = stored.seriesOf(literal);
      if (series != null) {
        named.add(series);
      }
    }
    if (!metric) {
      return new int[0];
    }
    return named.isEmpty() ? stored.all() : named.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The first and the last millisecond, both inclusive. */
  private static long[] range(String bare) {
    long start = 0;
    long end = Long.MAX_VALUE;
    int found = 0;
    Matcher between = TIME_RANGE.matcher(bare);
    while (between.find()) {
      found++;
      boolean nanos = between.group(1).equalsIgnoreCase("nano");
      start = Math.ceilDiv(Long.parseLong(between.group(2)), nanos ? 1_000_000 : 1);
      end = Long.parseLong(between.group(3)) / (nanos ? 1_000_000 : 1);
    }
    Matcher bound = TIME_BOUND.matcher(bare);
    int bounds = 0;
    while (bound.find()) {
      bounds++;
      boolean nanos = bound.group(2).equalsIgnoreCase("nano");
      long value = Long.parseLong(bound.group(3));
      long least = Math.ceilDiv(value, nanos ? 1_000_000 : 1);
      switch (bound.group(1)) {
        case ">=" -> start = Math.max(start, least);
        case ">" -> start = Math.max(start, (nanos ? value / 1_000_000 : value) + 1);
        case "<=" -> end = Math.min(end, nanos ? value / 1_000_000 : value);
        default -> end = Math.min(end, least - 1);
      }
    }
    if (found > 1 || bounds > 2 || found + bounds == 0) {
      throw invalid("one range of time is needed: %s", bare);
    }
    return new long[] {start, end};
  }

  private static long millis(String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "ms", "millisecond" -> 1;
      case "s", "second" -> 1_000;
      case "m", "minute" -> 60_000;
      case "h", "hour" -> 3_600_000;
      default -> 86_400_000;
    };
  }
}
