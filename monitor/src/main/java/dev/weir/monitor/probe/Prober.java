// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Site;

/**
 * Runs checks: the one way to a measurement, for schedules, {@code /probe}, {@code weir check} and
 * the Lambda. Blocks while it works; thread-safe.
 */
public interface Prober {

  /** A run of a site, confirmed as the site asks for it. */
  Run run(Site site, NetworkPolicy policy);

  /** One attempt of a check, without confirmation. */
  Run attempt(Check check, Sampling sampling, Expectations expectations, NetworkPolicy policy);
}
