// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.document;

import dev.weir.document.DocumentChange;
import dev.weir.document.FollowedDocuments.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Tells listeners of changes: each on a thread of its own, so that a slow one holds up nobody. What
 * waits for it are references to documents that are, or were just, held anyway.
 */
final class ChangeFeed implements AutoCloseable {

  private final CopyOnWriteArrayList<Follower> followers = new CopyOnWriteArrayList<>();

  Subscription follow(String collection, Consumer<DocumentChange> listener) {
    Follower follower = new Follower(collection, listener);
    followers.add(follower);
    Thread.ofVirtual().name("documents-" + collection).start(follower);
    return () -> {
      followers.remove(follower);
      follower.leave();
    };
  }

  /** In the order of the changes; the caller sees to that. */
  void tell(List<DocumentChange> changes) {
    for (DocumentChange change : changes) {
      followers.forEach(follower -> follower.tell(change));
    }
  }

  @Override
  public void close() {
    followers.forEach(Follower::end);
    followers.clear();
  }

  private static final class Follower implements Runnable {

    private final String collection;
    private final Consumer<DocumentChange> listener;

    /** Empty: there is no more to come. */
    private final LinkedBlockingQueue<Optional<DocumentChange>> waiting =
        new LinkedBlockingQueue<>();

    private volatile boolean left;

    Follower(String collection, Consumer<DocumentChange> listener) {
      this.collection = collection;
      this.listener = listener;
    }

    void tell(DocumentChange change) {
      if (change.key().collection().equals(collection)) {
        waiting.add(Optional.of(change));
      }
    }

    void end() {
      waiting.add(Optional.empty());
    }

    void leave() {
      left = true;
      end();
    }

    @Override
    public void run() {
      try {
        while (true) {
          Optional<DocumentChange> change = waiting.take();
          if (change.isEmpty() || left) {
            return;
          }
          deliver(change.get());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void deliver(DocumentChange change) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        // The change is made: say what went wrong where the process says such things, and go on.
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      }
    }
  }
}
