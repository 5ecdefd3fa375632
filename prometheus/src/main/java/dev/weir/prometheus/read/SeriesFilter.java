// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks every matcher of a query of the series that the store gave. Not thread-safe. */
final class SeriesFilter {

  private final List<LabelMatcher> matchers;
  private final TableReader table;
  private final List<Map<String, Boolean>> answers = new ArrayList<>();

  SeriesFilter(List<LabelMatcher> matchers, TableReader table) {
    this.matchers = matchers;
    this.table = table;
    matchers.forEach(_ -> answers.add(new HashMap<>()));
  }

  /** Whether a series fits. A regular expression is asked once for each value that it meets. */
  boolean matches(Labels labels) {
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

  /** Ends a query that selects more series than are held. */
  static void checkCount(int found, int seriesMax) throws BadReadException {
    if (found > seriesMax) {
      throw new BadReadException(
          "query selects more than " + seriesMax + " series; use narrower matchers");
    }
  }

  private boolean inTime(LabelMatcher matcher, String value) {
    table.checkTime();
    return matcher.matches(value);
  }
}
