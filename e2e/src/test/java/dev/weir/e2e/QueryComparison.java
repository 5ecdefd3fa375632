// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Asks two Prometheus the same and expects the same answer, to the last bit where it can be. */
final class QueryComparison {
  /** Sums depend on the order of additions in the last bits. */
  private static final double RELATIVE = 1e-12;

  private static final int SHOWN_DIFFERENCES = 5;

  private final PromQl expected;
  private final PromQl actual;
  private final long startMillis;
  private final long endMillis;
  private final List<String> differences = new ArrayList<>();
  private int compared;
  private int emptyAnswers;

  QueryComparison(PromQl expected, PromQl actual, long startMillis, long endMillis) {
    this.expected = expected;
    this.actual = actual;
    this.startMillis = startMillis;
    this.endMillis = endMillis;
  }

  /** As a range over the whole time, and at moments at its begin, in it and at its end. */
  void compare(RoundTripQuery query) {
    long quarter = (endMillis - startMillis) / 4;
    if (!query.instantOnly()) {
      judge(
          query,
          "range",
          expected.range(query.text(), startMillis, endMillis),
          actual.range(query.text(), startMillis, endMillis));
    }
    for (long time :
        new long[] {startMillis + 1, startMillis + 2 * quarter, endMillis - quarter, endMillis}) {
      judge(
          query,
          "at " + time,
          expected.instant(query.text(), time),
          actual.instant(query.text(), time));
    }
  }

  private void judge(
      RoundTripQuery query,
      String how,
      Map<String, Map<String, String>> wanted,
      Map<String, Map<String, String>> found) {
    compared++;
    if (wanted.isEmpty()) {
      emptyAnswers++;
    }
    Set<String> allSeries = new TreeSet<>(wanted.keySet());
    allSeries.addAll(found.keySet());
    List<String> lines = new ArrayList<>();
    for (String series : allSeries) {
      differences(query, wanted.get(series), found.get(series))
          .forEach(line -> lines.add(series + line));
    }
    if (!lines.isEmpty()) {
      differences.add(
          "%s (%s): %d series expected, %d found, %d differences:%n    %s"
              .formatted(
                  query.text(),
                  how,
                  wanted.size(),
                  found.size(),
                  lines.size(),
                  String.join(
                      "\n    ", lines.subList(0, Math.min(SHOWN_DIFFERENCES, lines.size())))));
    }
  }

  private static List<String> differences(
      RoundTripQuery query, Map<String, String> wanted, Map<String, String> found) {
    if (wanted == null) {
      return List.of(" must not be there: " + found);
    }
    if (found == null) {
      return List.of(" is missing: " + wanted);
    }
    List<String> lines = new ArrayList<>();
    Set<String> times = new TreeSet<>(wanted.keySet());
    times.addAll(found.keySet());
    for (String time : times) {
      String left = wanted.get(time);
      String right = found.get(time);
      if (left == null || right == null || !same(query, left, right)) {
        lines.add(" at " + time + ": expected " + left + ", found " + right);
      }
    }
    return lines;
  }

  private static boolean same(RoundTripQuery query, String left, String right) {
    if (left.equals(right)) {
      return true;
    }
    if (!query.additions()) {
      return false;
    }
    double wanted = value(left);
    double found = value(right);
    return Math.abs(wanted - found) <= RELATIVE * Math.max(Math.abs(wanted), Math.abs(found));
  }

  private static double value(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  int compared() {
    return compared;
  }

  int emptyAnswers() {
    return emptyAnswers;
  }

  void assertNoDifference() {
    assertThat(differences)
        .withFailMessage(() ->
            "%d of %d comparisons differ:%n%s"
                .formatted(differences.size(), compared, String.join("\n", differences)))
        .isEmpty();
  }
}
