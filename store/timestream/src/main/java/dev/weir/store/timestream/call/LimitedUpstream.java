// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Lets only so many calls of writing be at work at once; queries pass. A call that is waiting to be
 * repeated is not at work.
 */
final class LimitedUpstream implements Upstream {

  private final Upstream each;
  private final AdaptiveLimit limit;
  private final InstantSource clock;

  LimitedUpstream(Upstream each, AdaptiveLimit limit, InstantSource clock) {
    this.each = each;
    this.limit = limit;
    this.clock = clock;
  }

  @Override
  public Answer call(Operation operation, byte[] body, Instant deadline) {
    if (operation.api() != Operation.Api.WRITE) {
      return each.call(operation, body, deadline);
    }
    AdaptiveLimit.Permit permit = permit(deadline);
    AdaptiveLimit.Ending ending = AdaptiveLimit.Ending.OTHER;
    try {
      Answer answer = each.call(operation, body, deadline);
      ending = ending(answer);
      return answer;
    } catch (StoreException e) {
      if (e.kind() == Kind.THROTTLED) {
        ending = AdaptiveLimit.Ending.THROTTLED;
      }
      throw e;
    } finally {
      permit.release(ending);
    }
  }

  private static AdaptiveLimit.Ending ending(Answer answer) {
    return switch (answer) {
      case Answer.Done _ -> AdaptiveLimit.Ending.TAKEN;
      case Answer.Refused refused ->
          switch (Failures.kind(refused.errorType())) {
            case THROTTLED -> AdaptiveLimit.Ending.THROTTLED;
            // Timestream has looked at the records, so that it took the load.
            case BAD_REQUEST -> AdaptiveLimit.Ending.TAKEN;
            case NOT_FOUND,
                CONFLICT,
                DENIED,
                QUOTA,
                WRONG_ENDPOINT,
                TIMED_OUT,
                CANCELLED,
                UNAVAILABLE,
                INTERNAL ->
                AdaptiveLimit.Ending.OTHER;
          };
    };
  }

  private AdaptiveLimit.Permit permit(Instant deadline) {
    Duration left = Duration.between(clock.instant(), deadline);
    try {
      AdaptiveLimit.Permit permit = limit.acquire(left);
      if (permit != null) {
        return permit;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.CANCELLED, "interrupted", e);
    }
    throw new StoreException(
        Kind.THROTTLED,
        "no place among the %d calls that Timestream takes at once came free in time"
            .formatted(limit.limit()));
  }
}
