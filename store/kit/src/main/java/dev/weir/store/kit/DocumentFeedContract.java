// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.document.Document;
import dev.weir.document.DocumentChange;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentEdit.Delete;
import dev.weir.document.DocumentEdit.Put;
import dev.weir.document.DocumentKey;
import dev.weir.document.FollowedDocuments;
import dev.weir.document.FollowedDocuments.Subscription;
import dev.weir.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every keeper of documents promises of its feed of changes. */
public abstract class DocumentFeedContract {

  private static final String SITES = "sites";
  private static final long ANY = DocumentEdit.ANY;

  /** Only a failing test waits so long. */
  private static final long DEADLINE_SECONDS = 30;

  private final BlockingQueue<DocumentChange> told = new LinkedBlockingQueue<>();
  private FollowedDocuments documents;

  /** Opens an empty keeper. */
  protected abstract FollowedDocuments open() throws Exception;

  /** Closes what was opened. */
  protected abstract void close(FollowedDocuments documents) throws Exception;

  @BeforeEach
  void openDocuments() throws Exception {
    documents = open();
  }

  @AfterEach
  void closeDocuments() throws Exception {
    close(documents);
  }

  @Test
  void tellsWhatWasAndWhatIs() throws Exception {
    documents.apply(List.of(put("old", "0")));
    try (Subscription _ = documents.follow(SITES, told::add)) {
      documents.apply(List.of(put("shop", "1")));
      documents.apply(List.of(put("shop", "2")));
      documents.apply(List.of(new Delete(key("shop"), 2)));

      Document first = new Document(key("shop"), 1, "1");
      Document second = new Document(key("shop"), 2, "2");
      DocumentChange made = next();
      DocumentChange changed = next();
      DocumentChange gone = next();
      assertThat(made).isEqualTo(new DocumentChange(made.sequence(), key("shop"), null, first));
      assertThat(changed)
          .isEqualTo(new DocumentChange(changed.sequence(), key("shop"), first, second));
      assertThat(gone).isEqualTo(new DocumentChange(gone.sequence(), key("shop"), second, null));
      assertThat(List.of(made.sequence(), changed.sequence(), gone.sequence()))
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void tellsNothingOfWhatDidNotChange() throws Exception {
    documents.apply(List.of(put("shop", "1")));
    try (Subscription _ = documents.follow(SITES, told::add)) {
      documents.apply(List.of(put("shop", "1")));
      documents.apply(List.of(new Delete(key("absent"), ANY)));
      documents.apply(List.of(new Put(new DocumentKey("customers", "shop"), "1", ANY)));
      assertThatThrownBy(
              () -> documents.apply(List.of(put("b", "1"), new Put(key("shop"), "2", 7))))
          .isInstanceOf(StoreException.class);
      documents.apply(List.of(put("last", "1")));

      assertThat(next().key()).isEqualTo(key("last"));
      assertThat(told).isEmpty();
    }
  }

  @Test
  void tellsTheChangesOfManyWritersInOrderAndOnce() throws Exception {
    int writers = 6;
    int each = 20;
    try (Subscription _ = documents.follow(SITES, told::add);
        ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        String id = "site-" + writer;
        all.add(
            pool.submit(() -> {
              for (int i = 0; i < each; i++) {
                documents.apply(List.of(put(id, "" + i), put(id + "-too", "" + i)));
              }
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      List<DocumentChange> changes = new ArrayList<>();
      for (int i = 0; i < writers * each * 2; i++) {
        changes.add(next());
      }

      assertThat(changes.stream().map(DocumentChange::sequence)).isSorted().doesNotHaveDuplicates();
      for (int writer = 0; writer < writers; writer++) {
        DocumentKey key = key("site-" + writer);
        Document before = null;
        for (DocumentChange change : changes) {
          if (change.key().equals(key)) {
            assertThat(change.before()).isEqualTo(before);
            before = change.after();
          }
        }
        assertThat(before).isEqualTo(new Document(key, each, "" + (each - 1)));
      }
      assertThat(told).isEmpty();
    }
  }

  @Test
  void tellsAListenerThatThrewOfTheNextChangeAndOthersOfAll() throws Exception {
    BlockingQueue<DocumentChange> others = new LinkedBlockingQueue<>();
    try (Subscription _ =
            documents.follow(
                SITES,
                change -> {
                  told.add(change);
                  throw new IllegalStateException("a listener that throws, as the test wants it");
                });
        Subscription _ = documents.follow(SITES, others::add)) {
      documents.apply(List.of(put("a", "1")));
      documents.apply(List.of(put("b", "1")));

      assertThat(next().key()).isEqualTo(key("a"));
      assertThat(next().key()).isEqualTo(key("b"));
      assertThat(others.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isNotNull();
      assertThat(others.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void letsAListenerEdit() throws Exception {
    try (Subscription _ =
        documents.follow(
            SITES,
            change -> {
              if (change.key().id().equals("a")) {
                documents.apply(List.of(put("b", "made by the listener")));
              }
              told.add(change);
            })) {
      documents.apply(List.of(put("a", "1")));

      assertThat(next().key()).isEqualTo(key("a"));
      assertThat(next().key()).isEqualTo(key("b"));
    }
  }

  @Test
  void tellsNoMoreOfItOnceASubscriptionIsClosed() throws Exception {
    BlockingQueue<DocumentChange> others = new LinkedBlockingQueue<>();
    Subscription subscription = documents.follow(SITES, told::add);
    documents.apply(List.of(put("a", "1")));
    assertThat(next().key()).isEqualTo(key("a"));
    subscription.close();
    try (Subscription _ = documents.follow(SITES, others::add)) {
      documents.apply(List.of(put("b", "1")));

      DocumentChange seen = others.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      assertThat(seen).isNotNull();
      assertThat(seen.key()).isEqualTo(key("b"));
      assertThat(told).isEmpty();
    }
  }

  private DocumentChange next() throws InterruptedException {
    DocumentChange change = told.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    assertThat(change).as("a change that should have been told").isNotNull();
    return change;
  }

  private static DocumentKey key(String id) {
    return new DocumentKey(SITES, id);
  }

  private static Put put(String id, String json) {
    return new Put(key(id), json, ANY);
  }
}
