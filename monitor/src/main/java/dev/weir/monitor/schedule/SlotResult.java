// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.probe.Run;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a slot.
 *
 * @param actualStart when its first request began; of a missed slot when it was given up
 * @param run null for a slot that was missed
 */
public record SlotResult(Slot slot, Instant actualStart, @Nullable Run run) {

  public boolean missed() {
    return run == null;
  }
}
