// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import java.time.Duration;
import java.util.List;

/**
 * When failing runs become an incident.
 *
 * @param failures runs in a row that open one
 * @param successes runs in a row that close it
 * @param repeat after how long an open incident is told again; zero for never
 * @param maintenance when nobody is told
 */
public record IncidentRules(
    int failures, int successes, Duration repeat, List<MaintenanceWindow> maintenance) {

  public static final int RUNS_MAX = 100;
  public static final int WINDOWS_MAX = 32;

  public static final IncidentRules DEFAULT = new IncidentRules(1, 1, Duration.ZERO, List.of());

  public IncidentRules {
    maintenance = List.copyOf(maintenance);
    if (failures < 1 || failures > RUNS_MAX || successes < 1 || successes > RUNS_MAX) {
      throw new IllegalArgumentException(
          "an incident opens and closes after 1 to %d runs, not %d and %d"
              .formatted(RUNS_MAX, failures, successes));
    }
    if (repeat.isNegative()) {
      throw new IllegalArgumentException(
          "an incident is told again after 0s or more, not " + repeat);
    }
    if (maintenance.size() > WINDOWS_MAX) {
      throw new IllegalArgumentException(
          "a site has at most %d maintenance windows, not %d"
              .formatted(WINDOWS_MAX, maintenance.size()));
    }
  }
}
