// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

/**
 * How much is sent. One step is one scrape of every target: each series gets one sample.
 *
 * @param targets scraped processes
 * @param steps scrapes of every target that are loaded before the queries
 * @param liveSteps further scrapes, sent slowly while the queries run
 * @param baseMillis Unix time in milliseconds of the first step
 */
public record LoadShape(int targets, int steps, int liveSteps, long baseMillis) {
  public static final int SERIES_PER_TARGET = 100;
  public static final int SAMPLES_PER_REQUEST = 2_000;
  public static final int STEP_MILLIS = 15_000;

  /** How far the newest sample stays behind the clock, so that no receiver finds it early. */
  private static final long MARGIN_MILLIS = 60_000;

  public LoadShape {
    if (targets < 1 || targets * SERIES_PER_TARGET % SAMPLES_PER_REQUEST != 0) {
      throw new IllegalArgumentException(
          "targets is %d; take a multiple of %d"
              .formatted(targets, SAMPLES_PER_REQUEST / SERIES_PER_TARGET));
    }
    if (steps < 1 || liveSteps < 0) {
      throw new IllegalArgumentException("steps must be positive, live steps not negative");
    }
  }

  /** As many steps as hold about so many samples; the newest sample is a minute old. */
  public static LoadShape endingAt(long nowMillis, int targets, long samples, int liveSteps) {
    int steps = (int) Math.max(1, samples / ((long) targets * SERIES_PER_TARGET));
    long span = (long) (steps + liveSteps + 1) * STEP_MILLIS;
    long base = (nowMillis - MARGIN_MILLIS - span) / STEP_MILLIS * STEP_MILLIS;
    return new LoadShape(targets, steps, liveSteps, base);
  }

  public int series() {
    return targets * SERIES_PER_TARGET;
  }

  /** Requests that one step takes; each carries the same series in every step. */
  int groups() {
    return series() / SAMPLES_PER_REQUEST;
  }

  public long loadedSamples() {
    return (long) series() * steps;
  }

  /** Targets are scraped at different moments of a step, as Prometheus does it. */
  public static int offsetMillis(int target) {
    return (int) (target * 2_654_435_761L % STEP_MILLIS);
  }

  /** The time after the last loaded step and before the first live one, exclusive. */
  public long loadedEndMillis() {
    return baseMillis + (long) steps * STEP_MILLIS;
  }
}
