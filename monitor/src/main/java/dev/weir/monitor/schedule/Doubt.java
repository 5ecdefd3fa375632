// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.probe.Run;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells whether failures are ours: when of the last runs of all sites more than half failed, and at
 * least {@value #FAILING_MIN}, and the anchors fail as well, a failed run is marked doubtful. The
 * anchors are places that are as good as always there; without any, nothing is ever doubted.
 * Thread-safe.
 */
public final class Doubt {

  /** Fewer failing sites say nothing of our own side. */
  static final int FAILING_MIN = 3;

  private final Anchors anchors;
  private final Map<SiteKey, Boolean> failing = new HashMap<>();
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
    return failures >= FAILING_MIN && 2L * failures > failing.size();
  }
}
