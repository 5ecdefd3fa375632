// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.api.overview.RegionPicture.LastRun;
import dev.weir.api.site.SiteStates.State;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.rollup.LatencyHistogram;
import dev.weir.monitor.rollup.RecentHours;
import dev.weir.monitor.rollup.RecentHours.Runs;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Adds up what the regions of a site know. */
final class ItemFigures {

  /** Hours of the line, the one that goes on included. */
  static final int HOURS = 24;

  private final Site site;
  private final List<RegionPicture> regions;
  private final Instant day;
  private final Instant week;
  private final Instant firstHour;
  private final long[] buckets = new long[LatencyHistogram.BUCKETS];
  private final double[] seconds = new double[HOURS];
  private final long[] latencies = new long[HOURS];
  private Runs dayRuns = Runs.NONE;
  private Runs weekRuns = Runs.NONE;
  private Runs monthRuns = Runs.NONE;

  ItemFigures(Site site, Map<String, RegionPicture> all, Instant now) {
    this.site = site;
    this.regions = site.regions().stream().map(all::get).filter(Objects::nonNull).toList();
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    this.day = hour.minus(Duration.ofHours(RecentHours.DAY_HOURS));
    this.week = day.minus(Duration.ofDays(6));
    this.firstHour = hour.minus(Duration.ofHours(HOURS - 1));
    regions.forEach(this::add);
  }

  OverviewItem item(State state, RunStrip strip, @Nullable Long sinceMillis) {
    @Nullable LastRun failure = state == State.UP || !site.enabled() ? null : lastFailure();
    return new OverviewItem(
        site,
        state,
        strip.marks(),
        share(dayRuns),
        share(weekRuns),
        share(monthRuns),
        LatencyHistogram.of(buckets),
        means(),
        certificateDays(),
        failure == null ? null : failure.error(),
        failure == null ? null : failure.errorClass(),
        sinceMillis);
  }

  private void add(RegionPicture region) {
    weekRuns = weekRuns.plus(region.before().week());
    monthRuns = monthRuns.plus(region.before().month());
    RecentHours.Day made = region.day();
    if (made != null) {
      add(made.runs());
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] += made.latency().count(i);
      }
      made.hours().forEach((hour, each) -> addHour(hour, each.seconds(), each.count()));
    }
    region.forEachInMaintenance(this::leaveOut);
    region.forEachOpen(
        day,
        (hour, figures) -> {
          add(figures.runs());
          figures.addBucketsTo(buckets);
          addHour(hour, figures.seconds(), figures.latencies());
        });
  }

  private void add(Runs runs) {
    dayRuns = dayRuns.plus(runs);
    weekRuns = weekRuns.plus(runs);
    monthRuns = monthRuns.plus(runs);
  }

  private void leaveOut(Instant hour, Runs runs) {
    if (!hour.isBefore(day)) {
      dayRuns = dayRuns.minus(runs);
    }
    if (!hour.isBefore(week)) {
      weekRuns = weekRuns.minus(runs);
    }
    monthRuns = monthRuns.minus(runs);
  }

  private void addHour(Instant hour, double sum, long count) {
    long index = Duration.between(firstHour, hour).toHours();
    if (index >= 0 && index < HOURS && !hour.isBefore(firstHour)) {
      seconds[(int) index] += sum;
      latencies[(int) index] += count;
    }
  }

  private double[] means() {
    double[] means = new double[HOURS];
    Arrays.setAll(means, i -> latencies[i] == 0 ? Double.NaN : 1e3 * seconds[i] / latencies[i]);
    return means;
  }

  private @Nullable LastRun lastFailure() {
    LastRun newest = null;
    for (RegionPicture region : regions) {
      LastRun last = region.last();
      if (last != null
          && last.letter() != RunMark.UP
          && (newest == null || newest.slotMillis() < last.slotMillis())) {
        newest = last;
      }
    }
    return newest;
  }

  /** The fewest of its regions. */
  private @Nullable Long certificateDays() {
    Long fewest = null;
    for (RegionPicture region : regions) {
      LastRun last = region.last();
      Long days = last == null ? null : last.certificateDays();
      if (days != null && (fewest == null || days < fewest)) {
        fewest = days;
      }
    }
    return fewest;
  }

  /** Doubtful runs say nothing of the site. */
  private static @Nullable Double share(Runs runs) {
    long counted = runs.runs() - runs.doubtful();
    return counted <= 0 ? null : (double) runs.up() / counted;
  }
}
