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
import org.jspecify.annotations.Nullable;

/**
 * What is known of a site in one region between its runs. It changes with failing runs and with the
 * runs that end them, not while a site is well.
 *
 * @param inARow runs so far that speak against the present state: failures while it is well,
 *     successes while an incident is open
 * @param since the slot of the first of them; null for none
 * @param open the incident, null while the site is well
 * @param told the slot at which it was last told of; null where there is none
 */
record SiteState(
    int inARow, @Nullable Instant since, @Nullable Incident open, @Nullable Instant told) {

  static final SiteState WELL = new SiteState(0, null, null, null);

  /** What follows from a run: the state after it, and perhaps a notice. */
  record Step(SiteState after, @Nullable Notice notice) {}

  /**
   * Takes a run in. Missed and doubtful runs say nothing about the site; failures during
   * maintenance neither open nor repeat an incident.
   */
  Step next(SlotResult result) {
    if (result.run() == null || result.run().doubtful()) {
      return new Step(this, null);
    }
    Failure failure = result.run().failure();
    if (failure == null) {
      return open == null ? new Step(WELL, null) : succeeded(result.slot(), open);
    }
    Slot slot = result.slot();
    if (slot.site().incidents().maintenance().stream()
        .anyMatch(window -> window.contains(slot.intendedStart()))) {
      return new Step(this, null);
    }
    return open == null ? failed(slot, failure) : failedAgain(slot, open);
  }

  private Step failed(Slot slot, Failure failure) {
    Site site = slot.site();
    Instant first = since == null ? slot.intendedStart() : since;
    if (inARow + 1 < site.incidents().failures()) {
      return new Step(new SiteState(inARow + 1, first, null, null), null);
    }
    Incident incident =
        new Incident(site.key(), site.endpoint(), slot.region(), first, null, failure);
    return told(Notice.Kind.OPENED, incident, slot);
  }

  private Step failedAgain(Slot slot, Incident incident) {
    Duration repeat = slot.site().incidents().repeat();
    if (repeat.isPositive() && told != null && !slot.intendedStart().isBefore(told.plus(repeat))) {
      return told(Notice.Kind.REPEATED, incident, slot);
    }
    return new Step(new SiteState(0, null, incident, told), null);
  }

  private Step succeeded(Slot slot, Incident incident) {
    IncidentRules rules = slot.site().incidents();
    Instant first = since == null ? slot.intendedStart() : since;
    if (inARow + 1 < rules.successes()) {
      return new Step(new SiteState(inARow + 1, first, incident, told), null);
    }
    Notice notice = new Notice(Notice.Kind.CLOSED, incident.closedAt(first), slot.intendedStart());
    return new Step(WELL, notice);
  }

  private static Step told(Notice.Kind kind, Incident incident, Slot slot) {
    Instant now = slot.intendedStart();
    return new Step(new SiteState(0, null, incident, now), new Notice(kind, incident, now));
  }
}
