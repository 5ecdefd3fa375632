// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.site.SiteBook;
import dev.weir.monitor.site.StoredSite;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The sites as they were when this was made, and as they are now where that matters. */
final class WatchedSites {

  private final Documents documents;
  private final SiteBook book;
  private final List<Site> sites;
  private final Set<String> watched;

  WatchedSites(Documents documents, String region) {
    this.documents = documents;
    this.book = new SiteBook(documents, region);
    this.sites = book.all(null).stream().map(StoredSite::site).toList();
    this.watched =
        sites.stream()
            .filter(Site::enabled)
            .flatMap(site -> site.regions().stream().map(each -> name(site.key(), each)))
            .collect(Collectors.toSet());
  }

  /** The customers that have sites. */
  Set<String> customers() {
    return sites.stream()
        .map(site -> site.key().customer())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Whether a site is watched from a region. One that was not is asked for anew: it may have been
   * made since, and be down already. One that can't be read stays as it is.
   */
  boolean isWatched(SiteKey key, String region) {
    if (watched.contains(name(key, region))) {
      return true;
    }
    Optional<StoredSite> now = book.get(key);
    if (now.isEmpty()) {
      return documents.get(new DocumentKey(SiteBook.COLLECTION, key.toString())).isPresent();
    }
    return now.get().site().enabled() && now.get().site().regions().contains(region);
  }

  private static String name(SiteKey key, String region) {
    return key + "/" + region;
  }
}
