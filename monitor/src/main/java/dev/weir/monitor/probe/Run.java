// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a site's check, judged.
 *
 * @param measurements the requests of the attempt that counts, in order, at least one
 * @param attempts how many attempts were made until the run counted
 * @param failure null where the site is up
 * @param doubtful whether our own side may be broken: the failure says nothing of the site
 */
public record Run(
    List<Measurement> measurements, int attempts, @Nullable Failure failure, boolean doubtful) {

  public Run {
    measurements = List.copyOf(measurements);
    if (measurements.isEmpty() || attempts < 1) {
      throw new IllegalArgumentException("a run has a request and an attempt");
    }
  }

  public boolean up() {
    return failure == null;
  }

  /** Requests that failed; their times are no latencies. */
  public int failedRequests() {
    return (int) measurements.stream().filter(each -> !each.succeeded()).count();
  }

  /** Latencies of the successful requests, ascending, in nanoseconds. */
  public long[] latenciesNanos() {
    return measurements.stream()
        .filter(Measurement::succeeded)
        .mapToLong(Measurement::latencyNanos)
        .sorted()
        .toArray();
  }

  /** The same run, its failure marked as perhaps our own. */
  public Run doubted() {
    return new Run(measurements, attempts, failure, true);
  }
}
