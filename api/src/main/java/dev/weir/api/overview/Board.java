// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.overview;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.notice.Incident;
import dev.weir.monitor.site.SiteChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All sites, in the order of customer and id. What is published has a version, which grows whenever
 * some site looks other than before, so that a reader can ask for what came after the version that
 * it knows. Thread-safe.
 */
final class Board {

  /** Sites taken away that are remembered for who follows; of a reader further back all is lost. */
  static final int REMOVALS_MAX = 20_000;

  private final ConcurrentSkipListMap<String, SitePicture> pictures = new ConcurrentSkipListMap<>();
  private final Supplier<List<Incident>> open;
  private final Deque<Removal> removals = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<SiteKey> told = new HashSet<>();
  private boolean complete;
  private long version;
  private Instant hour = Instant.EPOCH;

  /**
   * A board without sites.
   *
   * @param open the incidents that are open now
   */
  Board(Supplier<List<Incident>> open) {
    this.open = open;
  }

  /** A site that was taken away. */
  record Removal(SiteKey key, long version, long millis) {}

  // ---- sites ----

  /** A change of a definition. */
  void take(SiteChange change, Instant now) {
    lock.lock();
    try {
      if (!complete) {
        told.add(change.key());
      }
      put(change.key(), change.after(), now);
    } finally {
      lock.unlock();
    }
  }

  /** Sites as they were read; of those that were told of meanwhile it is known better. */
  void begin(List<Site> sites, Instant now) {
    lock.lock();
    try {
      for (Site site : sites) {
        if (!told.contains(site.key())) {
          put(site.key(), site, now);
        }
      }
      complete = true;
      told.clear();
    } finally {
      lock.unlock();
    }
  }

  /** The picture of a site, defined or not yet. */
  SitePicture picture(SiteKey key) {
    return pictures.computeIfAbsent(key.toString(), _ -> new SitePicture());
  }

  @Nullable SitePicture known(SiteKey key) {
    return pictures.get(key.toString());
  }

  /** A site is not run here any more: its last run goes, and all of it where it was taken away. */
  void forget(SiteKey key, String region) {
    lock.lock();
    try {
      SitePicture picture = pictures.get(key.toString());
      if (picture != null) {
        picture.forgetLast(region);
        if (!picture.isDefined()) {
          pictures.remove(key.toString());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** In order. */
  Collection<SitePicture> pictures() {
    return pictures.values();
  }

  private void put(SiteKey key, @Nullable Site site, Instant now) {
    if (site != null) {
      picture(key).define(site);
      return;
    }
    SitePicture gone = pictures.remove(key.toString());
    if (gone != null) {
      gone.undefine();
      removals.add(new Removal(key, ++version, now.toEpochMilli()));
      if (removals.size() > REMOVALS_MAX) {
        removals.removeFirst();
      }
      changed.signalAll();
    }
  }

  // ---- what is published ----

  /** Shows what has changed, to whoever asks and whoever waits. */
  void publish(Instant now) {
    Map<String, Long> since = since();
    lock.lock();
    try {
      Instant begun = now.truncatedTo(ChronoUnit.HOURS);
      boolean newHour = !begun.equals(hour);
      hour = begun;
      boolean any = false;
      for (Map.Entry<String, SitePicture> each : pictures.entrySet()) {
        SitePicture picture = each.getValue();
        any |= picture.publish(now, newHour, since.get(each.getKey()), version + 1);
      }
      if (any) {
        version++;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  /** Whether no such site is shown. */
  boolean isGone(SiteKey key) {
    SitePicture picture = pictures.get(key.toString());
    return picture == null || picture.published() == null;
  }

  /** Sites that were taken away, oldest first. */
  List<Removal> removals() {
    lock.lock();
    try {
      return List.copyOf(removals);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for another version than the one that is known, for so long at most. */
  void await(long known, long most, BooleanSupplier givenUp) throws InterruptedException {
    lock.lock();
    try {
      long left = most;
      while (version == known && left > 0 && !givenUp.getAsBoolean()) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** All who wait look around. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Map<String, Long> since() {
    Map<String, Long> since = new HashMap<>();
    for (Incident incident : open.get()) {
      since.merge(incident.site().toString(), incident.start().toEpochMilli(), Math::min);
    }
    return since;
  }
}
