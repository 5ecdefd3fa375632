// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.trial;

import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Run;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a trial gave.
 *
 * @param began when it was begun; days of certificates are counted from here
 * @param cut why it was ended before its end; null where it was not
 */
record Trial(Instant began, Run run, @Nullable Failure cut) {

  /** Why it failed; null where it did not. */
  @Nullable Failure failure() {
    return cut != null ? cut : run.failure();
  }

  /**
   * The request that decided: the first that failed where the run did, else the last that did not.
   */
  Measurement decisive() {
    if (!run.up()) {
      for (Measurement each : run.measurements()) {
        if (!each.succeeded()) {
          return each;
        }
      }
    }
    return run.measurements().reversed().stream()
        .filter(Measurement::succeeded)
        .findFirst()
        .orElseGet(() -> run.measurements().getLast());
  }

  /** Of the request that decided. */
  Hop last() {
    return decisive().last();
  }
}
