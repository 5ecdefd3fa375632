// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.rollup;

/**
 * What a site's runs in one region come to, over one hour or several.
 *
 * @param runs slots that were run
 * @param up runs that found the site up
 * @param failed runs that found it down, the doubtful ones included
 * @param missed records of missed slots; one may stand for many after a pause
 * @param doubtful failed runs that may be on our own side
 * @param requests of all runs
 * @param failedRequests those of them that failed
 * @param latencySeconds sum over the runs that have a latency, {@code latency.count()} of them
 * @param lagSeconds sum over all runs of how much later than meant they began
 * @param lagMaxSeconds the greatest of these
 */
public record HourlySums(
    long runs,
    long up,
    long failed,
    long missed,
    long doubtful,
    long requests,
    long failedRequests,
    double latencySeconds,
    double lagSeconds,
    double lagMaxSeconds,
    LatencyHistogram latency) {

  public static final HourlySums NONE =
      new HourlySums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, LatencyHistogram.EMPTY);

  public HourlySums plus(HourlySums other) {
    return new HourlySums(
        runs + other.runs,
        up + other.up,
        failed + other.failed,
        missed + other.missed,
        doubtful + other.doubtful,
        requests + other.requests,
        failedRequests + other.failedRequests,
        latencySeconds + other.latencySeconds,
        lagSeconds + other.lagSeconds,
        Math.max(lagMaxSeconds, other.lagMaxSeconds),
        latency.plus(other.latency));
  }

  HourlySums plus(LatencyHistogram bucket) {
    return plus(new HourlySums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, bucket));
  }
}
