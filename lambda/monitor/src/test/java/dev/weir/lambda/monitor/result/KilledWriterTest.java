// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import static dev.weir.lambda.monitor.result.Reports.down;
import static dev.weir.lambda.monitor.result.Reports.site;
import static dev.weir.lambda.monitor.result.Reports.up;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.notice.Channels;
import dev.weir.monitor.notice.IncidentBook;
import dev.weir.monitor.notice.NoticeListener;
import dev.weir.store.PointWriter;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The function ends at each of its steps in turn, and the queue delivers the batch again: whatever
 * the step was, each slot is one record and each incident is told once.
 */
@Timeout(120)
class KilledWriterTest {

  private static final int STEPS_MAX = 100;

  private final Site shop = site("default", "shop");
  private final Site blog = site("default", "blog");
  private final Map<String, String> batch = new LinkedHashMap<>();
  private final ManualClock clock = new ManualClock(Reports.START.plus(Duration.ofHours(1)));

  KilledWriterTest() {
    batch.put("a", down(shop, 0));
    batch.put("b", up(blog, 0));
    batch.put("c", up(shop, 1));
    batch.put("d", down(blog, 1));
    batch.put("e", down(shop, 2));
  }

  @Test
  void whereverItIsKilledNothingIsLostAndNothingIsTwice() {
    int killed = 0;
    while (endsKilledAt(killed)) {
      killed++;
      assertThat(killed).isLessThan(STEPS_MAX);
    }
    assertThat(killed).as("steps at which it was killed").isGreaterThan(8);
  }

  /** Whether the step was reached. */
  private boolean endsKilledAt(int step) {
    KeyedPoints store = new KeyedPoints();
    MemoryDocuments documents = new MemoryDocuments();
    ToldChannel hook = new ToldChannel();
    Steps steps = new Steps(step);
    Set<String> undone = write(steps.before(store), steps.before(documents), hook);
    boolean killed = steps.killed();
    assertThat(undone.isEmpty()).as("done, killed at step %d", step).isNotEqualTo(killed);

    clock.advance(Duration.ofSeconds(30));
    // The same messages once more, as if nothing had been answered, and another order.
    Map<String, String> again = new LinkedHashMap<>();
    List.of("e", "c", "a", "d", "b").forEach(id -> again.put(id, batch.get(id)));
    Set<String> failed = writer(store, documents, hook).write(again, Instant.MAX, Instant.MAX);
    book(documents, hook).deliver(Instant.MAX);

    assertThat(failed).as("killed at step %d", step).isEmpty();
    assertThat(store.stored()).as("killed at step %d", step).hasSize(5);
    assertThat(hook.told())
        .as("killed at step %d", step)
        .containsExactlyInAnyOrder(
            "opened default/shop",
            "closed default/shop",
            "opened default/shop",
            "opened default/blog");
    assertThat(hook.told().stream().filter(each -> each.endsWith("shop")))
        .as("killed at step %d", step)
        .containsExactly("opened default/shop", "closed default/shop", "opened default/shop");
    assertThat(documents.list("waiting-notices", null, 10)).isEmpty();
    return killed;
  }

  @Test
  void aKillIsOne() {
    Steps steps = new Steps(0);
    assertThatThrownBy(() -> steps.before(new MemoryDocuments()).get(new DocumentKey("a", "b")))
        .isInstanceOf(Kill.class);
  }

  private Set<String> write(PointWriter store, Documents documents, ToldChannel hook) {
    return writer(store, documents, hook).write(batch, Instant.MAX, Instant.MAX);
  }

  private ReportWriter writer(PointWriter store, Documents documents, ToldChannel hook) {
    return new ReportWriter(store, book(documents, hook), new WriterListener() {}, clock);
  }

  private IncidentBook book(Documents documents, ToldChannel hook) {
    return new IncidentBook(
        documents, new Channels(Map.of("default", List.of(hook))), clock, NoticeListener.NONE);
  }

  /** Nothing that the function does afterwards happens. */
  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Counts the steps to the outside, before and after each, and ends the function at one. */
  private static final class Steps {
    private int left;

    Steps(int at) {
      this.left = at;
    }

    synchronized boolean killed() {
      return left < 0;
    }

    synchronized void step() {
      if (left-- <= 0) {
        throw new Kill();
      }
    }

    PointWriter before(PointWriter store) {
      return (table, points, deadline) -> {
        step();
        var outcome = store.write(table, points, deadline);
        step();
        return outcome;
      };
    }

    Documents before(Documents documents) {
      return new Documents() {
        @Override
        public Optional<Document> get(DocumentKey key) {
          step();
          return documents.get(key);
        }

        @Override
        public List<Document> list(String collection, @Nullable String afterId, int limit) {
          step();
          return documents.list(collection, afterId, limit);
        }

        @Override
        public List<Document> apply(List<DocumentEdit> edits) {
          step();
          List<Document> after = documents.apply(edits);
          step();
          return after;
        }
      };
    }
  }
}
