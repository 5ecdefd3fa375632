// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.lambda.monitor.log.FunctionMetrics;

/** Counts what becomes of changes. */
record ScheduleCounts(FunctionMetrics metrics) implements ConfigurationListener {

  @Override
  public void unchanged() {
    metrics.add("SitesUnchanged", 1);
  }

  @Override
  public void settled(int puts, int removals) {
    metrics.add("SchedulesPut", puts);
    metrics.add("SchedulesRemoved", removals);
  }

  @Override
  public void refused() {
    metrics.add("SitesRefused", 1);
  }

  @Override
  public void postponed() {
    metrics.add("SitesPostponed", 1);
  }
}
