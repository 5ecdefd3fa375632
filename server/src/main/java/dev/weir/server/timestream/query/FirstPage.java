// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream.query;

import dev.weir.store.QueryPage;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The first page of a query that runs on a thread of its own, for whoever waits. Thread-safe. */
final class FirstPage {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private @Nullable QueryPage page;
  private @Nullable StoreException failure;
  private boolean settled;

  void arrive(QueryPage result) {
    settle(result, null);
  }

  void fail(StoreException reason) {
    settle(null, reason);
  }

  /** Forgets the page; who asks for it from now on has an old token. */
  void drop() {
    lock.lock();
    try {
      page = null;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing has arrived yet. */
  boolean running() {
    lock.lock();
    try {
      return !settled;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the page, or gives nothing after that time.
   *
   * @throws StoreException when the query failed
   */
  Optional<QueryPage> await(Duration most) {
    long left = most.toNanos();
    lock.lock();
    try {
      while (!settled && left > 0) {
        left = arrived.awaitNanos(left);
      }
      if (failure != null) {
        throw new StoreException(failure.kind(), String.valueOf(failure.getMessage()), failure);
      }
      if (settled && page == null) {
        throw OpenQuery.invalidToken();
      }
      return Optional.ofNullable(page);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.UNAVAILABLE, "interrupted while a query ran", e);
    } finally {
      lock.unlock();
    }
  }

  private void settle(@Nullable QueryPage result, @Nullable StoreException reason) {
    lock.lock();
    try {
      if (!settled) {
        settled = true;
        page = result;
        failure = reason;
        arrived.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
