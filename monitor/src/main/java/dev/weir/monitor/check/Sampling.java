// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

/**
 * The requests of one run: one after another.
 *
 * @param requests 1 to {@value #REQUESTS_MAX}
 * @param connections whether each has a connection of its own
 */
public record Sampling(int requests, Connections connections) {

  public static final int REQUESTS_MAX = 100;

  /** As the original checked: five requests. */
  public static final Sampling FIVE = new Sampling(5, Connections.COLD);

  /** One request. */
  public static final Sampling ONE = new Sampling(1, Connections.COLD);

  public Sampling {
    if (requests < 1 || requests > REQUESTS_MAX) {
      throw new IllegalArgumentException(
          "a run has 1 to %d requests, not %d".formatted(REQUESTS_MAX, requests));
    }
  }

  /** Where requests get their connections from. */
  public enum Connections {
    /** Each makes its own, closed afterwards. */
    COLD,
    /** The first makes one, the others of the run use it again. */
    WARM
  }
}
