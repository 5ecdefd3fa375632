// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.api.overview.RegionPicture.LastRun;
import dev.weir.api.site.SiteStates.State;
import dev.weir.monitor.check.MaintenanceWindow;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.rollup.RecentHours;
import dev.weir.monitor.schedule.SlotResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one site: its definition, and what came of its runs. Results may come before the
 * definition does. Thread-safe.
 */
final class SitePicture {

  /**
   * Without a newer one a result counts for so many intervals, but at least {@link #COUNTS_MIN}:
   * then nobody knows how the site is.
   */
  static final int COUNTS_INTERVALS = 3;

  static final Duration COUNTS_MIN = Duration.ofMinutes(5);

  private final TreeMap<String, RegionPicture> regions = new TreeMap<>();
  private final RunStrip strip = new RunStrip();
  private @Nullable Site site;
  private @Nullable State shownState;
  private @Nullable Long shownSince;
  private boolean changed = true;
  private volatile @Nullable Published published;

  /** Its definition, when it was made or changed; regions that it left are forgotten. */
  synchronized void define(Site definition) {
    site = definition;
    changed = true;
    regions.keySet().retainAll(definition.regions());
    strip.retain(definition.regions());
  }

  /** It was taken away. */
  synchronized void undefine() {
    site = null;
    published = null;
  }

  synchronized @Nullable Site definition() {
    return site;
  }

  synchronized boolean isDefined() {
    return site != null;
  }

  synchronized void take(SlotResult result) {
    RunMark mark = RunMark.of(result);
    RegionPicture region = region(mark.region());
    strip.add(mark);
    if (result.run() != null) {
      region.last(LastRun.of(mark, result, result.run()));
      if (!inMaintenance(result.slot().site(), result.slot().intendedStart())) {
        region.count(mark, RunMark.latencyNanos(result.run()));
      }
    }
    changed = true;
  }

  /**
   * A run as the store has it.
   *
   * @param last null where it was missed
   */
  synchronized void take(RunMark mark, @Nullable LastRun last) {
    if (isForeign(mark.region())) {
      return;
    }
    strip.add(mark);
    if (last != null) {
      region(mark.region()).last(last);
    }
    changed = true;
  }

  /** Open hours of a region as the store has them. */
  synchronized void takeHours(String region, Map<Instant, HourFigures> hours) {
    if (!isForeign(region)) {
      region(region).read(hours);
      changed = true;
    }
  }

  /** Hours of a day that are made; null for none. */
  synchronized void takeDay(String region, RecentHours.@Nullable Day day) {
    if (!isForeign(region)) {
      region(region).day(day);
      changed = true;
    }
  }

  synchronized void takeBefore(String region, RecentHours.Before before) {
    if (!isForeign(region)) {
      region(region).before(before);
      changed = true;
    }
  }

  synchronized void takeMaintenance(String region, Map<Instant, RecentHours.Runs> runs) {
    if (!isForeign(region)) {
      region(region).maintenance(runs);
      changed = true;
    }
  }

  /** It is not run here any more. */
  synchronized void forgetLast(String region) {
    RegionPicture known = regions.get(region);
    if (known != null) {
      known.forgetLast();
      changed = true;
    }
  }

  /** By results alone: the worst of its regions. */
  synchronized State ofResults(Site definition, Instant now) {
    State worst = State.UNKNOWN;
    for (LastRun run : counting(definition, now)) {
      State state =
          switch (run.letter()) {
            case RunMark.UP -> State.UP;
            case RunMark.DOUBTFUL -> State.DOUBTFUL;
            default -> State.DOWN;
          };
      if (rank(state) > rank(worst)) {
        worst = state;
      }
    }
    return worst;
  }

  /** What it looks like now, for everybody; null before it is defined. */
  @Nullable Published published() {
    return published;
  }

  /**
   * Makes a new picture where something has changed.
   *
   * @param newHour whether an hour began since the last call
   * @return whether there is another one than before
   */
  synchronized boolean publish(Instant now, boolean newHour, @Nullable Long since, long version) {
    Site definition = site;
    if (definition == null) {
      return false;
    }
    State state = state(definition, now);
    if (!changed && !newHour && state == shownState && Objects.equals(since, shownSince)) {
      return false;
    }
    changed = false;
    shownState = state;
    shownSince = since;
    OverviewItem item = new ItemFigures(definition, regions, now).item(state, strip, since);
    Published before = published;
    Published next = Published.of(item, version, now.toEpochMilli());
    if (before != null && before.looksLike(next)) {
      return false;
    }
    published = next;
    return true;
  }

  static boolean inMaintenance(Site site, Instant moment) {
    for (MaintenanceWindow window : site.incidents().maintenance()) {
      if (window.contains(moment)) {
        return true;
      }
    }
    return false;
  }

  private State state(Site definition, Instant now) {
    if (!definition.enabled()) {
      return State.DISABLED;
    }
    return inMaintenance(definition, now) ? State.MAINTENANCE : ofResults(definition, now);
  }

  private List<LastRun> counting(Site definition, Instant now) {
    Duration counts = definition.interval().multipliedBy(COUNTS_INTERVALS);
    long oldest = now.minus(counts.compareTo(COUNTS_MIN) < 0 ? COUNTS_MIN : counts).toEpochMilli();
    return definition.regions().stream()
        .map(regions::get)
        .filter(Objects::nonNull)
        .map(RegionPicture::last)
        .filter(Objects::nonNull)
        .filter(run -> run.slotMillis() >= oldest)
        .toList();
  }

  private RegionPicture region(String name) {
    return regions.computeIfAbsent(name, _ -> new RegionPicture());
  }

  private boolean isForeign(String region) {
    return site == null || !site.regions().contains(region);
  }

  private static int rank(State state) {
    return switch (state) {
      case DOWN -> 3;
      case DOUBTFUL -> 2;
      case UP -> 1;
      case UNKNOWN, DISABLED, MAINTENANCE -> 0;
    };
  }
}
