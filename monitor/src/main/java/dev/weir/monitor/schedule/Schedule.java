// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which slots are due, which are missed, and how many runs go at once; without a thread or a clock.
 * Times are nanoseconds since the epoch. Not thread-safe.
 *
 * <p>The next slot of each site stands in a heap. What is due waits in one queue for a place; a
 * site waits there once at most, so that it can't grow beyond the number of sites. When the next
 * slot of a site comes and the one before it still waits, the older one is missed and the newer one
 * takes its place in the queue. A slot that is found more than {@link #LATE_MAX} after its time is
 * missed: after a pause of whatever length nothing is caught up with, and one miss stands for all
 * the slots of a site in it.
 */
final class Schedule {

  /** Slots are run so late at most, not counting the wait for a place. */
  static final Duration LATE_MAX = Duration.ofSeconds(5);

  /**
   * When the clock is set back by more, slots are taken from its new time, and those that are run a
   * second time are refused or replaced by the store; by less, Weir waits for the time to come
   * again.
   */
  static final Duration SET_BACK_MAX = Duration.ofMinutes(1);

  static final long NEVER = Long.MAX_VALUE;

  private static final long NONE = Long.MIN_VALUE;
  private static final int STALE_MIN = 1_000;

  private final String region;
  private final int concurrency;
  private final int overlap;
  private final Map<SiteKey, Entry> entries = new HashMap<>();
  private PriorityQueue<Turn> turns = new PriorityQueue<>(Comparator.comparingLong(Turn::at));
  private final Deque<Entry> ready = new ArrayDeque<>();
  private int stale;
  private int running;
  private int waiting;
  private long latest = NONE;

  Schedule(ScheduleOptions options) {
    region = options.region();
    concurrency = options.concurrency();
    overlap = options.overlap();
  }

  /** One site, as it is watched now. */
  static final class Entry {
    private Site site;
    private SlotTimes times;
    private long next;
    private long waiting = NONE;
    private int running;
    private boolean stopped;

    private Entry(Site site, SlotTimes times) {
      this.site = site;
      this.times = times;
    }
  }

  /** A place in the heap; stale when its entry has another next slot by now. */
  private record Turn(Entry entry, long at) {
    boolean isStale() {
      return entry.stopped || entry.next != at;
    }
  }

  /** A run that has got a place. */
  record Due(Entry entry, Slot slot) {}

  /** Adds a site, or puts its new definition in the place of the old one. */
  void put(Site site, long now) {
    if (!site.enabled() || !site.regions().contains(region)) {
      remove(site.key());
      return;
    }
    Entry entry = entries.get(site.key());
    SlotTimes times = SlotTimes.of(site.key(), region, site.interval());
    if (entry == null) {
      entry = new Entry(site, times);
      entries.put(site.key(), entry);
    } else {
      entry.site = site;
      if (entry.times.equals(times)) {
        return;
      }
      entry.times = times;
      stale++;
    }
    take(entry, times.nextAfter(Math.max(now, latest)));
    dropStale();
  }

  /** Takes a site away: what its runs give is of no use any more. */
  void remove(SiteKey key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      entry.stopped = true;
      stale++;
      if (entry.waiting != NONE) {
        entry.waiting = NONE;
        waiting--;
      }
      dropStale();
    }
  }

  /**
   * Takes all slots up to now.
   *
   * @return those that are missed
   */
  List<SlotResult> advance(long now) {
    if (latest != NONE && now < latest - SET_BACK_MAX.toNanos()) {
      restart(now);
    }
    latest = Math.max(latest, now);
    List<SlotResult> missed = new ArrayList<>();
    for (Turn turn = turns.peek(); turn != null && turn.at <= now; turn = turns.peek()) {
      turns.poll();
      if (turn.isStale()) {
        stale--;
        continue;
      }
      Entry entry = turn.entry;
      long slot = entry.times.latestAt(now);
      long before = (slot - turn.at) / entry.times.intervalNanos();
      if (now - slot > LATE_MAX.toNanos()) {
        missed.add(miss(entry, slot, now, Miss.Reason.PAUSE, before + 1));
      } else {
        if (before > 0) {
          long last = slot - entry.times.intervalNanos();
          missed.add(miss(entry, last, now, Miss.Reason.PAUSE, before));
        }
        due(entry, slot, now, missed);
      }
      take(entry, slot + entry.times.intervalNanos());
    }
    return missed;
  }

  /** The next run that has a place; null while there is none. */
  @Nullable Due take() {
    while (running < concurrency) {
      Entry entry = ready.poll();
      if (entry == null) {
        return null;
      }
      if (entry.waiting != NONE) {
        Slot slot = new Slot(entry.site, region, SlotTimes.instant(entry.waiting));
        entry.waiting = NONE;
        waiting--;
        entry.running++;
        running++;
        return new Due(entry, slot);
      }
    }
    return null;
  }

  /** Whether the result of a run is still of use: its site is run here, changed or not. */
  boolean isWanted(Due due) {
    return !due.entry.stopped;
  }

  /** A run has ended; its place is free. */
  void ended(Due due) {
    due.entry.running--;
    running--;
  }

  /** When {@link #advance} has something to do; {@link #NEVER} without a site. */
  long nextMoment() {
    for (Turn turn = turns.peek(); turn != null; turn = turns.peek()) {
      if (!turn.isStale()) {
        return turn.at;
      }
      turns.poll();
      stale--;
    }
    return NEVER;
  }

  boolean has(SiteKey key) {
    return entries.containsKey(key);
  }

  ScheduleFigures figures() {
    return new ScheduleFigures(entries.size(), running, waiting);
  }

  private void due(Entry entry, long slot, long now, List<SlotResult> missed) {
    if (entry.waiting != NONE) {
      missed.add(miss(entry, entry.waiting, now, Miss.Reason.SATURATION, 1));
      entry.waiting = slot;
    } else if (entry.running >= overlap) {
      missed.add(miss(entry, slot, now, Miss.Reason.OVERLAP, 1));
    } else {
      entry.waiting = slot;
      waiting++;
      ready.add(entry);
    }
  }

  private SlotResult miss(Entry entry, long slot, long now, Miss.Reason reason, long slots) {
    return new SlotResult(
        new Slot(entry.site, region, SlotTimes.instant(slot)),
        SlotTimes.instant(now),
        new Miss(reason, slots));
  }

  private void take(Entry entry, long next) {
    entry.next = next;
    turns.add(new Turn(entry, next));
  }

  private void restart(long now) {
    turns.clear();
    stale = 0;
    latest = now;
    entries.values().forEach(entry -> take(entry, entry.times.nextAfter(now)));
  }

  /** Places of sites that changed would stay until their old time came, up to a day. */
  private void dropStale() {
    if (stale > STALE_MIN && stale > turns.size() / 2) {
      PriorityQueue<Turn> fresh = new PriorityQueue<>(Comparator.comparingLong(Turn::at));
      turns.stream().filter(turn -> !turn.isStale()).forEach(fresh::add);
      turns = fresh;
      stale = 0;
    }
  }
}
