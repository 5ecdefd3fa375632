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

  private static final Listing EMPTY =
      new Listing(List.of(), new Conditions(List.of(), List.of(), List.of()), false, 0, 0);

  /** Asks the store for the series of a query. */
  static Listing of(ReadQuery query, TableReader table, int seriesMax) throws BadReadException {
    long start = query.firstMillis();
    long end = query.lastMillis();
    TableColumns columns = table.columns();
    if (query.isEmpty() || columns == null) {
      return EMPTY;
    }
    Conditions conditions = Conditions.of(query.matchers(), columns, Conditions.Values.ALL);
    if (conditions == null || !(columns.hasDoubles() || columns.hasBigints())) {
      return EMPTY;
    }
    List<String> texts = new ArrayList<>(conditions.ofMetric());
    texts.addAll(conditions.ofLabels());
    Collector collector = new Collector(new SeriesFilter(query.matchers(), table), seriesMax);
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

    private final SeriesFilter filter;
    private final int seriesMax;
    private final Map<Labels, ListedSeries> found = new HashMap<>();
    private boolean filtered;

    Collector(SeriesFilter filter, int seriesMax) {
      this.filter = filter;
      this.seriesMax = seriesMax;
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
        if (filter.matches(labels)) {
          found.computeIfAbsent(labels, ListedSeries::new).add(page.measure(row), page.count(row));
        } else {
          filtered = true;
        }
      }
      SeriesFilter.checkCount(found.size(), seriesMax);
    }
  }
}
