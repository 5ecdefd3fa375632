// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.document.FollowedDocuments;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.site.SiteBook;
import dev.weir.monitor.site.SiteChange;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps a scheduler to the sites of a book: all that are there now, and each change from now on.
 */
public final class ScheduledSites implements AutoCloseable {

  private final Scheduler scheduler;
  private final FollowedDocuments.Subscription changes;
  private final Set<SiteKey> changed = new HashSet<>();
  private boolean complete;

  /**
   * Puts all sites of the book into the scheduler; a site that can't be read is left out.
   *
   * @param feed the documents of the book
   */
  public ScheduledSites(SiteBook book, FollowedDocuments feed, Scheduler scheduler) {
    this.scheduler = scheduler;
    this.changes = book.follow(feed, this::apply);
    try {
      book.all(null).forEach(stored -> begin(stored.site()));
      complete();
    } catch (RuntimeException e) {
      changes.close();
      throw e;
    }
  }

  /** Follows no longer; the scheduler keeps the sites that it has. */
  @Override
  public void close() {
    changes.close();
  }

  private synchronized void apply(SiteChange change) {
    if (!complete) {
      changed.add(change.key());
    }
    Site now = change.after();
    if (now == null) {
      scheduler.remove(change.key());
    } else {
      scheduler.put(now);
    }
  }

  /** What was read may be older than a change that has been told of meanwhile. */
  private synchronized void begin(Site site) {
    if (!changed.contains(site.key())) {
      scheduler.put(site);
    }
  }

  private synchronized void complete() {
    complete = true;
    changed.clear();
  }
}
