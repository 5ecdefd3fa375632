// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes each call once, to the endpoint that serves its API. Where that one answers that it no
 * longer does, another is found and the call made again at once.
 */
final class SignedUpstream implements Upstream {

  /** A connection that hangs is given up while there is time for another within the sender's. */
  static final Duration WRITE_TIME = Duration.ofSeconds(10);

  /** Timestream keeps a Query call waiting for up to 60 s (AWS API reference, "Query"). */
  static final Duration QUERY_TIME = Duration.ofSeconds(70);

  static final Duration CANCEL_TIME = Duration.ofSeconds(5);

  private final Exchange exchange;
  private final Endpoints endpoints;
  private final InstantSource clock;

  SignedUpstream(Exchange exchange, Endpoints endpoints, InstantSource clock) {
    this.exchange = exchange;
    this.endpoints = endpoints;
    this.clock = clock;
  }

  @Override
  public Answer call(Operation operation, byte[] body, Instant deadline) {
    URI endpoint = endpoints.of(operation.api(), left(deadline));
    Answer answer = exchange.send(endpoint, operation.target(), body, time(operation, deadline));
    if (answer instanceof Answer.Refused refused
        && Failures.kind(refused.errorType()) == Kind.WRONG_ENDPOINT
        && endpoints.forget(operation.api(), endpoint)) {
      endpoint = endpoints.of(operation.api(), left(deadline));
      return exchange.send(endpoint, operation.target(), body, time(operation, deadline));
    }
    return answer;
  }

  private Duration time(Operation operation, Instant deadline) {
    Duration most =
        switch (operation) {
          case WRITE_RECORDS -> WRITE_TIME;
          case QUERY -> QUERY_TIME;
          case CANCEL_QUERY -> CANCEL_TIME;
        };
    Duration left = left(deadline);
    return left.compareTo(most) < 0 ? left : most;
  }

  private Duration left(Instant deadline) {
    Duration left = Duration.between(clock.instant(), deadline);
    if (!left.isPositive()) {
      throw new StoreException(Kind.TIMED_OUT, "the deadline has passed");
    }
    return left;
  }
}
