// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The series that a query selects, sorted as Prometheus sorts them.
 *
 * @param conditions what was asked of the store
 * @param filtered whether the store gave series that do not match
 */
record Listing(
    List<ListedSeries> series,
    Conditions conditions,
    boolean filtered,
    long startMillis,
    long endMillis) {

  /** The last millisecond that nanoseconds can say. */
  private static final long EPOCH_MILLIS_MAX = Long.MAX_VALUE / 1_000_000;

  private static final Listing EMPTY =
      new Listing(List.of(), new Conditions(List.of(), List.of(), List.of()), false, 0, 0);

  /** Asks the store for the series of a query. */
  static Listing of(ReadQuery query, TableReader table, int seriesMax) throws BadReadException {
    // Clients ask for all time with extreme values; Timestream has no time before 1970.
    long start = Math.max(0, query.startMillis());
    long end = Math.min(EPOCH_MILLIS_MAX, query.endMillis());
    TableColumns columns = table.columns();
    if (query.matchers().isEmpty() || start > end || columns == null) {
      return EMPTY;
    }
    Conditions conditions = Conditions.of(query.matchers(), columns);
    if (conditions == null || !(columns.hasDoubles() || columns.hasBigints())) {
      return EMPTY;
    }
    List<String> texts = new ArrayList<>(conditions.ofMetric());
    texts.addAll(conditions.ofLabels());
    Collector collector = new Collector(query.matchers(), table, seriesMax);
    table.run((statements, _) -> statements.list(texts, start, end), collector);
    List<ListedSeries> series = new ArrayList<>(collector.found.values());
    series.sort(Comparator.comparing(ListedSeries::labels));
    return new Listing(series, conditions, collector.filtered, start, end);
  }

  /** All samples of all series. */
  long samples() {
    return series.stream().mapToLong(ListedSeries::samples).sum();
  }

  /** Keeps the rows that match. */
  private static final class Collector implements TableReader.Rows {

    private final List<LabelMatcher> matchers;
    private final List<Map<String, Boolean>> answers = new ArrayList<>();
    private final TableReader table;
    private final int seriesMax;
    private final Map<Labels, ListedSeries> found = new HashMap<>();
    private boolean filtered;

    Collector(List<LabelMatcher> matchers, TableReader table, int seriesMax) {
      this.matchers = matchers;
      this.table = table;
      this.seriesMax = seriesMax;
      matchers.forEach(_ -> answers.add(new HashMap<>()));
    }

    @Override
    public void restart() {
      found.clear();
      filtered = false;
    }

    @Override
    public void accept(PageRows page) throws BadReadException {
      for (int row = 0; row < page.rowCount(); row++) {
        Labels labels = page.labels(row);
        if (matches(labels)) {
          found.computeIfAbsent(labels, ListedSeries::new).add(page.measure(row), page.count(row));
        } else {
          filtered = true;
        }
      }
      if (found.size() > seriesMax) {
        throw new BadReadException(
            "query selects more than " + seriesMax + " series; use narrower matchers");
      }
    }

    /** A regular expression is asked once for each value that it meets. */
    private boolean matches(Labels labels) {
      for (int i = 0; i < matchers.size(); i++) {
        LabelMatcher matcher = matchers.get(i);
        String value = labels.value(matcher.name());
        boolean matches =
            matcher.isRegex()
                ? answers.get(i).computeIfAbsent(value, text -> inTime(matcher, text))
                : matcher.matches(value);
        if (!matches) {
          return false;
        }
      }
      return true;
    }

    private boolean inTime(LabelMatcher matcher, String value) {
      table.checkTime();
      return matcher.matches(value);
    }
  }
}
