// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.tick;

import dev.weir.document.Document;
import dev.weir.document.Documents;
import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.order.CheckOrder;
import dev.weir.lambda.monitor.schedule.PlannedSchedule;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sites of a tick's shard, as the configuration function has left them. Thread-safe. */
final class ShardSites {

  private static final int PAGE = 500;
  private static final Logger LOG = LoggerFactory.getLogger(ShardSites.class);

  private final Documents documents;

  ShardSites(Documents documents) {
    this.documents = documents;
  }

  /**
   * What a shard has.
   *
   * @param sites that are to be planned
   * @param refused how many can't be
   */
  record Found(List<Site> sites, int refused) {}

  /** Those that can be read; the others are told of and cost nobody anything. */
  Found of(Tick tick) {
    SiteReader reader = new SiteReader(tick.region());
    List<Site> sites = new ArrayList<>();
    int refused = 0;
    String after = tick.prefix();
    boolean more = true;
    while (more) {
      List<Document> page = documents.list(TickDocuments.COLLECTION, after, PAGE);
      more = page.size() == PAGE;
      for (Document document : page) {
        after = document.key().id();
        if (!after.startsWith(tick.prefix())) {
          more = false;
          break;
        }
        Optional<Site> site = site(reader, document);
        site.filter(each -> isPlanned(each, tick.region())).ifPresent(sites::add);
        refused += site.isEmpty() ? 1 : 0;
      }
    }
    return new Found(sites, refused);
  }

  private static Optional<Site> site(SiteReader reader, Document document) {
    int bytes = document.json().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > CheckOrder.SITE_BYTES_MAX) {
      FunctionLog.refused(
          LOG,
          document.key().id(),
          "a site that is checked by a message has at most %,d bytes, not %,d"
              .formatted(CheckOrder.SITE_BYTES_MAX, bytes));
      return Optional.empty();
    }
    switch (reader.read(document.key().id(), document.json())) {
      case SiteReader.Reading.Sites sites when sites.sites().size() == 1 -> {
        return Optional.of(sites.sites().getFirst());
      }
      case SiteReader.Reading.Sites _ ->
          FunctionLog.refused(LOG, document.key().id(), "it is not one site");
      case SiteReader.Reading.Refused refused ->
          FunctionLog.refused(LOG, document.key().id(), refused.problems().getFirst().toString());
    }
    return Optional.empty();
  }

  /** A document that is about to go must not be checked beside the schedule that is there now. */
  private static boolean isPlanned(Site site, String region) {
    return site.enabled()
        && site.regions().contains(region)
        && !PlannedSchedule.fits(site.interval());
  }
}
