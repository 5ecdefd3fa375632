// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.rollup.RecentHours;
import dev.weir.monitor.schedule.SlotResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A site as one region sees it. Not thread-safe. */
final class RegionPicture {

  /** Hours are kept so long where the store has none of them: a day, and the one that goes on. */
  static final Duration KEPT = Duration.ofHours(RecentHours.DAY_HOURS);

  private final TreeMap<Instant, HourFigures> heard = new TreeMap<>();
  private Map<Instant, HourFigures> read = Map.of();
  private RecentHours.@Nullable Day day;
  private RecentHours.Before before = RecentHours.Before.NONE;
  private Map<Instant, RecentHours.Runs> maintenance = Map.of();
  private @Nullable LastRun last;

  /**
   * A run that was not missed.
   *
   * @param errorClass and {@code error} are null where it was up
   * @param certificateDays as last known; null without TLS
   */
  record LastRun(
      long slotMillis,
      char letter,
      @Nullable String errorClass,
      @Nullable String error,
      @Nullable Long certificateDays) {

    static LastRun of(RunMark mark, SlotResult result, Run run) {
      Failure failure = run.failure();
      return new LastRun(
          mark.slotMillis(),
          mark.letter(),
          failure == null ? null : failure.errorClass().spelling(),
          failure == null ? null : failure.sentence(),
          Certificates.days(run, result.actualStart()));
    }

    /** A failing run may end before there is a certificate; the one before it still holds. */
    private LastRun after(@Nullable LastRun before) {
      return certificateDays == null && before != null && letter != RunMark.UP
          ? new LastRun(slotMillis, letter, errorClass, error, before.certificateDays)
          : this;
    }
  }

  /** Takes a run unless a newer one is known. */
  void last(LastRun run) {
    if (last == null || last.slotMillis <= run.slotMillis) {
      last = run.after(last);
    }
  }

  @Nullable LastRun last() {
    return last;
  }

  /** It is not run here any more: its last run says nothing of it now. */
  void forgetLast() {
    last = null;
  }

  /** A run of this process that counts. */
  void count(RunMark mark, double latencyNanos) {
    Instant slot = Instant.ofEpochMilli(mark.slotMillis());
    Instant hour = slot.truncatedTo(ChronoUnit.HOURS);
    if (day != null && !hour.isAfter(day.lastHour())) {
      return; // its hour is made
    }
    HourFigures figures = heard.computeIfAbsent(hour, _ -> new HourFigures());
    figures.run(mark.letter());
    if (!Double.isNaN(latencyNanos)) {
      figures.latency(latencyNanos / 1e9);
    }
    heard.headMap(hour.minus(KEPT)).clear();
  }

  /** What the store has of hours that are not made, in place of what it had before. */
  void read(Map<Instant, HourFigures> hours) {
    read = Map.copyOf(hours);
  }

  /** The hours that are made; what was counted here of them is of no use any more. */
  void day(RecentHours.@Nullable Day made) {
    day = made;
    if (made != null) {
      heard.headMap(made.lastHour(), true).clear();
    }
  }

  RecentHours.@Nullable Day day() {
    return day;
  }

  /** What was before the day. */
  void before(RecentHours.Before made) {
    before = made;
  }

  RecentHours.Before before() {
    return before;
  }

  /**
   * Runs of hours that are made, in maintenance windows, as {@link StoredMaintenance} reads them.
   */
  void maintenance(Map<Instant, RecentHours.Runs> runs) {
    maintenance = Map.copyOf(runs);
  }

  /** Those of the hours that are made; what is heard has none. */
  void forEachInMaintenance(BiConsumer<Instant, RecentHours.Runs> runs) {
    maintenance.forEach((hour, each) -> {
      if (day == null || !hour.isAfter(day.lastHour())) {
        runs.accept(hour, each);
      }
    });
  }

  /** Hours that are not made, from a moment on. */
  void forEachOpen(Instant from, BiConsumer<Instant, HourFigures> hours) {
    heard.tailMap(from).forEach(hours);
    read.forEach((hour, figures) -> {
      if (!hour.isBefore(from) && (day == null || hour.isAfter(day.lastHour()))) {
        hours.accept(hour, figures);
      }
    });
  }
}
