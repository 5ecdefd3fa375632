// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import dev.weir.store.timestream.cause.Cause;
import dev.weir.store.timestream.cause.RefusalCauses;
import java.time.Instant;
import java.util.Optional;

/**
 * What an endpoint answered.
 *
 * @param status of HTTP
 * @param date of its clock, where it tells it
 * @param errorType the exception's name on the wire; empty where there is none
 * @param body of the answer
 */
record Reply(int status, Optional<Instant> date, String errorType, JsonTree body) {

  private static final int OK = 200;

  boolean isDone() {
    return status == OK && errorType.isEmpty();
  }

  boolean is(String type) {
    return errorType.equals(type);
  }

  String message() {
    String upper = body.text("Message");
    return upper.isEmpty() ? body.text("message") : upper;
  }

  Cause cause() {
    return errorType.isEmpty() && message().isEmpty()
        ? new Cause(
            "it answered status %d, which is no answer of Timestream's".formatted(status),
            "see whether a proxy or something else is at that address")
        : RefusalCauses.of(errorType, message());
  }
}
