// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import static dev.weir.monitor.schedule.TestRuns.REGION;
import static dev.weir.monitor.schedule.TestRuns.key;
import static dev.weir.monitor.schedule.TestRuns.site;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class ScheduledSitesTest {

  private static final Duration TEN = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T08:00:00Z"));
  private final SteppedThreads threads = new SteppedThreads();
  private final List<SlotResult> results = new ArrayList<>();
  private final Scheduler scheduler =
      new Scheduler(
          new ScheduleOptions(REGION, 10, 1, Duration.ZERO),
          TestRuns.siteRuns(TestRuns.prober(_ -> TestRuns.up())),
          results::add,
          ScheduleListener.NONE,
          clock,
          threads);

  @Test
  void schedulesWhatIsThereAndFollowsWhatChanges() {
    MemoryDocuments documents = new MemoryDocuments();
    SiteBook book = new SiteBook(documents, REGION);
    apply(book, List.of(site("a", TEN), site("b", TEN)));
    try (ScheduledSites _ = new ScheduledSites(book, documents, scheduler)) {
      assertThat(sites()).isEqualTo(2);
      apply(book, List.of(site("b", TEN), site("c", TEN), site("d", TEN)));
      documents.awaitTold();
      assertThat(sites()).isEqualTo(3);
      apply(book, List.of(site(key("b"), TEN, List.of(REGION), false), site("c", TEN)));
      documents.awaitTold();
      assertThat(sites()).isOne();
    }
    apply(book, List.of(site("a", TEN), site("b", TEN)));
    documents.awaitTold();
    assertThat(sites()).isOne();
  }

  @Test
  void whatChangesWhileItReadsWinsOverWhatItReads() {
    MemoryDocuments documents = new MemoryDocuments();
    SiteBook writing = new SiteBook(documents, REGION);
    apply(writing, List.of(site("a", TEN), site("b", TEN)));
    // The list is taken, then both change, and only then the list arrives.
    Documents slow =
        new Documents() {
          private boolean listed;

          @Override
          public Optional<Document> get(DocumentKey key) {
            return documents.get(key);
          }

          @Override
          public List<Document> list(String collection, @Nullable String afterId, int limit) {
            List<Document> before = documents.list(collection, afterId, limit);
            if (!listed) {
              listed = true;
              ScheduledSitesTest.apply(writing, List.of(site("a", Duration.ofHours(1))));
              documents.awaitTold();
            }
            return before;
          }

          @Override
          public List<Document> apply(List<DocumentEdit> edits) {
            return documents.apply(edits);
          }
        };
    SiteBook reading = new SiteBook(slow, REGION);
    try (ScheduledSites _ = new ScheduledSites(reading, documents, scheduler)) {
      assertThat(sites()).isOne();
      clock.advance(TEN);
      scheduler.turn();
      threads.runAll();
      assertThat(results).isEmpty(); // by the hour, not every ten seconds
    }
  }

  private int sites() {
    return scheduler.figures().sites();
  }

  private static void apply(SiteBook book, List<Site> sites) {
    book.apply(book.plan(null, sites, true));
  }
}
