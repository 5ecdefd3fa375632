// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import dev.weir.store.timestream.cause.Cause;
import dev.weir.store.timestream.cause.NetworkCauses;
import dev.weir.store.timestream.diagnosis.Finding.State;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Compares this machine's clock with the date of an answer. */
final class ClockCheck {

  static final String NAME = "clock";

  /** Signatures that are off by more are refused (AWS SigV4, "Date handling"). */
  static final Duration SKEW_MAX = Duration.ofMinutes(5);

  static final Duration SKEW_SOUND = Duration.ofMinutes(1);

  private ClockCheck() {}

  static Finding against(URI endpoint, Caller caller, Surroundings surroundings) {
    try {
      Instant before = surroundings.clock().instant();
      Reply reply = caller.ask(endpoint, "DescribeEndpoints");
      Instant after = surroundings.clock().instant();
      if (reply.date().isEmpty()) {
        return Finding.skipped(NAME, endpoint.getAuthority() + " does not date its answers");
      }
      // The date has whole seconds, cut off: on average it lies half a second before.
      Instant theirs = reply.date().get().plusMillis(500);
      Instant ours = before.plus(Duration.between(before, after).dividedBy(2));
      Duration ahead = Duration.between(theirs, ours);
      Duration skew = ahead.abs();
      String text =
          skew.toSeconds() == 0
              ? "within a second of " + endpoint.getAuthority()
              : "%,d s %s %s"
                  .formatted(
                      skew.toSeconds(),
                      ahead.isNegative() ? "behind" : "ahead of",
                      endpoint.getAuthority());
      if (skew.compareTo(SKEW_MAX) > 0) {
        return Finding.of(
            NAME,
            State.FAIL,
            new Cause(
                text + "; signatures that are over 5 minutes off are refused",
                "set this machine's clock, by NTP or chrony"));
      }
      return skew.compareTo(SKEW_SOUND) > 0
          ? Finding.of(
              NAME,
              State.WARN,
              new Cause(text, "set this machine's clock: over 5 minutes nothing works"))
          : Finding.of(NAME, State.OK, text);
    } catch (IOException e) {
      return Finding.of(NAME, State.FAIL, NetworkCauses.of(e, endpoint));
    }
  }
}
