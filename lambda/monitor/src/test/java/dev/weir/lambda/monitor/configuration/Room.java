// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.lambda.monitor.schedule.Calls;
import dev.weir.lambda.monitor.schedule.SiteSchedules;
import dev.weir.store.kit.MemoryDocuments;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** The room's parts over fakes, with two regions. */
final class Room implements ConfigurationListener {

  static final String HOME = "eu-west-1";
  static final String AWAY = "us-east-1";
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final Instant LATER = NOW.plusSeconds(60);
  static final int SHARDS = 4;

  final FakeItems items = new FakeItems();
  final FakeSchedules home = new FakeSchedules(HOME);
  final FakeSchedules away = new FakeSchedules(AWAY);
  final MemoryDocuments documents = new MemoryDocuments();
  final Map<String, SiteSchedules> schedules = Map.of(HOME, home, AWAY, away);
  final TickSites tick = new TickSites(documents, schedules, SHARDS);
  final SiteKeeper keeper = new SiteKeeper(items, schedules, tick);
  final StreamChanges changes = new StreamChanges(keeper, HOME, this, InstantSource.fixed(NOW));
  final Reconciliation reconciliation =
      new Reconciliation(
          items,
          schedules,
          tick,
          keeper,
          new Calls(pause -> {}, new Random(1)),
          InstantSource.fixed(NOW));

  final AtomicInteger unchanged = new AtomicInteger();
  final AtomicInteger refused = new AtomicInteger();
  final AtomicInteger postponed = new AtomicInteger();

  /** The records that failed. */
  List<String> apply(Events events) {
    return changes.apply(events.event(), LATER).failed();
  }

  /** A new item, and its event. */
  void insert(String sequence, String siteId, String item) {
    items.put(siteId, item);
    apply(new Events().insert(sequence, siteId, item));
  }

  /** An item that another takes the place of, and its event. */
  void modify(String sequence, String siteId, String old, String item) {
    items.put(siteId, item);
    apply(new Events().modify(sequence, siteId, old, item));
  }

  List<String> documentIds() {
    return List.copyOf(tick.all().keySet());
  }

  @Override
  public void unchanged() {
    unchanged.incrementAndGet();
  }

  @Override
  public void refused() {
    refused.incrementAndGet();
  }

  @Override
  public void postponed() {
    postponed.incrementAndGet();
  }
}
