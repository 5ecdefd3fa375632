// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Peer;
import dev.weir.monitor.probe.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Days that are left of certificates. */
final class Certificates {

  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private Certificates() {}

  /** Of the last request that saw a certificate; null where none did. */
  static @Nullable Long days(Run run, Instant now) {
    List<Measurement> all = run.measurements();
    for (int i = all.size() - 1; i >= 0; i--) {
      Peer peer = all.get(i).last().peer();
      if (peer != null && peer.chain() != null) {
        Duration left = Duration.between(now, peer.chain().earliestExpiry());
        return Math.floorDiv(left.getSeconds(), DAY_SECONDS);
      }
    }
    return null;
  }
}
