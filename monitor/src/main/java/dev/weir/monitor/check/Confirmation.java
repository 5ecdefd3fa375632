// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import java.time.Duration;

/**
 * When a failing run counts: only after so many attempts have failed one after another.
 *
 * @param attempts 1 to {@value #ATTEMPTS_MAX}; the first that succeeds ends it
 * @param spacing between them
 */
public record Confirmation(int attempts, Duration spacing) {

  public static final int ATTEMPTS_MAX = 5;
  public static final Duration SPACING_MAX = Duration.ofMinutes(1);

  /** Two attempts, a second apart. */
  public static final Confirmation TWICE = new Confirmation(2, Duration.ofSeconds(1));

  /** The first failure counts. */
  public static final Confirmation ONCE = new Confirmation(1, Duration.ZERO);

  public Confirmation {
    if (attempts < 1 || attempts > ATTEMPTS_MAX) {
      throw new IllegalArgumentException(
          "a run is confirmed by 1 to %d attempts, not %d".formatted(ATTEMPTS_MAX, attempts));
    }
    if (spacing.isNegative() || spacing.compareTo(SPACING_MAX) > 0) {
      throw new IllegalArgumentException("attempts are 0s to 1m apart, not " + spacing);
    }
  }
}
