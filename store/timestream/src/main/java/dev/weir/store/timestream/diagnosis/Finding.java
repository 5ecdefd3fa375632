// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import static java.util.Objects.requireNonNull;

import dev.weir.store.timestream.cause.Cause;
import java.time.Duration;

/**
 * What one check found.
 *
 * @param name of the check, the same in every run, such as {@code write tls}
 * @param message what is so; one line, no secret
 * @param remedy what to do about it; empty where there is nothing to do
 * @param took how long the check took
 */
public record Finding(String name, State state, String message, String remedy, Duration took) {

  /** How a check ended. */
  public enum State {
    OK,
    /** It works, but not as one would want it. */
    WARN,
    FAIL,
    /** Not checked, since it needs what failed, or may not be looked at. */
    SKIPPED
  }

  public Finding {
    requireNonNull(name, "name");
    requireNonNull(message, "message");
    requireNonNull(remedy, "remedy");
  }

  /** A finding with nothing to do about it, found in no time. */
  public static Finding of(String name, State state, String message) {
    return new Finding(name, state, message, "", Duration.ZERO);
  }

  /** A finding that is a cause. */
  public static Finding of(String name, State state, Cause cause) {
    return new Finding(name, state, cause.what(), cause.remedy(), Duration.ZERO);
  }

  /** A check that is left out because of another. */
  public static Finding skipped(String name, String because) {
    return of(name, State.SKIPPED, because);
  }

  Finding after(Duration time) {
    return new Finding(name, state, message, remedy, time);
  }

  boolean isUsable() {
    return state == State.OK || state == State.WARN;
  }
}
