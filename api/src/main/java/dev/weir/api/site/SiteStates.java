// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.site;

import dev.weir.monitor.check.MaintenanceWindow;
import dev.weir.monitor.check.Site;
import java.time.Instant;
import java.util.Locale;

/**
 * What the last results say of sites. Thread-safe and quick: it is asked for each site of a list.
 */
@FunctionalInterface
public interface SiteStates {

  /** How a site is. */
  enum State {
    UP,
    DOWN,
    /** Failing, but our own side may be why. */
    DOUBTFUL,
    /** Not checked yet. */
    UNKNOWN,
    /** Not checked, as its definition says. */
    DISABLED,
    /** In a maintenance window, whatever the results say. */
    MAINTENANCE;

    /** As JSON has it: {@code up}. */
    public String spelling() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** By results alone: up, down, doubtful or unknown; the worst of its regions. */
  State ofResults(Site site);

  /** Where there are no results: unknown. */
  static SiteStates none() {
    return _ -> State.UNKNOWN;
  }

  /** By its definition first, then by results. */
  default State of(Site site, Instant now) {
    if (!site.enabled()) {
      return State.DISABLED;
    }
    for (MaintenanceWindow window : site.incidents().maintenance()) {
      if (window.contains(now)) {
        return State.MAINTENANCE;
      }
    }
    return ofResults(site);
  }
}
