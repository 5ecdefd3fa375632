// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Detail;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.timestream.call.UpstreamListener.Side;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log why calls of Timestream fail: one line a minute for each class of failure, with
 * its cause. Thread-safe.
 */
final class UpstreamWarnings {

  /** Reasons come from outside. */
  private static final int REASON_CHARS_MAX = 400;

  private final Logger log;
  private final Map<Side, Map<Kind, MinuteWarning>> failures = new EnumMap<>(Side.class);
  private final MinuteWarning rejections;
  private final MinuteWarning clockOff;

  UpstreamWarnings(InstantSource clock) {
    this(LoggerFactory.getLogger("dev.weir.timestream"), clock);
  }

  UpstreamWarnings(Logger log, InstantSource clock) {
    this.log = log;
    for (Side side : Side.values()) {
      Map<Kind, MinuteWarning> byKind = new EnumMap<>(Kind.class);
      for (Kind kind : Kind.values()) {
        byKind.put(kind, new MinuteWarning(log, clock, message(side, kind)));
      }
      failures.put(side, byKind);
    }
    rejections =
        new MinuteWarning(log, clock, "Timestream rejected records; their senders were told");
    clockOff =
        new MinuteWarning(
            log, clock, "This machine's clock is wrong; calls are signed by Amazon's clock");
  }

  /** A call failed for good as far as the request is concerned. */
  void failed(Side side, StoreException failure) {
    if (isExpected(failure)) {
      log.debug("a call of Timestream ended without a result", failure);
      return;
    }
    Map<Kind, MinuteWarning> byKind = failures.get(side);
    MinuteWarning warning = byKind == null ? null : byKind.get(failure.kind());
    if (warning != null) {
      warning.warn(reason(failure.getMessage()));
    }
  }

  /** Some points of a request were refused for good. */
  void rejected(List<Rejection> rejected) {
    if (!rejected.isEmpty()) {
      rejections.warn(
          reason(
              "%d of one request, the first: %s"
                  .formatted(rejected.size(), rejected.getFirst().message())));
    }
  }

  /** Signatures had to be corrected. */
  void clockOff(Duration by) {
    clockOff.warn("it is " + by.abs().toSeconds() + " s " + (by.isNegative() ? "ahead" : "behind"));
  }

  /** Who asked has gone, or the query is asked in another way. */
  private static boolean isExpected(StoreException failure) {
    Detail detail = failure.detail().orElse(null);
    return failure.kind() == Kind.CANCELLED
        || detail == Detail.ROW_TOO_LARGE
        || detail == Detail.UNKNOWN_COLUMN;
  }

  /**
   * The first line: what follows it in the answer to a wrong signature is the request that Amazon
   * saw, session token and all.
   */
  private static String reason(@Nullable String message) {
    String line = message == null ? "no reason given" : message.lines().findFirst().orElse("");
    return line.length() <= REASON_CHARS_MAX ? line : line.substring(0, REASON_CHARS_MAX) + "…";
  }

  private static String message(Side side, Kind kind) {
    String call =
        switch (side) {
          case WRITE -> "Writing to Timestream failed";
          case READ -> "Reading from Timestream failed";
        };
    return call + ": " + cause(kind);
  }

  private static String cause(Kind kind) {
    return switch (kind) {
      case BAD_REQUEST, CONFLICT -> "it can't take the request";
      case NOT_FOUND -> "the database or the table is missing";
      case DENIED -> "the credentials are wrong, expired, or lack a right";
      case QUOTA -> "a quota of the account is used up";
      case WRONG_ENDPOINT -> "the endpoint does not serve this account; is it another cell's?";
      case THROTTLED -> "it asks for fewer calls";
      case TIMED_OUT -> "there was no answer in time";
      case CANCELLED -> "the call was interrupted";
      case UNAVAILABLE -> "it can't be reached, or it failed";
      case INTERNAL -> "a fault of Weir's own";
    };
  }
}
