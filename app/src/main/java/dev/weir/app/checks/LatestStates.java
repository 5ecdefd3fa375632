// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.checks;

import dev.weir.api.site.SiteStates;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.schedule.ResultListener;
import dev.weir.monitor.schedule.SlotResult;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the last run of each site gave, by region; missed slots change nothing. Thread-safe. */
public final class LatestStates implements ResultListener, SiteStates {

  private final Map<SiteKey, Map<String, State>> states = new ConcurrentHashMap<>();

  @Override
  public void accept(SlotResult result) {
    Run run = result.run();
    if (run != null) {
      states
          .computeIfAbsent(result.slot().site().key(), absent -> new ConcurrentHashMap<>())
          .put(result.slot().region(), of(run));
    }
  }

  @Override
  public void forget(SiteKey site) {
    states.remove(site);
  }

  @Override
  public State ofResults(Site site) {
    Map<String, State> regions = states.getOrDefault(site.key(), Map.of());
    if (regions.containsValue(State.DOWN)) {
      return State.DOWN;
    }
    if (regions.containsValue(State.DOUBTFUL)) {
      return State.DOUBTFUL;
    }
    return regions.isEmpty() ? State.UNKNOWN : State.UP;
  }

  private static State of(Run run) {
    if (run.up()) {
      return State.UP;
    }
    return run.doubtful() ? State.DOUBTFUL : State.DOWN;
  }
}
