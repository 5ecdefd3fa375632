// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import static dev.weir.lambda.monitor.result.Reports.down;
import static dev.weir.lambda.monitor.result.Reports.site;
import static dev.weir.lambda.monitor.result.Reports.up;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.document.Document;
import dev.weir.document.Documents;
import dev.weir.lambda.monitor.document.TestTables;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.notice.Incident;
import dev.weir.monitor.notice.IncidentBook;
import dev.weir.monitor.notice.NoticeListener;
import dev.weir.store.kit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several writers have the same messages at the same time, and DynamoDB between them. */
@Timeout(120)
class WritersSideBySideTest {

  private static final int WRITERS = 4;
  private static final int ROUNDS_MAX = 20;

  private final KeyedPoints store = new KeyedPoints();
  private final ManualClock clock = new ManualClock(Reports.START.plus(Duration.ofHours(1)));

  @Test
  void eachSlotIsOneRecordAndNoNoticeIsThereTwice() throws Exception {
    List<Site> sites =
        List.of(site("default", "shop"), site("default", "blog"), site("acme", "crm"));
    Map<String, String> batch = new LinkedHashMap<>();
    for (Site site : sites) {
      for (int minute = 0; minute < 6; minute++) {
        batch.put(
            site.key() + "/" + minute, minute % 2 == 0 ? down(site, minute) : up(site, minute));
      }
      batch.put(site.key() + "/last", down(site, 6));
    }
    try (TestTables tables = TestTables.start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Documents documents = tables.make().kept();
      List<Future<Integer>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(threads.submit(() -> writeUntilDone(documents, batch)));
      }
      for (Future<Integer> writer : writers) {
        assertThat(writer.get()).as("rounds").isLessThan(ROUNDS_MAX);
      }

      assertThat(store.stored()).hasSize(batch.size());
      List<String> waiting =
          documents.list("waiting-notices", null, 500).stream()
              .map(Document::json)
              .map(text -> text.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1"))
              .toList();
      assertThat(waiting).doesNotHaveDuplicates();
      assertThat(book(documents).open(null))
          .extracting(Incident::site)
          .containsExactlyInAnyOrderElementsOf(sites.stream().map(Site::key).toList());
      book(documents).deliver(Instant.MAX);
      assertThat(documents.list("waiting-notices", null, 1)).isEmpty();
    }
  }

  /** As the queue does it: what was not done comes again. */
  private int writeUntilDone(Documents documents, Map<String, String> batch) {
    ReportWriter writer = new ReportWriter(store, book(documents), new WriterListener() {}, clock);
    Map<String, String> left = new LinkedHashMap<>(batch);
    for (int round = 0; round < ROUNDS_MAX; round++) {
      Set<String> failed = writer.write(left, Instant.MAX, Instant.MAX);
      if (failed.isEmpty()) {
        return round;
      }
      left.keySet().retainAll(failed);
    }
    return ROUNDS_MAX;
  }

  private IncidentBook book(Documents documents) {
    return new IncidentBook(
        documents,
        new Channels(Map.of(Channels.EVERYBODY, List.of(new ToldChannel()))),
        clock,
        NoticeListener.NONE);
  }
}
