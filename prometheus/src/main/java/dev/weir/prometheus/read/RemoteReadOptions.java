// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How remote read behaves.
 *
 * @param timeout when the whole answer must have been made; Prometheus' own is 1 minute
 * @param retryAfter how long a client waits where the store does not say
 * @param concurrentMax reads at work at one time; more wait, as a dashboard asks for many at once
 * @param concurrentWait how long they wait before they are sent away
 * @param queriesMax queries in one request
 * @param matchersMax matchers in one query
 * @param regexBytesMax length of one regular expression
 * @param seriesMax series that one query may select; their labels are held in memory
 * @param samplesMax samples of an answer of type SAMPLES, as Prometheus' own limit; STREAMED has
 *     none
 * @param sliceSamplesMax samples fetched at one time
 * @param sliceTextMax characters of SQL that may name the series of one slice
 * @param memoryBytesMax bytes of bodies, packed answers and collected samples held at one time
 * @param plan how samples are asked of the store
 */
public record RemoteReadOptions(
    Duration timeout,
    Duration retryAfter,
    int concurrentMax,
    Duration concurrentWait,
    int queriesMax,
    int matchersMax,
    int regexBytesMax,
    int seriesMax,
    long samplesMax,
    int sliceSamplesMax,
    int sliceTextMax,
    long memoryBytesMax,
    ReadPlan plan) {

  public RemoteReadOptions {
    requireNonNull(timeout, "timeout");
    requireNonNull(retryAfter, "retryAfter");
    requireNonNull(concurrentWait, "concurrentWait");
    requireNonNull(plan, "plan");
    if (concurrentMax < 1 || sliceSamplesMax < 1) {
      throw new IllegalArgumentException("concurrent reads and slices must be at least 1");
    }
  }

  /** What holds where nothing is said. */
  public static RemoteReadOptions defaults() {
    return new RemoteReadOptions(
        Duration.ofMinutes(2),
        Duration.ofSeconds(5),
        10,
        Duration.ofSeconds(10),
        100,
        200,
        64 * 1024,
        1_000_000,
        50_000_000,
        256 * 1024,
        200 * 1024,
        256L << 20,
        ReadPlan.listThenSlices());
  }

  public RemoteReadOptions withConcurrent(int max, Duration wait) {
    return new RemoteReadOptions(
        timeout,
        retryAfter,
        max,
        wait,
        queriesMax,
        matchersMax,
        regexBytesMax,
        seriesMax,
        samplesMax,
        sliceSamplesMax,
        sliceTextMax,
        memoryBytesMax,
        plan);
  }

  public RemoteReadOptions withSamplesMax(long max) {
    return new RemoteReadOptions(
        timeout,
        retryAfter,
        concurrentMax,
        concurrentWait,
        queriesMax,
        matchersMax,
        regexBytesMax,
        seriesMax,
        max,
        sliceSamplesMax,
        sliceTextMax,
        memoryBytesMax,
        plan);
  }

  public RemoteReadOptions withSlices(int samplesMaxOfSlice, int textMaxOfSlice) {
    return new RemoteReadOptions(
        timeout,
        retryAfter,
        concurrentMax,
        concurrentWait,
        queriesMax,
        matchersMax,
        regexBytesMax,
        seriesMax,
        samplesMax,
        samplesMaxOfSlice,
        textMaxOfSlice,
        memoryBytesMax,
        plan);
  }

  public RemoteReadOptions withMemory(long bytesMax) {
    return new RemoteReadOptions(
        timeout,
        retryAfter,
        concurrentMax,
        concurrentWait,
        queriesMax,
        matchersMax,
        regexBytesMax,
        seriesMax,
        samplesMax,
        sliceSamplesMax,
        sliceTextMax,
        bytesMax,
        plan);
  }

  public RemoteReadOptions withPlan(ReadPlan newPlan) {
    return new RemoteReadOptions(
        timeout,
        retryAfter,
        concurrentMax,
        concurrentWait,
        queriesMax,
        matchersMax,
        regexBytesMax,
        seriesMax,
        samplesMax,
        sliceSamplesMax,
        sliceTextMax,
        memoryBytesMax,
        newPlan);
  }
}
