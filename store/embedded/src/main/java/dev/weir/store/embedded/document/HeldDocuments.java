// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.document;

import dev.weir.document.Document;
import dev.weir.document.DocumentChange;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.EditRules;
import dev.weir.document.FollowedDocuments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds documents in memory. One edit after another goes through the journal; readers never wait
 * for it, and see all of it or nothing.
 */
final class HeldDocuments implements FollowedDocuments, AutoCloseable {

  private final ChangeJournal journal;
  private final ReentrantLock editing = new ReentrantLock(true);
  private final ChangeFeed feed = new ChangeFeed();

  /** Guarded by itself; changed under {@link #editing} only. */
  private final TreeMap<DocumentKey, Document> documents = new TreeMap<>();

  private long sequence;

  /**
   * Holds what a journal has kept.
   *
   * @param sequence of the last change that was made, 0 for none
   */
  public HeldDocuments(ChangeJournal journal, Collection<Document> kept, long sequence) {
    this.journal = journal;
    this.sequence = sequence;
    kept.forEach(document -> documents.put(document.key(), document));
  }

  @Override
  public Optional<Document> get(DocumentKey key) {
    synchronized (documents) {
      return Optional.ofNullable(documents.get(key));
    }
  }

  @Override
  public List<Document> list(String collection, @Nullable String afterId, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a list has at least 1 document, not " + limit);
    }
    // No id is smaller than one character of the smallest code point.
    DocumentKey from = new DocumentKey(collection, afterId == null ? "\0" : afterId);
    List<Document> page = new ArrayList<>();
    synchronized (documents) {
      for (Document document : documents.tailMap(from, afterId == null).values()) {
        if (page.size() == limit || !document.key().collection().equals(collection)) {
          break;
        }
        page.add(document);
      }
    }
    return page;
  }

  @Override
  public List<Document> apply(List<DocumentEdit> edits) {
    EditRules.check(edits);
    editing.lock();
    try {
      List<Document> after = new ArrayList<>();
      List<DocumentChange> changes = new ArrayList<>();
      for (DocumentEdit edit : edits) {
        judge(edit, after, changes);
      }
      if (!changes.isEmpty()) {
        journal.write(
            Collections.unmodifiableList(changes),
            Collections.unmodifiableCollection(documents.values()));
        publish(changes);
      }
      return after;
    } finally {
      editing.unlock();
    }
  }

  @Override
  public Subscription follow(String collection, Consumer<DocumentChange> listener) {
    editing.lock();
    try {
      return feed.follow(collection, listener);
    } finally {
      editing.unlock();
    }
  }

  /**
   * Hands over all documents as they are, and the sequence of the last change; no edit is made
   * meanwhile.
   */
  public void read(Reader reader) {
    editing.lock();
    try {
      reader.accept(Collections.unmodifiableCollection(documents.values()), sequence);
    } finally {
      editing.unlock();
    }
  }

  /** Ends the feed; what was told to it before is still delivered. */
  @Override
  public void close() {
    feed.close();
  }

  private void judge(DocumentEdit edit, List<Document> after, List<DocumentChange> changes) {
    Document before = documents.get(edit.key());
    long version = before == null ? 0 : before.version();
    if (edit.expectedVersion() != DocumentEdit.ANY && edit.expectedVersion() != version) {
      throw EditRules.conflict(edit, version);
    }
    switch (edit) {
      case DocumentEdit.Put put -> {
        if (before != null && before.json().equals(put.json())) {
          after.add(before);
          return;
        }
        Document made = new Document(put.key(), version + 1, put.json());
        after.add(made);
        changes.add(new DocumentChange(next(changes), put.key(), before, made));
      }
      case DocumentEdit.Delete delete -> {
        if (before != null) {
          changes.add(new DocumentChange(next(changes), delete.key(), before, null));
        }
      }
    }
  }

  private long next(List<DocumentChange> changes) {
    return sequence + changes.size() + 1;
  }

  private void publish(List<DocumentChange> changes) {
    synchronized (documents) {
      for (DocumentChange change : changes) {
        Document after = change.after();
        if (after == null) {
          documents.remove(change.key());
        } else {
          documents.put(change.key(), after);
        }
      }
    }
    sequence += changes.size();
    feed.tell(changes);
  }

  /** Takes all documents at one moment. */
  @FunctionalInterface
  public interface Reader {
    void accept(Collection<Document> documents, long sequence);
  }
}
