// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.Run;

/** Probes as another one does, but for one site. */
record FaultyProber(Prober other, String brokenId) implements Prober {

  @Override
  public Run run(Site site, NetworkPolicy policy) {
    if (site.key().id().equals(brokenId)) {
      throw new IllegalStateException("a fault");
    }
    return other.run(site, policy);
  }

  @Override
  public Run attempt(
      Check check, Sampling sampling, Expectations expectations, NetworkPolicy policy) {
    return other.attempt(check, sampling, expectations, policy);
  }
}
