// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What the calls of one query share. Thread-safe; close it when no statement runs any more. */
public final class QueryCalls implements AutoCloseable {

  /**
   * Stands for the query's number in SQL that is not bound yet. No literal can hold it: the
   * engine's SQL has no zero byte in it otherwise.
   */
  static final String PLACE = "\0+";

  /** The same where errors are to become NULL. */
  private static final String QUIET_PLACE = "\0-";

  /** A place, its sign and its salt. */
  private static final Pattern PLACES = Pattern.compile("\0([+-])(?:(\\d+);)?");

  private static final Pattern UNSALTED = Pattern.compile("\0[+-](?!\\d)");
  private static final int NUMBER_BITS = 40;
  private static final int SALT_MASK = (1 << 22) - 1;

  private static final int PATTERNS_MAX = 1_000;

  /**
   * Elements of arrays at most that the lambdas of a query make, 400 MB of numbers: what a list
   * holds while it grows is not part of the engine's memory limit.
   */
  static final long ELEMENTS_MAX = 50_000_000;

  private final AtomicLong elements = new AtomicLong();
  private final long number;
  private final BooleanSupplier cancelled;
  private final Runnable onClose;
  private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();
  private final Map<String, TimePattern> mysqlPatterns = new ConcurrentHashMap<>();
  private final Map<String, TimePattern> jodaPatterns = new ConcurrentHashMap<>();

  QueryCalls(long number, BooleanSupplier cancelled, Runnable onClose) {
    this.number = number;
    this.cancelled = cancelled;
    this.onClose = onClose;
  }

  /** The SQL with this query's number in all calls. */
  public String bind(String sql) {
    Matcher places = PLACES.matcher(sql);
    return places.replaceAll(place -> {
      long salt = place.group(2) == null ? 0 : Long.parseLong(place.group(2));
      String sign = place.group(1).equals("-") ? "-" : "";
      return sign + (number | salt << NUMBER_BITS) + "::BIGINT";
    });
  }

  /**
   * SQL in which no call of a Java function is equal to one anywhere else, except in a text that is
   * equal as a whole. The engine computes what is equal once, and would so take it out of TRY.
   */
  public static String unlike(String sql) {
    int[] count = new int[1];
    return UNSALTED
        .matcher(sql)
        .replaceAll(place -> {
          int salt = (sql.hashCode() * 31 + count[0]++) & SALT_MASK;
          return place.group() + salt + ";";
        });
  }

  /** The number of a query in what a function was given for it. */
  static long number(long bound) {
    return Math.abs(bound) & ((1L << NUMBER_BITS) - 1);
  }

  /** SQL in which every call of a Java function gives NULL where it would fail. */
  public static String quiet(String sql) {
    return sql.replace(PLACE, QUIET_PLACE);
  }

  /** The same for the outermost call only; its arguments fail as before. */
  public static String quietCall(String sql) {
    int place = sql.indexOf(PLACE);
    return sql.substring(0, place) + QUIET_PLACE + sql.substring(place + PLACE.length());
  }

  /** Whether the query was cancelled or has passed its deadline. */
  public boolean cancelled() {
    return cancelled.getAsBoolean();
  }

  /** Throws when the query was cancelled; to be called about every millisecond. */
  public void checkCancelled() {
    if (cancelled()) {
      throw new BadValueException("the query was cancelled");
    }
  }

  /** A text for a regular expression: reading it throws when the query was cancelled. */
  public CharSequence watched(String text) {
    return new WatchedText(text, this);
  }

  /** The compiled form of a regular expression, kept for the next rows. */
  public Pattern pattern(String regex) {
    return kept(patterns, regex, QueryCalls::compile);
  }

  /** The compiled form of a pattern of date_format. */
  TimePattern mysqlPattern(String format) {
    return kept(mysqlPatterns, format, TimePatternSyntax::mysql);
  }

  /** The compiled form of a pattern of format_datetime. */
  TimePattern jodaPattern(String pattern) {
    return kept(jodaPatterns, pattern, TimePatternSyntax::joda);
  }

  private static Pattern compile(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new BadValueException("Invalid regular expression: " + e.getDescription());
    }
  }

  private static <T> T kept(Map<String, T> known, String text, Function<String, T> compiler) {
    T found = known.get(text);
    if (found != null) {
      return found;
    }
    T compiled = compiler.apply(text);
    if (known.size() < PATTERNS_MAX) {
      known.put(text, compiled);
    }
    return compiled;
  }

  /** Counts elements that lambdas make; throws when there are too many. */
  void countElements(long count) {
    if (elements.addAndGet(count) > ELEMENTS_MAX) {
      throw new BadValueException(
          "the lambdas of this query make more than %d elements of arrays".formatted(ELEMENTS_MAX));
    }
  }

  @Override
  public void close() {
    onClose.run();
  }
}
