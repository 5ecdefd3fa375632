// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.Run;
import java.util.function.Function;

/**
 * How a site is run: by the prober, under its customer's network policy, and doubted where our own
 * side seems broken. Thread-safe.
 */
public final class SiteRuns {

  private final Prober prober;
  private final Function<String, NetworkPolicy> policies;
  private final Doubt doubt;

  /**
   * Runs of these parts.
   *
   * @param policies the policy of each customer
   */
  public SiteRuns(Prober prober, Function<String, NetworkPolicy> policies, Doubt doubt) {
    this.prober = prober;
    this.policies = policies;
    this.doubt = doubt;
  }

  /** Blocks until the run has ended. */
  Run run(Site site) {
    Run run = prober.run(site, policies.apply(site.key().customer()));
    return doubt.judge(site.key(), run);
  }

  /** The site is not run any more. */
  void forget(SiteKey key) {
    doubt.forget(key);
  }
}
