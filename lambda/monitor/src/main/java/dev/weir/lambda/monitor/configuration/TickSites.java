// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.lambda.monitor.schedule.PlannedSchedule;
import dev.weir.lambda.monitor.schedule.Purpose;
import dev.weir.lambda.monitor.schedule.SiteSchedules;
import dev.weir.lambda.monitor.tick.TickDocuments;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sites that ticks plan, as documents {@code region/shard/customer/id}, and the one schedule of
 * each shard that has any. A document is there before its shard's schedule, and the schedule goes
 * after the last document. A schedule that was taken away is put back where a document has come
 * meanwhile: two who work at once leave no shard without its tick.
 */
final class TickSites {

  private static final int PAGE = 500;

  /** What a document's id says. */
  record Place(String region, int shard, SiteKey site) {

    String id() {
      return TickDocuments.prefix(region, shard) + site;
    }

    /** Empty for an id that Weir does not make. */
    static Optional<Place> of(String id) {
      String[] parts = id.split("/", -1);
      if (parts.length != 4 || !parts[1].matches("\\d{1,6}")) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Place(parts[0], Integer.parseInt(parts[1]), new SiteKey(parts[2], parts[3])));
      } catch (IllegalArgumentException _) {
        // no name of a site
        return Optional.empty();
      }
    }
  }

  private final Documents documents;
  private final Map<String, SiteSchedules> schedules;
  private final int shards;

  TickSites(Documents documents, Map<String, SiteSchedules> schedules, int shards) {
    this.documents = documents;
    this.schedules = Map.copyOf(schedules);
    this.shards = shards;
  }

  /** The same for the same site, wherever it is asked. */
  Place place(String region, SiteKey site) {
    return new Place(region, Math.floorMod(site.toString().hashCode(), shards), site);
  }

  /** What the document of a site holds. */
  static String text(Site site) {
    return SiteWriter.write(site);
  }

  void put(String region, Site site) {
    PlannedSchedule.checkSize(site);
    Place place = place(region, site.key());
    documents.apply(List.of(new DocumentEdit.Put(key(place.id()), text(site), DocumentEdit.ANY)));
    // another form of it is mended by the next reconciliation
    schedules(region).ensure(new PlannedSchedule.ShardTicks(place.shard()));
  }

  void remove(Place place) {
    documents.apply(List.of(new DocumentEdit.Delete(key(place.id()), DocumentEdit.ANY)));
    if (isEmpty(place.region(), place.shard())) {
      keep(place.region(), place.shard());
    }
  }

  /** Makes a shard's schedule there or not there, as its documents want it. */
  void keep(String region, int shard) {
    if (!schedules.containsKey(region)) {
      return;
    }
    if (isEmpty(region, shard)) {
      schedules(region).remove(new Purpose.OfShard(shard));
    }
    if (!isEmpty(region, shard)) {
      schedules(region).put(new PlannedSchedule.ShardTicks(shard));
    }
  }

  /** All documents by their ids. */
  Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    @Nullable String after = null;
    List<Document> page;
    do {
      page = documents.list(TickDocuments.COLLECTION, after, PAGE);
      page.forEach(document -> all.put(document.key().id(), document.json()));
      after = page.isEmpty() ? null : page.getLast().key().id();
    } while (page.size() == PAGE);
    return all;
  }

  private boolean isEmpty(String region, int shard) {
    String prefix = TickDocuments.prefix(region, shard);
    return documents.list(TickDocuments.COLLECTION, prefix, 1).stream()
        .noneMatch(document -> document.key().id().startsWith(prefix));
  }

  private SiteSchedules schedules(String region) {
    SiteSchedules found = schedules.get(region);
    if (found == null) {
      throw new IllegalStateException("no schedules in " + region);
    }
    return found;
  }

  private static DocumentKey key(String id) {
    return new DocumentKey(TickDocuments.COLLECTION, id);
  }
}
