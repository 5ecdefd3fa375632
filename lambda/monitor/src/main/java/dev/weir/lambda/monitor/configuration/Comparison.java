// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.lambda.monitor.configuration.DriftReport.Trouble;
import dev.weir.lambda.monitor.configuration.Placement.Way;
import dev.weir.lambda.monitor.configuration.SiteItems.Present;
import dev.weir.lambda.monitor.document.SiteItem;
import dev.weir.lambda.monitor.schedule.FoundSchedule;
import dev.weir.lambda.monitor.schedule.PlannedSchedule;
import dev.weir.lambda.monitor.schedule.Purpose;
import dev.weir.lambda.monitor.schedule.SiteSchedules;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gathers the table, the documents of the tick and the schedules of each region, in this order, and
 * what differs between them. Of a site whose item can't be read, or can't be as it stands, nothing
 * counts as left over: it goes on running as it last did.
 */
final class Comparison {

  /** A place of a site where something differs. */
  record Drifted(SiteKey site, Placement place) {}

  /** A shard whose schedule differs. */
  record Shard(String region, int shard) {}

  private final Map<String, SiteSchedules> schedules;
  private final TickSites tick;
  private final Map<String, Site> sites = new TreeMap<>();
  private final Set<SiteKey> kept = new HashSet<>();
  private final Map<String, Set<Integer>> shards = new TreeMap<>();
  private final List<Drift> drift = new ArrayList<>();
  private final List<Drifted> drifted = new ArrayList<>();
  private final List<TickSites.Place> strays = new ArrayList<>();
  private final List<Shard> driftedShards = new ArrayList<>();
  private final List<Trouble> refused = new ArrayList<>();
  private final List<Trouble> failed = new ArrayList<>();
  private int foreign;

  Comparison(Map<String, SiteSchedules> schedules, TickSites tick) {
    this.schedules = schedules;
    this.tick = tick;
  }

  void wanted(SiteItems.Item item) {
    switch (item.present()) {
      case Present.Readable(Site site) -> {
        sites.put(site.key().toString(), site);
        FirstAttempt.warn(site);
        Set<String> known = schedules.keySet();
        site.regions().stream()
            .filter(region -> site.enabled() && !known.contains(region))
            .forEach(region -> refuse(site.key(), SiteKeeper.unknownRegion(region, known)));
      }
      case Present.Unreadable unreadable -> {
        SiteItem.key(item.siteId()).ifPresent(kept::add);
        refused.add(new Trouble(item.siteId(), unreadable.reason()));
      }
      case Present.Absent _ -> {
        // gone since the page was read: what it leaves is looked at before it is removed
      }
    }
  }

  private void refuse(SiteKey site, String reason) {
    kept.add(site);
    refused.add(new Trouble(site.toString(), reason));
  }

  private boolean wants(Site site, String region, Way way) {
    return Placement.of(site).contains(new Placement(region, way));
  }

  // ---- the tick's documents ----

  void documents(Map<String, String> documents) {
    Map<String, Site> expected = new TreeMap<>();
    for (Site site : sites.values()) {
      for (String region : schedules.keySet()) {
        if (wants(site, region, Way.TICK)) {
          TickSites.Place place = tick.place(region, site.key());
          expected.put(place.id(), site);
          shard(place);
        }
      }
    }
    expected.forEach((id, site) -> {
      String found = documents.get(id);
      if (!TickSites.text(site).equals(found)) {
        String region = id.substring(0, id.indexOf('/'));
        note(
            found == null ? Drift.Kind.MISSING : Drift.Kind.DIFFERENT,
            site.key(),
            new Placement(region, Way.TICK));
      }
    });
    for (String id : documents.keySet()) {
      Optional<TickSites.Place> place = TickSites.Place.of(id);
      if (place.isEmpty()) {
        foreign++;
      } else if (!expected.containsKey(id)) {
        leftOver(place.get());
      }
    }
  }

  private void leftOver(TickSites.Place place) {
    boolean stray = !tick.place(place.region(), place.site()).equals(place);
    if (kept.contains(place.site())) {
      shard(place);
    } else if (stray) {
      drift.add(entry(Drift.Kind.ORPHANED, "document", place.region(), place.site()));
      strays.add(place);
    } else {
      note(Drift.Kind.ORPHANED, place.site(), new Placement(place.region(), Way.TICK));
    }
  }

  private void shard(TickSites.Place place) {
    shards.computeIfAbsent(place.region(), any -> new TreeSet<>()).add(place.shard());
  }

  // ---- schedules ----

  void region(SiteSchedules region, List<FoundSchedule> found) {
    Map<Purpose, FoundSchedule> ours = new HashMap<>();
    Map<String, FoundSchedule> byPlace = new HashMap<>();
    for (FoundSchedule each : found) {
      byPlace.put(each.place(), each);
      each.purpose().ifPresentOrElse(purpose -> ours.put(purpose, each), () -> foreign++);
    }
    for (Site site : sites.values()) {
      if (wants(site, region.region(), Way.SCHEDULE)) {
        Purpose purpose = new Purpose.OfSite(site.key());
        try {
          FoundSchedule form = region.form(new PlannedSchedule.SiteRuns(site));
          differs(form, byPlace)
              .ifPresent(
                  kind -> note(kind, site.key(), new Placement(region.region(), Way.SCHEDULE)));
        } catch (StoreException e) {
          refuse(site.key(), String.valueOf(e.getMessage()));
        }
        ours.remove(purpose);
      }
    }
    for (int shard : shards.getOrDefault(region.region(), Set.of())) {
      FoundSchedule form = region.form(new PlannedSchedule.ShardTicks(shard));
      differs(form, byPlace).ifPresent(kind -> tick(kind, region.region(), shard));
      ours.remove(new Purpose.OfShard(shard));
    }
    for (Purpose left : ours.keySet()) {
      switch (left) {
        case Purpose.OfSite(SiteKey site) -> {
          if (!kept.contains(site)) {
            note(Drift.Kind.ORPHANED, site, new Placement(region.region(), Way.SCHEDULE));
          }
        }
        case Purpose.OfShard(int shard) -> tick(Drift.Kind.ORPHANED, region.region(), shard);
      }
    }
  }

  /** A schedule that stands in the place of a wanted one is that one, whoever wrote it. */
  private Optional<Drift.Kind> differs(FoundSchedule form, Map<String, FoundSchedule> byPlace) {
    FoundSchedule there = byPlace.get(form.place());
    if (there == null) {
      return Optional.of(Drift.Kind.MISSING);
    }
    if (there.purpose().isEmpty()) {
      foreign--;
    }
    return there.equals(form) ? Optional.empty() : Optional.of(Drift.Kind.DIFFERENT);
  }

  private void tick(Drift.Kind kind, String region, int shard) {
    drift.add(new Drift(kind, "tick", region, "", Integer.toString(shard)));
    driftedShards.add(new Shard(region, shard));
  }

  private void note(Drift.Kind kind, SiteKey site, Placement place) {
    String what = place.way() == Way.SCHEDULE ? "schedule" : "document";
    drift.add(entry(kind, what, place.region(), site));
    drifted.add(new Drifted(site, place));
  }

  private static Drift entry(Drift.Kind kind, String what, String region, SiteKey site) {
    return new Drift(kind, what, region, site.customer(), site.id());
  }

  void failed(String what, String reason) {
    failed.add(new Trouble(what, reason));
  }

  int sites() {
    return sites.size();
  }

  int foreign() {
    return foreign;
  }

  List<Drift> drift() {
    return drift;
  }

  List<Drifted> drifted() {
    return drifted;
  }

  List<TickSites.Place> strayDocuments() {
    return strays;
  }

  List<Shard> driftedShards() {
    return driftedShards;
  }

  List<Trouble> refused() {
    return refused;
  }

  List<Trouble> failed() {
    return failed;
  }
}
