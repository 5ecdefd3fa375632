// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How remote write behaves.
 *
 * @param failOnLongLabel refuse series with long names (400) where 1.0 otherwise drops and counts
 * @param failOnInvalidSampleValue refuse values that are not finite (400), whatever the next says
 * @param nonFiniteSamples what becomes of values that are not finite
 * @param throttleStatus 503, or 429 for senders that retry on it
 * @param timeout when a store must have answered; below Prometheus' remote_timeout of 30 s
 * @param retryAfter how long a sender waits where the store does not say
 * @param memoryBytesMax bytes of bodies, packed and unpacked, in work at one time; more wait
 * @param memoryWait how long they wait
 * @param cachedSeriesMax series remembered by the bytes of their labels
 * @param cachedBytesMax about how much memory those hold
 */
public record RemoteWriteOptions(
    boolean failOnLongLabel,
    boolean failOnInvalidSampleValue,
    NonFiniteSamples nonFiniteSamples,
    int throttleStatus,
    Duration timeout,
    Duration retryAfter,
    long memoryBytesMax,
    Duration memoryWait,
    int cachedSeriesMax,
    long cachedBytesMax) {

  public RemoteWriteOptions {
    requireNonNull(nonFiniteSamples, "nonFiniteSamples");
    requireNonNull(timeout, "timeout");
    requireNonNull(retryAfter, "retryAfter");
    requireNonNull(memoryWait, "memoryWait");
    if (throttleStatus != 503 && throttleStatus != 429) {
      throw new IllegalArgumentException(
          "throttle status must be 503 or 429, not " + throttleStatus);
    }
  }

  /** What holds where nothing is said. */
  public static RemoteWriteOptions defaults() {
    return new RemoteWriteOptions(
        false,
        false,
        NonFiniteSamples.STORE,
        503,
        Duration.ofSeconds(25),
        Duration.ofSeconds(5),
        192L << 20,
        Duration.ofSeconds(2),
        1 << 20,
        192L << 20);
  }

  public RemoteWriteOptions withFailOnLongLabel(boolean fail) {
    return new RemoteWriteOptions(
        fail,
        failOnInvalidSampleValue,
        nonFiniteSamples,
        throttleStatus,
        timeout,
        retryAfter,
        memoryBytesMax,
        memoryWait,
        cachedSeriesMax,
        cachedBytesMax);
  }

  public RemoteWriteOptions withFailOnInvalidSampleValue(boolean fail) {
    return new RemoteWriteOptions(
        failOnLongLabel,
        fail,
        nonFiniteSamples,
        throttleStatus,
        timeout,
        retryAfter,
        memoryBytesMax,
        memoryWait,
        cachedSeriesMax,
        cachedBytesMax);
  }

  public RemoteWriteOptions withNonFiniteSamples(NonFiniteSamples what) {
    return new RemoteWriteOptions(
        failOnLongLabel,
        failOnInvalidSampleValue,
        what,
        throttleStatus,
        timeout,
        retryAfter,
        memoryBytesMax,
        memoryWait,
        cachedSeriesMax,
        cachedBytesMax);
  }

  public RemoteWriteOptions withThrottleStatus(int status) {
    return new RemoteWriteOptions(
        failOnLongLabel,
        failOnInvalidSampleValue,
        nonFiniteSamples,
        status,
        timeout,
        retryAfter,
        memoryBytesMax,
        memoryWait,
        cachedSeriesMax,
        cachedBytesMax);
  }

  public RemoteWriteOptions withMemory(long bytesMax, Duration wait) {
    return new RemoteWriteOptions(
        failOnLongLabel,
        failOnInvalidSampleValue,
        nonFiniteSamples,
        throttleStatus,
        timeout,
        retryAfter,
        bytesMax,
        wait,
        cachedSeriesMax,
        cachedBytesMax);
  }

  public RemoteWriteOptions withCachedBytesMax(long bytes) {
    return new RemoteWriteOptions(
        failOnLongLabel,
        failOnInvalidSampleValue,
        nonFiniteSamples,
        throttleStatus,
        timeout,
        retryAfter,
        memoryBytesMax,
        memoryWait,
        cachedSeriesMax,
        bytes);
  }
}
