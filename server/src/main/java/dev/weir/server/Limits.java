// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import java.time.Duration;

/**
 * What the server takes from outside. Every figure bounds memory, threads or time.
 *
 * @param bodyBytes the largest request body as sent; over it: 413
 * @param bodyBytesInFlight of all bodies together; over it: 503
 * @param concurrentRequests requests that work at once; over it: 503
 * @param connections open connections; over it the next one waits in the kernel's queue
 * @param headerBytes request line and header fields together; over it: 431 or 414
 * @param idleTimeout how long a connection may be silent between requests
 * @param headTimeout how long a new connection may take until its first request head is whole
 * @param answerTimeout how long a receiver may take nothing of an answer that waits for it
 * @param bodyTimeout how long a body may be silent while it is awaited
 * @param bodyGrace how long a body may be slower than {@code bodyBytesPerSecond}, counted over the
 *     time spent waiting for it
 * @param bodyBytesPerSecond the slowest sender that is borne
 */
public record Limits(
    long bodyBytes,
    long bodyBytesInFlight,
    int concurrentRequests,
    int connections,
    int headerBytes,
    Duration idleTimeout,
    Duration headTimeout,
    Duration answerTimeout,
    Duration bodyTimeout,
    Duration bodyGrace,
    long bodyBytesPerSecond) {

  private static final int MIB = 1 << 20;

  public Limits {
    if (bodyBytes < 1
        || bodyBytesInFlight < bodyBytes
        || concurrentRequests < 1
        || connections < 1
        || headerBytes < 1
        || bodyBytesPerSecond < 0) {
      throw new IllegalArgumentException("a limit is out of range");
    }
  }

  /**
   * 32 MiB a body as in the contract for remote write; four such bodies at once, so that a thousand
   * bodies of usual size fit and the memory stays bounded; 16 KiB of headers hold a SigV4 request
   * with a session token; Go's senders keep idle connections for five minutes, so we keep them a
   * little longer and never close one that is about to be used.
   */
  public static Limits standard() {
    return new Limits(
        32L * MIB,
        128L * MIB,
        128,
        4_096,
        16 * 1024,
        Duration.ofSeconds(330),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        1_024);
  }

  /**
   * Of the requests that work at once those of the console's door: three quarters, over it: 503.
   */
  int consoleRequests() {
    return Math.max(1, concurrentRequests * 3 / 4);
  }

  public Limits withBodyBytes(long most) {
    return new Limits(
        most,
        Math.max(most, bodyBytesInFlight),
        concurrentRequests,
        connections,
        headerBytes,
        idleTimeout,
        headTimeout,
        answerTimeout,
        bodyTimeout,
        bodyGrace,
        bodyBytesPerSecond);
  }

  public Limits withConcurrentRequests(int most) {
    return new Limits(
        bodyBytes,
        bodyBytesInFlight,
        most,
        connections,
        headerBytes,
        idleTimeout,
        headTimeout,
        answerTimeout,
        bodyTimeout,
        bodyGrace,
        bodyBytesPerSecond);
  }

  public Limits withBodyBytesInFlight(long most) {
    return new Limits(
        bodyBytes,
        most,
        concurrentRequests,
        connections,
        headerBytes,
        idleTimeout,
        headTimeout,
        answerTimeout,
        bodyTimeout,
        bodyGrace,
        bodyBytesPerSecond);
  }

  public Limits withSlowBody(Duration timeout, Duration grace, long bytesPerSecond) {
    return new Limits(
        bodyBytes,
        bodyBytesInFlight,
        concurrentRequests,
        connections,
        headerBytes,
        idleTimeout,
        headTimeout,
        answerTimeout,
        timeout,
        grace,
        bytesPerSecond);
  }

  public Limits withIdleTimeout(Duration timeout) {
    return new Limits(
        bodyBytes,
        bodyBytesInFlight,
        concurrentRequests,
        connections,
        headerBytes,
        timeout,
        headTimeout,
        answerTimeout,
        bodyTimeout,
        bodyGrace,
        bodyBytesPerSecond);
  }

  public Limits withAnswerTimeout(Duration timeout) {
    return new Limits(
        bodyBytes,
        bodyBytesInFlight,
        concurrentRequests,
        connections,
        headerBytes,
        idleTimeout,
        headTimeout,
        timeout,
        bodyTimeout,
        bodyGrace,
        bodyBytesPerSecond);
  }

  public Limits withHeadTimeout(Duration timeout) {
    return new Limits(
        bodyBytes,
        bodyBytesInFlight,
        concurrentRequests,
        connections,
        headerBytes,
        idleTimeout,
        timeout,
        answerTimeout,
        bodyTimeout,
        bodyGrace,
        bodyBytesPerSecond);
  }
}
