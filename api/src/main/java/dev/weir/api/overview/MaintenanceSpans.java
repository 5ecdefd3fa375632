// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.monitor.check.MaintenanceWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The times of maintenance windows, one after another and apart. */
final class MaintenanceSpans {

  private MaintenanceSpans() {}

  /**
   * A time.
   *
   * @param start inclusive
   * @param end exclusive
   */
  record Span(Instant start, Instant end) {}

  /** What of these windows lies between two moments. */
  static List<Span> of(List<MaintenanceWindow> windows, Instant from, Instant to) {
    List<Span> spans = new ArrayList<>();
    for (MaintenanceWindow window : windows) {
      switch (window) {
        case MaintenanceWindow.Once once ->
            add(spans, new Span(once.start(), once.end()), from, to);
        case MaintenanceWindow.Weekly weekly -> {
          // One that began the day before may reach into the first.
          LocalDate day = from.atZone(weekly.zone()).toLocalDate().minusDays(1);
          LocalDate last = to.atZone(weekly.zone()).toLocalDate();
          for (; !day.isAfter(last); day = day.plusDays(1)) {
            if (weekly.days().contains(day.getDayOfWeek())) {
              Instant start = day.atTime(weekly.start()).atZone(weekly.zone()).toInstant();
              add(spans, new Span(start, start.plus(weekly.length())), from, to);
            }
          }
        }
      }
    }
    return apart(spans);
  }

  private static void add(List<Span> spans, Span span, Instant from, Instant to) {
    Instant start = span.start.isBefore(from) ? from : span.start;
    Instant end = span.end.isAfter(to) ? to : span.end;
    if (start.isBefore(end)) {
      spans.add(new Span(start, end));
    }
  }

  private static List<Span> apart(List<Span> spans) {
    spans.sort(Comparator.comparing(Span::start));
    List<Span> apart = new ArrayList<>();
    for (Span span : spans) {
      if (apart.isEmpty() || apart.getLast().end.isBefore(span.start)) {
        apart.add(span);
      } else if (span.end.isAfter(apart.getLast().end)) {
        apart.add(new Span(apart.removeLast().start, span.end));
      }
    }
    return apart;
  }
}
