// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Expectations.LatencyRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges the requests of one attempt together: down where half of them or more failed, else where
 * the latency of those that succeeded is over its limit. Failures have no latency, so none of their
 * times is in it.
 */
final class RunJudge {

  private RunJudge() {}

  /** Whether half of the requests that are wanted have failed: more of them change nothing. */
  static boolean down(List<Measurement> measurements, int wanted) {
    return 2 * measurements.stream().filter(each -> !each.succeeded()).count() >= wanted;
  }

  /**
   * Why the attempt failed; null where it did not.
   *
   * @param wanted requests; fewer are there where the others could not change anything
   */
  static @Nullable Failure failure(
      List<Measurement> measurements, int wanted, Optional<LatencyRule> rule) {
    List<Failure> failures =
        measurements.stream().flatMap(each -> Stream.ofNullable(each.failure())).toList();
    if (2 * failures.size() >= measurements.size()) {
      Failure first = failures.getFirst();
      int made = measurements.size();
      if (made == 1) {
        return first; // "1 of 1 failed" would only stand before what matters.
      }
      String others = made == wanted ? "" : ", more were not made";
      return new Failure(
          first.errorClass(),
          "%d of %d requests failed%s; the first: %s"
              .formatted(failures.size(), made, others, first.sentence()),
          first.expectation());
    }
    long[] latencies =
        measurements.stream()
            .filter(Measurement::succeeded)
            .mapToLong(Measurement::latencyNanos)
            .sorted()
            .toArray();
    return rule.map(each -> latency(each, latencies)).orElse(null);
  }

  /**
   * Nearest rank: the smallest of the values that so many of a hundred are not above.
   *
   * @param ascending at least one
   */
  static long percentile(long[] ascending, int percent) {
    int rank = Math.ceilDiv(ascending.length * percent, 100);
    return ascending[Math.max(1, rank) - 1];
  }

  private static @Nullable Failure latency(LatencyRule rule, long[] ascending) {
    long nanos =
        switch (rule.of()) {
          case AVERAGE -> average(ascending);
          case P95 -> percentile(ascending, 95);
          case MAXIMUM -> ascending[ascending.length - 1];
        };
    if (nanos <= rule.limit().toNanos()) {
      return null;
    }
    String name =
        switch (rule.of()) {
          case AVERAGE -> "latency average";
          case P95 -> "latency p95";
          case MAXIMUM -> "latency maximum";
        };
    String limit = Deadline.text(rule.limit().toNanos());
    String requests =
        ascending.length == 1 ? "1 request" : "%d requests".formatted(ascending.length);
    return new Failure(
        ErrorClass.LATENCY,
        "the %s of %s is %s, expected at most %s"
            .formatted(name, requests, Deadline.text(nanos), limit),
        "%s <= %s".formatted(name, limit));
  }

  private static long average(long[] ascending) {
    long sum = 0;
    for (long each : ascending) {
      sum += each;
    }
    return sum / ascending.length;
  }
}
