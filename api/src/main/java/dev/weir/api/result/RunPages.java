// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import dev.weir.api.call.QueryParameters;
import dev.weir.query.SqlText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs one by one, newest first. A page goes back in windows that grow until it is full, so that
 * the newest runs cost no look at all the others.
 */
final class RunPages {

  /** What a run came to; the words of the parameter {@code outcome}. */
  enum Outcome {
    UP("endpoint_up"),
    DOWN("NOT endpoint_up AND NOT doubtful"),
    DOUBTFUL("NOT endpoint_up AND doubtful"),
    MISSED("requests = 0");

    private final String condition;

    Outcome(String condition) {
      this.condition = condition;
    }

    String spelling() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Where a page ends: that run, of which the next page has none.
   *
   * @param nanos since the epoch
   */
  record Place(long nanos, String region) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,19})~([A-Za-z0-9._-]{1,63})");

    static Place of(String text) {
      Matcher matcher = FORM.matcher(text);
      try {
        if (matcher.matches()) {
          return new Place(Long.parseLong(matcher.group(1)), matcher.group(2));
        }
      } catch (NumberFormatException _) {
        // told below
      }
      throw QueryParameters.refusal(
          "after is the next of a page, not '%s'".formatted(QueryParameters.shown(text)));
    }

    @Override
    public String toString() {
      return nanos + "~" + region;
    }

    /** The first moment of which this page has nothing but perhaps this place's own. */
    Instant end() {
      return Instant.ofEpochSecond(0, nanos).plusMillis(1);
    }
  }

  /** One page. */
  record Page(List<CheckRun> runs, Optional<Place> next) {}

  /** The first window is as long as the runs of a page and a half may take. */
  private static final double WINDOW_PAGES = 1.5;

  /** A statement costs more than the runs of some hours. */
  private static final Duration WINDOW_MIN = Duration.ofHours(6);

  private static final int WINDOW_GROWTH = 16;

  private static final List<String> COLUMNS =
      List.of(
          "endpoint_up",
          "latency",
          "latency_min",
          "latency_max",
          "latency_p50",
          "latency_p95",
          "status_code",
          "error_class",
          "error_message",
          "failed_expectation",
          "phase_dns",
          "phase_connect",
          "phase_tls",
          "phase_send",
          "phase_wait",
          "phase_body",
          "requests",
          "failed_requests",
          "attempts",
          "schedule_lag",
          "certificate_days",
          "address",
          "content_bytes",
          "doubtful");

  private final StoredRows rows;
  private final CheckSource source;

  RunPages(StoredRows rows, CheckSource source) {
    this.rows = rows;
    this.source = source;
  }

  /**
   * The page behind a place, or the first.
   *
   * @param outcome null for all
   */
  Page page(TimeRange range, @Nullable Outcome outcome, @Nullable Place after, int limit) {
    List<CheckRun> runs = new ArrayList<>();
    if (outcome != null && outcome != Outcome.MISSED && !source.hasRuns()) {
      return new Page(runs, Optional.empty());
    }
    Instant end = range.to();
    if (after != null && after.end().isBefore(end)) {
      end = after.end();
    }
    Duration window = firstWindow(limit);
    while (runs.size() <= limit && end.isAfter(range.from())) {
      Instant start = end.minus(window);
      if (start.isBefore(range.from())) {
        start = range.from();
      }
      read(start, end, outcome, after, limit + 1 - runs.size(), runs);
      end = start;
      window = window.multipliedBy(WINDOW_GROWTH);
    }
    if (runs.size() <= limit) {
      return new Page(runs, Optional.empty());
    }
    runs.removeLast(); // it was asked for to know whether there are more
    return new Page(runs, Optional.of(runs.getLast().place()));
  }

  private Duration firstWindow(int limit) {
    int regions = source.region() == null ? source.site().regions().size() : 1;
    double slots = Math.ceil(WINDOW_PAGES * limit / regions);
    Duration window = source.site().interval().multipliedBy((long) slots);
    return window.compareTo(WINDOW_MIN) < 0 ? WINDOW_MIN : window;
  }

  private void read(
      Instant from,
      Instant to,
      @Nullable Outcome outcome,
      @Nullable Place after,
      int limit,
      List<CheckRun> runs) {
    SqlText sql = new SqlText().raw("SELECT time, region");
    for (String column : COLUMNS) {
      if (source.has(column)) {
        sql.raw(", ").identifier(column);
      }
    }
    source.from(sql, from, to);
    if (outcome != null) {
      sql.raw(" AND ").raw(outcome.condition);
    }
    if (after != null) {
      sql.raw(" AND (time < from_nanoseconds(")
          .number(after.nanos())
          .raw(") OR (time = from_nanoseconds(")
          .number(after.nanos())
          .raw(") AND region > ")
          .literal(after.region())
          .raw("))");
    }
    sql.raw(" ORDER BY time DESC, region LIMIT ").number(limit);
    rows.forEach(sql, row -> runs.add(CheckRun.of(row)));
  }
}
