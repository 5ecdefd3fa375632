// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.probe.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a site failed, as one region saw it.
 *
 * @param endpoint of the site, as it was written when the incident opened
 * @param start the slot of the first of the failing runs that opened it
 * @param end the slot of the first of the runs that closed it; null while it is open
 * @param cause of the run that opened it
 */
public record Incident(
    SiteKey site,
    String endpoint,
    String region,
    Instant start,
    @Nullable Instant end,
    Failure cause) {

  /** The same in all tellings of it, and of no other incident. */
  public String id() {
    return "%s/%s/%d".formatted(site, region, start.toEpochMilli());
  }

  /** Its end is not before its start, whatever was done to the clock meanwhile. */
  Incident closedAt(Instant moment) {
    Instant last = moment.isBefore(start) ? start : moment;
    return new Incident(site, endpoint, region, start, last, cause);
  }
}
