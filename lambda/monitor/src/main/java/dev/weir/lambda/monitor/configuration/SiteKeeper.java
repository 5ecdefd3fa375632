// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.lambda.monitor.configuration.SiteItems.Present;
import dev.weir.lambda.monitor.schedule.PlannedSchedule;
import dev.weir.lambda.monitor.schedule.Purpose;
import dev.weir.lambda.monitor.schedule.SiteSchedules;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes what runs a site as the table has the site now.
 *
 * <p>The table is read before and after. Where it has changed meanwhile, it is done once more: so
 * whoever comes last, of several who work at one site at once, leaves it as the table has it, and
 * no order of events is needed for that. Something new is made before something old is taken away:
 * a site that moves runs twice for a moment, which makes one record, and is never left out.
 * Thread-safe.
 */
final class SiteKeeper {

  /** Somebody who writes a site faster than this tells of each change by an event of its own. */
  private static final int ROUNDS_MAX = 3;

  /**
   * What became of a site.
   *
   * @param puts schedules and documents that were put
   * @param removals of those that were taken away, whether they were there or not
   * @param refused what can't be as it stands, each in a sentence; the rest was done
   */
  record Outcome(int puts, int removals, List<String> refused) {
    Outcome {
      refused = List.copyOf(refused);
    }
  }

  private final SiteItems items;
  private final Map<String, SiteSchedules> schedules;
  private final TickSites tick;

  SiteKeeper(SiteItems items, Map<String, SiteSchedules> schedules, TickSites tick) {
    this.items = items;
    this.schedules = Map.copyOf(schedules);
    this.tick = tick;
  }

  Set<String> regions() {
    return schedules.keySet();
  }

  /**
   * Settles a site in these places, and in no others.
   *
   * @param lastGood what to keep where the table has an item that can't be read; empty to leave
   *     everything as it stands
   * @throws StoreException the first failure that may pass, once all that could be done is done
   */
  Outcome settle(SiteKey key, Set<Placement> places, Optional<Site> lastGood) {
    int puts = 0;
    int removals = 0;
    for (int round = 1; ; round++) {
      Present present = items.get(key);
      Outcome outcome =
          switch (present) {
            case Present.Absent _ -> make(key, Optional.empty(), places);
            case Present.Readable readable -> make(key, Optional.of(readable.site()), places);
            case Present.Unreadable unreadable -> {
              Outcome kept =
                  lastGood.isPresent() ? make(key, lastGood, places) : new Outcome(0, 0, List.of());
              yield new Outcome(
                  kept.puts(), kept.removals(), List.of("its item: " + unreadable.reason()));
            }
          };
      puts += outcome.puts();
      removals += outcome.removals();
      if (round == ROUNDS_MAX || places.isEmpty() || items.get(key).isAs(present)) {
        return new Outcome(puts, removals, outcome.refused());
      }
    }
  }

  private Outcome make(SiteKey key, Optional<Site> site, Set<Placement> places) {
    Set<Placement> needed = site.map(Placement::of).orElse(Set.of());
    site.ifPresent(FirstAttempt::warn);
    Work work = new Work();
    for (Placement place : places) {
      if (needed.contains(place)) {
        work.put(() -> put(place, site.orElseThrow()));
      }
    }
    for (Placement place : places) {
      // a site whose new way could not be made keeps its old one
      if (!needed.contains(place) && work.allDone()) {
        work.remove(() -> remove(place, key));
      }
    }
    return work.outcome();
  }

  private void put(Placement place, Site site) {
    SiteSchedules there = schedules.get(place.region());
    if (there == null) {
      throw new StoreException(Kind.BAD_REQUEST, unknownRegion(place.region(), regions()));
    }
    switch (place.way()) {
      case SCHEDULE -> there.put(new PlannedSchedule.SiteRuns(site));
      case TICK -> tick.put(place.region(), site);
    }
  }

  /** What is told of a site that names a region without functions. */
  static String unknownRegion(String region, Set<String> regions) {
    return "checks are not made from %s; regions: names some of %s"
        .formatted(region, new TreeSet<>(regions));
  }

  private void remove(Placement place, SiteKey key) {
    SiteSchedules there = schedules.get(place.region());
    switch (place.way()) {
      case SCHEDULE -> {
        if (there != null) {
          there.remove(new Purpose.OfSite(key));
        }
      }
      case TICK -> tick.remove(tick.place(place.region(), key));
    }
  }

  /** Steps, each done whatever became of those before it. */
  private static final class Work {

    private int puts;
    private int removals;
    private final Set<String> refused = new LinkedHashSet<>();
    private @Nullable StoreException failure;

    void put(Runnable step) {
      if (isDone(step)) {
        puts++;
      }
    }

    void remove(Runnable step) {
      if (isDone(step)) {
        removals++;
      }
    }

    boolean allDone() {
      return failure == null && refused.isEmpty();
    }

    private boolean isDone(Runnable step) {
      try {
        step.run();
        return true;
      } catch (StoreException e) {
        if (e.kind() == Kind.BAD_REQUEST) {
          refused.add(String.valueOf(e.getMessage()));
        } else if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
        return false;
      }
    }

    Outcome outcome() {
      if (failure != null) {
        throw failure;
      }
      return new Outcome(puts, removals, new ArrayList<>(refused));
    }
  }
}
