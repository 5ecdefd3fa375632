// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Makes a call again where that may mend it soon: Timestream is throttling, has a fault, or could
 * not be reached. Denied and missing things take a person, so that those are told at once. All of
 * Timestream's operations that are called may be repeated: a record that is written twice is
 * written once (AWS developer guide, "Writes").
 *
 * <p>Between attempts there is a random pause, up to a limit that doubles each time, so that
 * senders who were refused together do not come back together. No pause reaches past the deadline:
 * the last failure is then told in its stead.
 */
final class PatientUpstream implements Upstream {

  /** The limit of the first pause after a failure. */
  static final Duration PAUSE_FIRST = Duration.ofMillis(50);

  /** The limit of the first pause after throttling: others need the time. */
  static final Duration PAUSE_THROTTLED = Duration.ofMillis(250);

  static final Duration PAUSE_MAX = Duration.ofSeconds(5);

  /** Waits; an interrupt ends it. */
  interface Pause {
    void take(Duration time) throws InterruptedException;
  }

  private final Upstream each;
  private final Effort effort;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Pause pause;

  /**
   * Repeats calls.
   *
   * @param each makes one attempt
   * @param random thread-safe
   */
  PatientUpstream(
      Upstream each, Effort effort, InstantSource clock, RandomGenerator random, Pause pause) {
    this.each = each;
    this.effort = effort;
    this.clock = clock;
    this.random = random;
    this.pause = pause;
  }

  @Override
  public Answer call(Operation operation, byte[] body, Instant deadline) {
    int attemptsMax = effort.attemptsMax(operation.api());
    for (int attempt = 1; ; attempt++) {
      boolean last = attempt == attemptsMax;
      try {
        Answer answer = each.call(operation, body, deadline);
        if (last
            || !(answer instanceof Answer.Refused refused)
            || !wait(Failures.kind(refused.errorType()), attempt, deadline)) {
          return answer;
        }
      } catch (StoreException e) {
        if (last || !wait(e.kind(), attempt, deadline)) {
          throw e;
        }
      }
    }
  }

  /** Waits before the next attempt; false where there is to be none. */
  private boolean wait(Kind kind, int attempt, Instant deadline) {
    Duration limit =
        switch (kind) {
          case THROTTLED -> PAUSE_THROTTLED;
          case UNAVAILABLE, TIMED_OUT -> PAUSE_FIRST;
          case BAD_REQUEST,
              NOT_FOUND,
              CONFLICT,
              DENIED,
              QUOTA,
              WRONG_ENDPOINT,
              CANCELLED,
              INTERNAL ->
              Duration.ZERO;
        };
    if (limit.isZero()) {
      return false;
    }
    // 2^16 of either is far over the most.
    long most = Math.min(limit.toNanos() << Math.min(attempt - 1, 16), PAUSE_MAX.toNanos());
    Duration time = Duration.ofNanos(random.nextLong(most));
    if (!clock.instant().plus(time).isBefore(deadline)) {
      return false;
    }
    try {
      pause.take(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.CANCELLED, "interrupted", e);
    }
  }
}
