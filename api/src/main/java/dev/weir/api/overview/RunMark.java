// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.monitor.probe.Run;
import dev.weir.monitor.schedule.SlotResult;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One run in a strip of runs; in the order of slots, then regions.
 *
 * @param slotMillis when it was meant to begin
 * @param letter {@link #UP}, {@link #DOWN}, {@link #DOUBTFUL} or {@link #MISSED}
 * @param latencyMillis NaN for none
 */
record RunMark(long slotMillis, String region, char letter, double latencyMillis)
    implements Comparable<RunMark> {

  static final char UP = 'u';
  static final char DOWN = 'd';
  static final char DOUBTFUL = 'q';
  static final char MISSED = 'm';

  private static final double NANOS_PER_MILLI = 1e6;

  private static final Comparator<RunMark> ORDER =
      Comparator.comparingLong(RunMark::slotMillis).thenComparing(RunMark::region);

  static RunMark of(SlotResult result) {
    Run run = result.run();
    return new RunMark(
        result.slot().intendedStart().toEpochMilli(),
        result.slot().region(),
        letter(run),
        run != null && run.up() ? latencyNanos(run) / NANOS_PER_MILLI : Double.NaN);
  }

  /** Mean of the requests that succeeded; NaN where none did. */
  static double latencyNanos(Run run) {
    return Arrays.stream(run.latenciesNanos()).average().orElse(Double.NaN);
  }

  boolean missed() {
    return letter == MISSED;
  }

  @Override
  public int compareTo(RunMark other) {
    return ORDER.compare(this, other);
  }

  private static char letter(@Nullable Run run) {
    if (run == null) {
      return MISSED;
    }
    if (run.up()) {
      return UP;
    }
    return run.doubtful() ? DOUBTFUL : DOWN;
  }
}
