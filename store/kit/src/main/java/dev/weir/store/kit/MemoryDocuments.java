// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.document.Document;
import dev.weir.document.DocumentChange;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.EditRules;
import dev.weir.document.FollowedDocuments;
import dev.weir.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Documents that live as long as the object. They keep the port's promises but durability. */
public final class MemoryDocuments implements FollowedDocuments {

  private static final Comparator<String> BY_BYTES =
      Comparator.comparing(text -> text.getBytes(UTF_8), Arrays::compareUnsigned);

  /** One subscription; the place tells two of the same listener apart. */
  private record Follower(String collection, Consumer<DocumentChange> listener, Object place) {}

  private final Map<String, NavigableMap<String, Document>> collections = new TreeMap<>();
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("memory-documents").factory());
  private @Nullable StoreException failure;
  private long sequence;

  /** Fails the next {@link #apply}; nothing of it is kept. */
  public synchronized MemoryDocuments failNext(StoreException next) {
    failure = next;
    return this;
  }

  /** Returns when followers have been told of all that was applied before. */
  public void awaitTold() {
    CompletableFuture.runAsync(() -> {}, teller).join();
  }

  @Override
  public synchronized Optional<Document> get(DocumentKey key) {
    return Optional.ofNullable(collection(key.collection()).get(key.id()));
  }

  @Override
  public synchronized List<Document> list(String collection, @Nullable String afterId, int limit) {
    NavigableMap<String, Document> all = collection(collection);
    return (afterId == null ? all : all.tailMap(afterId, false))
        .values().stream().limit(limit).toList();
  }

  @Override
  public synchronized List<Document> apply(List<DocumentEdit> edits) {
    if (failure != null) {
      StoreException thrown = failure;
      failure = null;
      throw thrown;
    }
    check(edits);
    List<Document> present = new ArrayList<>();
    for (DocumentEdit edit : edits) {
      NavigableMap<String, Document> all = collection(edit.key().collection());
      Document before = all.get(edit.key().id());
      Document after = after(edit, before);
      if (after != null) {
        present.add(after);
      }
      if (!Objects.equals(after, before)) {
        all.compute(edit.key().id(), (id, old) -> after);
        tell(new DocumentChange(++sequence, edit.key(), before, after));
      }
    }
    return present;
  }

  private static @Nullable Document after(DocumentEdit edit, @Nullable Document before) {
    return switch (edit) {
      case DocumentEdit.Delete ignored -> null;
      case DocumentEdit.Put put when before == null -> new Document(put.key(), 1, put.json());
      case DocumentEdit.Put put when before.json().equals(put.json()) -> before;
      case DocumentEdit.Put put -> new Document(put.key(), before.version() + 1, put.json());
    };
  }

  private void check(List<DocumentEdit> edits) {
    EditRules.check(edits);
    for (DocumentEdit edit : edits) {
      long version = get(edit.key()).map(Document::version).orElse(0L);
      if (edit.expectedVersion() != DocumentEdit.ANY && edit.expectedVersion() != version) {
        throw EditRules.conflict(edit, version);
      }
    }
  }

  private NavigableMap<String, Document> collection(String name) {
    return collections.computeIfAbsent(name, any -> new TreeMap<>(BY_BYTES));
  }

  private void tell(DocumentChange change) {
    for (Follower follower : followers) {
      if (follower.collection().equals(change.key().collection())) {
        teller.execute(() -> {
          if (followers.contains(follower)) {
            tell(follower, change);
          }
        });
      }
    }
  }

  private static void tell(Follower follower, DocumentChange change) {
    try {
      follower.listener().accept(change);
    } catch (RuntimeException e) {
      // the port promises that a listener that throws is told of the next change all the same
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  @Override
  public synchronized Subscription follow(String collection, Consumer<DocumentChange> listener) {
    Follower follower = new Follower(collection, listener, new Object());
    followers.add(follower);
    return () -> followers.remove(follower);
  }
}
