// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.probe.Run;
import java.util.LinkedHashMap;

/**
 * Tells whether failures are ours: when more than half of the sites failed, and at least {@value
 * #FAILING_MIN}, and the anchors fail as well, a failed run is marked doubtful. The anchors are
 * places that are as good as always there; without any, nothing is ever doubted. Thread-safe.
 *
 * <p>The sites are all of them, by their last runs, or the {@value #RECENT} that were run last:
 * when our side breaks, a few runs show it, long before half of all sites have had theirs.
 */
public final class Doubt {

  /** Fewer failing sites say nothing of our own side. */
  static final int FAILING_MIN = 3;

  /** So many sites that were run last are looked at for themselves. */
  static final int RECENT = 10;

  private final Anchors anchors;
  private final LinkedHashMap<SiteKey, Boolean> failing =
      new LinkedHashMap<>(16, 0.75f, true); // the last run comes last
  private int failures;

  public Doubt(Anchors anchors) {
    this.anchors = anchors;
  }

  /** The run itself, or the same one doubted. May ask the anchors, which blocks. */
  Run judge(SiteKey key, Run run) {
    return noted(key, !run.up()) && !run.up() && !anchors.reachable() ? run.doubted() : run;
  }

  /** The site is not run any more. */
  synchronized void forget(SiteKey key) {
    if (Boolean.TRUE.equals(failing.remove(key))) {
      failures--;
    }
  }

  /** Whether most sites fail, this run included. */
  private synchronized boolean noted(SiteKey key, boolean failed) {
    if (Boolean.TRUE.equals(failing.put(key, failed))) {
      failures--;
    }
    if (failed) {
      failures++;
    }
    return most(failures, failing.size()) || most(recentFailures(), RECENT);
  }

  private int recentFailures() {
    return (int)
        failing.sequencedValues().reversed().stream()
            .limit(RECENT)
            .filter(Boolean::booleanValue)
            .count();
  }

  private static boolean most(int failed, int sites) {
    return failed >= FAILING_MIN && 2L * failed > sites;
  }
}
