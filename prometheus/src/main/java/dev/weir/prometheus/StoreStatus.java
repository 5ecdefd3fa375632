// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import dev.weir.exchange.Response;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.util.Objects;

/**
 * The one place where a store's failure becomes a status. A sender drops what is answered 4xx, so
 * whatever may succeed later is answered 5xx; 429 only where the operator asked for it.
 *
 * @param throttleStatus 503 or 429, for a throttled store and for our own limits
 * @param retryAfter how long to wait where the store does not say
 */
public record StoreStatus(int throttleStatus, Duration retryAfter) {

  public StoreStatus {
    if (throttleStatus != 503 && throttleStatus != 429) {
      throw new IllegalArgumentException(
          "throttle status must be 503 or 429, not " + throttleStatus);
    }
    if (retryAfter.isNegative()) {
      throw new IllegalArgumentException("retry after " + retryAfter);
    }
  }

  /** The answer to a failed store call. */
  public Response answer(StoreException failure) {
    return switch (failure.kind()) {
      case BAD_REQUEST, CONFLICT -> Response.text(400, text(failure));
      case THROTTLED -> later(throttleStatus, failure);
      case NOT_FOUND, DENIED, QUOTA, WRONG_ENDPOINT, TIMED_OUT, CANCELLED, UNAVAILABLE, INTERNAL ->
          later(503, failure);
    };
  }

  /** The answer where a limit of our own is reached for the moment. */
  public Response busy(String message) {
    return answer(new StoreException(Kind.THROTTLED, message));
  }

  private static String text(StoreException failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.kind().name());
  }

  private Response later(int status, StoreException failure) {
    Duration wait = failure.retryAfter().orElse(retryAfter);
    long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    return Response.text(status, text(failure)).with("Retry-After", Long.toString(seconds));
  }
}
