// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.api.overview.StoredRuns.StoredRun;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.rollup.RecentHours;
import dev.weir.monitor.rollup.SiteRegion;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the store has of a customer's sites into their pictures. All methods throw {@link
 * StoreException} as the store says, and change nothing then.
 */
final class StoredFigures {

  /** Of what is read together; who looks at the overview does not wait for it. */
  static final Duration DEADLINE = Duration.ofMinutes(1);

  /** Runs before it are not looked for: of a site with a longer interval fewer are shown. */
  static final Duration BACK_MAX = Duration.ofDays(1);

  /** A record of another process comes to the store so late at most. */
  static final Duration LATE_MAX = Duration.ofMinutes(10);

  private final OverviewStore store;
  private final Board board;
  private final String region;
  private final RecentHours hours;
  private final StoredRuns runs;
  private final StoredMaintenance maintenance;

  /**
   * Figures for a board.
   *
   * @param region of this process, whose results are heard
   */
  StoredFigures(OverviewStore store, Board board, String region) {
    this.store = store;
    this.board = board;
    this.region = region;
    this.hours = new RecentHours(store.queries(), store.catalog());
    this.runs = new StoredRuns(store);
    this.maintenance = new StoredMaintenance(store);
  }

  /** The last runs, as they were before this process began. */
  void readRuns(String customer, List<Site> sites, Instant now) {
    Duration longest =
        sites.stream().map(Site::interval).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    Duration strip = longest.multipliedBy(RunStrip.RUNS_MAX);
    Duration back = strip.compareTo(BACK_MAX) < 0 ? strip.plus(LATE_MAX) : BACK_MAX;
    readRuns(customer, null, now.minus(back), now);
  }

  /** Runs that other regions wrote. */
  void readOthersRuns(String customer, Instant since, Instant now) {
    readRuns(customer, region, since.minus(LATE_MAX), now);
  }

  private void readRuns(String customer, @Nullable String but, Instant from, Instant now) {
    TableName table = store.tables().results(customer);
    for (StoredRun run : runs.read(table, but, from, now.plus(DEADLINE))) {
      SitePicture picture = picture(customer, run.siteId());
      if (picture != null) {
        picture.take(run.mark(), run.last());
      }
    }
  }

  /**
   * The hours that are not made yet.
   *
   * @param own whether of this region, too: then up to a moment from which on all is heard
   */
  void readOpenHours(String customer, boolean own, Instant to, Instant now) {
    // The one before may not be made yet.
    Instant from = to.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(1));
    TableName table = store.tables().results(customer);
    Map<SiteRegion, Map<Instant, HourFigures>> all = new HashMap<>();
    store
        .hours()
        .unmade(table, from, to, now.plus(DEADLINE))
        .forEach((hour, sums) ->
            all.computeIfAbsent(new SiteRegion(hour.siteId(), hour.region()), _ -> new HashMap<>())
                .put(hour.hour(), HourFigures.of(sums)));
    forEachPlace(
        customer,
        (picture, place) -> {
          if (own || !place.region().equals(region)) {
            picture.takeHours(place.region(), all.getOrDefault(place, Map.of()));
          }
        });
  }

  /** The hours that are made, of the day that begins there and goes on. */
  void readDay(String customer, Instant from, Instant now) {
    Map<SiteRegion, RecentHours.Day> days =
        hours.day(store.tables().hourly(customer), from, now.plus(DEADLINE));
    forEachPlace(customer, (picture, place) -> picture.takeDay(place.region(), days.get(place)));
  }

  /** What was before that day. */
  void readBefore(String customer, Instant until, Instant now) {
    Map<SiteRegion, RecentHours.Before> all =
        hours.before(store.tables().hourly(customer), until, now.plus(DEADLINE));
    forEachPlace(
        customer,
        (picture, place) ->
            picture.takeBefore(place.region(), all.getOrDefault(place, RecentHours.Before.NONE)));
  }

  /** Runs of all these times that were in maintenance. */
  void readMaintenance(String customer, List<Site> sites, Instant day, Instant now) {
    Map<SiteRegion, Map<Instant, RecentHours.Runs>> all =
        maintenance.read(store.tables().results(customer), sites, day, now, now.plus(DEADLINE));
    forEachPlace(
        customer,
        (picture, place) ->
            picture.takeMaintenance(place.region(), all.getOrDefault(place, Map.of())));
  }

  /** Also of those that the store has nothing of: what was known of them is over. */
  private void forEachPlace(String customer, BiConsumer<SitePicture, SiteRegion> action) {
    for (SitePicture picture : board.pictures()) {
      Site site = picture.definition();
      if (site != null && site.key().customer().equals(customer)) {
        for (String each : site.regions()) {
          action.accept(picture, new SiteRegion(site.key().id(), each));
        }
      }
    }
  }

  private @Nullable SitePicture picture(String customer, String siteId) {
    try {
      return board.known(new SiteKey(customer, siteId));
    } catch (IllegalArgumentException _) {
      return null; // somebody else's record
    }
  }
}
