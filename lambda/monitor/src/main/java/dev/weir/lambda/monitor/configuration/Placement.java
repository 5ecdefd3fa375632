// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.lambda.monitor.schedule.PlannedSchedule;
import dev.weir.monitor.check.Site;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Where something makes a site run: in a region, by a schedule of its own or by the tick. */
record Placement(String region, Way way) {

  /** How a site is called in time. */
  enum Way {
    SCHEDULE,
    TICK
  }

  /** Where a site needs something; nowhere while it is switched off. */
  static Set<Placement> of(Site site) {
    if (!site.enabled()) {
      return Set.of();
    }
    Way way = PlannedSchedule.fits(site.interval()) ? Way.SCHEDULE : Way.TICK;
    return site.regions().stream()
        .map(region -> new Placement(region, way))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Wherever there could be anything. */
  static Set<Placement> everywhere(Set<String> regions) {
    Set<Placement> all = new LinkedHashSet<>();
    for (String region : regions) {
      for (Way way : Way.values()) {
        all.add(new Placement(region, way));
      }
    }
    return all;
  }
}
