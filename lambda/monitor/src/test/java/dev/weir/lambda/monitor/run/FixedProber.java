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

/** Has the same run for everything. */
record FixedProber(Run run) implements Prober {

  @Override
  public Run run(Site site, NetworkPolicy policy) {
    return run;
  }

  @Override
  public Run attempt(
      Check check, Sampling sampling, Expectations expectations, NetworkPolicy policy) {
    return run;
  }
}
