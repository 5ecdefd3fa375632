// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Peer;
import dev.weir.monitor.probe.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of it, for whoever shows it.
 *
 * @param schemeGiven false where https was taken for want of one
 * @param at when it was done: days of certificates are counted from here
 */
record Outcome(String url, boolean schemeGiven, Run run, Instant at) {

  /** The number, from 0, of the request that is shown: the first that failed, else the last. */
  int shown() {
    List<Measurement> all = run.measurements();
    if (!run.up()) {
      for (int i = 0; i < all.size(); i++) {
        if (!all.get(i).succeeded()) {
          return i;
        }
      }
    }
    int last = all.size() - 1;
    while (last > 0 && !all.get(last).succeeded()) {
      last--;
    }
    return last;
  }

  Measurement measurement() {
    return run.measurements().get(shown());
  }

  @Nullable Failure failure() {
    return run.failure();
  }

  /** Whole days until the first certificate of the chain ends; negative where it has. */
  @Nullable Long certificateDays(@Nullable Peer peer) {
    if (peer == null || peer.chain() == null) {
      return null;
    }
    long seconds = Duration.between(at, peer.chain().earliestExpiry()).getSeconds();
    return Math.floorDiv(seconds, Duration.ofDays(1).getSeconds());
  }
}
