// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a site in one region between its runs. It changes with failing runs and with the
 * runs that end them, not while a site is well.
 *
 * <p>Results may come twice, or an older one after a newer one. One that is not newer than what was
 * taken in says nothing new. While a site is well nothing is noted, and nothing needs to be: a run
 * that changed nothing then changes nothing the second time.
 *
 * @param inARow runs so far that speak against the present state: failures while it is well,
 *     successes while an incident is open
 * @param since the slot of the first of them; null for none
 * @param open the incident, null while the site is well
 * @param told the slot at which it was last told of; null where there is none
 * @param taken the slot of the last run that was taken in; null where none ever changed anything
 */
record SiteState(
    int inARow,
    @Nullable Instant since,
    @Nullable Incident open,
    @Nullable Instant told,
    @Nullable Instant taken) {

  static final SiteState WELL = new SiteState(0, null, null, null, null);

  /** A slot that was taken in and is later than now by more is of a clock that was set back. */
  static final Duration AHEAD_MAX = Duration.ofMinutes(1);

  /** What follows from a run: the state after it, and perhaps a notice. */
  record Step(SiteState after, @Nullable Notice notice) {}

  /** The same, but for the slot that was taken in last. */
  boolean saysTheSameAs(SiteState other) {
    return inARow == other.inARow
        && Objects.equals(since, other.since)
        && Objects.equals(open, other.open)
        && Objects.equals(told, other.told);
  }

  /**
   * Takes a run in. Missed and doubtful runs say nothing about the site; failures during
   * maintenance neither count nor open or repeat an incident; a run that is not newer than the last
   * one that was taken in is left out.
   */
  Step next(SlotResult result, Instant now) {
    if (result.run() == null || result.run().doubtful() || isOld(result.slot(), now)) {
      return new Step(this, null);
    }
    Failure failure = result.run().failure();
    if (failure == null) {
      return open == null ? recovered(result.slot()) : succeeded(result.slot(), open);
    }
    Slot slot = result.slot();
    if (slot.site().incidents().maintenance().stream()
        .anyMatch(window -> window.contains(slot.intendedStart()))) {
      return new Step(this, null);
    }
    return open == null ? failed(slot, failure) : failedAgain(slot, open);
  }

  private boolean isOld(Slot slot, Instant now) {
    return taken != null
        && !slot.intendedStart().isAfter(taken)
        && !taken.isAfter(now.plus(AHEAD_MAX));
  }

  private Step recovered(Slot slot) {
    return new Step(inARow == 0 ? this : well(slot), null);
  }

  private Step failed(Slot slot, Failure failure) {
    Site site = slot.site();
    Instant now = slot.intendedStart();
    Instant first = since == null ? now : since;
    if (inARow + 1 < site.incidents().failures()) {
      return new Step(new SiteState(inARow + 1, first, null, null, now), null);
    }
    Incident incident =
        new Incident(site.key(), site.endpoint(), slot.region(), first, null, failure);
    return told(Notice.Kind.OPENED, incident, slot);
  }

  private Step failedAgain(Slot slot, Incident incident) {
    Duration repeat = slot.site().incidents().repeat();
    Instant now = slot.intendedStart();
    if (repeat.isPositive() && told != null && !now.isBefore(told.plus(repeat))) {
      return told(Notice.Kind.REPEATED, incident, slot);
    }
    return new Step(new SiteState(0, null, incident, told, now), null);
  }

  private Step succeeded(Slot slot, Incident incident) {
    IncidentRules rules = slot.site().incidents();
    Instant now = slot.intendedStart();
    Instant first = since == null ? now : since;
    if (inARow + 1 < rules.successes()) {
      return new Step(new SiteState(inARow + 1, first, incident, told, now), null);
    }
    return new Step(well(slot), new Notice(Notice.Kind.CLOSED, incident.closedAt(first), now));
  }

  private static SiteState well(Slot slot) {
    return new SiteState(0, null, null, null, slot.intendedStart());
  }

  private static Step told(Notice.Kind kind, Incident incident, Slot slot) {
    Instant now = slot.intendedStart();
    return new Step(new SiteState(0, null, incident, now, now), new Notice(kind, incident, now));
  }
}
