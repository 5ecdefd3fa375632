// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.function;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
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

  private static final int PATTERNS_MAX = 1_000;

  private final long number;
  private final BooleanSupplier cancelled;
  private final Runnable onClose;
  private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

  QueryCalls(long number, BooleanSupplier cancelled, Runnable onClose) {
    this.number = number;
    this.cancelled = cancelled;
    this.onClose = onClose;
  }

  /** The SQL with this query's number in all calls. */
  public String bind(String sql) {
    return sql.replace(PLACE, number + "::BIGINT").replace(QUIET_PLACE, -number + "::BIGINT");
  }

  /** SQL in which every call of a Java function gives NULL where it would fail. */
  public static String quiet(String sql) {
    return sql.replace(PLACE, QUIET_PLACE);
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

  /** The compiled form of a regular expression, kept for the next rows. */
  public Pattern pattern(String regex) {
    Pattern known = patterns.get(regex);
    if (known != null) {
      return known;
    }
    try {
      Pattern compiled = Pattern.compile(regex);
      if (patterns.size() < PATTERNS_MAX) {
        patterns.put(regex, compiled);
      }
      return compiled;
    } catch (PatternSyntaxException e) {
      throw new BadValueException("Invalid regular expression: " + e.getDescription());
    }
  }

  @Override
  public void close() {
    onClose.run();
  }
}
