// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.monitor.check.Site;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a site that hangs keeps a check function: until half of its requests have failed, each
 * with its whole timeout. An invocation that ends before has learned nothing, so that such a site
 * is missed for ever and never down. It is run all the same, since it is well where it answers.
 */
final class FirstAttempt {

  /** The check function's timeout in deploy/monitoring, without what it keeps for reports. */
  static final Duration TIME_MAX = Duration.ofSeconds(297);

  private static final Logger LOG = LoggerFactory.getLogger(FirstAttempt.class);

  private FirstAttempt() {}

  static Duration longest(Site site) {
    return site.check()
        .timeouts()
        .total()
        .multipliedBy(Math.ceilDiv(site.sampling().requests(), 2));
  }

  /** Says so where a site needs more than there is. */
  static boolean warn(Site site) {
    Duration longest = longest(site);
    if (!site.enabled() || longest.compareTo(TIME_MAX) <= 0) {
      return false;
    }
    LOG.atWarn()
        .addKeyValue("site", site.key().toString())
        .log(
            "When the site hangs, its first attempt takes {} s, and a check function has {} s: it"
                + " would be missed, not down. Lower its timeout or its requests",
            longest.toSeconds(),
            TIME_MAX.toSeconds());
    return true;
  }
}
