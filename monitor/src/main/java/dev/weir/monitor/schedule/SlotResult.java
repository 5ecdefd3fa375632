// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.probe.Run;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a slot.
 *
 * @param actualStart when its first request began; of a missed slot when it was given up
 * @param run null for a slot that was missed
 * @param miss null for a slot that was run
 */
public record SlotResult(Slot slot, Instant actualStart, @Nullable Run run, @Nullable Miss miss) {

  public SlotResult {
    if ((run == null) == (miss == null)) {
      throw new IllegalArgumentException("a slot is run or missed");
    }
  }

  /** A slot that was run. */
  public SlotResult(Slot slot, Instant actualStart, Run run) {
    this(slot, actualStart, run, null);
  }

  /** A slot that was missed. */
  public SlotResult(Slot slot, Instant givenUp, Miss miss) {
    this(slot, givenUp, null, miss);
  }

  public boolean missed() {
    return miss != null;
  }

  /** How much later than intended it began; never negative, however the clock is set. */
  public Duration lag() {
    Duration lag = Duration.between(slot.intendedStart(), actualStart);
    return lag.isNegative() ? Duration.ZERO : lag;
  }
}
