// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A query whose first page is fetched on a thread of its own, while another is read: most of the
 * time of a short one is waiting for that page. It is taken by one thread, or closed.
 */
final class BegunQuery implements AutoCloseable {

  private final QueryRunner runner;
  private final Thread thread;
  private @Nullable QueryPage page;
  private @Nullable RuntimeException failure;
  private boolean over;

  private BegunQuery(QueryRunner runner, QueryRequest request) {
    this.runner = runner;
    this.thread = Thread.ofVirtual().name("read-first-page").unstarted(() -> fetch(request));
  }

  static BegunQuery begin(QueryRunner runner, QueryRequest request) {
    BegunQuery begun = new BegunQuery(runner, request);
    begun.thread.start();
    return begun;
  }

  private void fetch(QueryRequest request) {
    try {
      fetched(runner.run(request));
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private synchronized void fetched(QueryPage first) {
    page = first;
    if (over) {
      Thread.interrupted(); // From the end: it would keep the query from being cancelled.
      cancel();
    }
  }

  private synchronized void failed(RuntimeException e) {
    failure = e;
  }

  /**
   * Waits for the first page; what follows is the caller's to fetch or to cancel.
   *
   * @throws StoreException as the query did; {@code CANCELLED} (interrupted)
   */
  QueryPage take() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.CANCELLED, "interrupted", e);
    }
    return taken();
  }

  private synchronized QueryPage taken() {
    QueryPage first = page;
    page = null;
    if (first == null) {
      throw failure == null ? new IllegalStateException("a page is taken once") : failure;
    }
    return first;
  }

  /** Ends a query that was not taken. */
  @Override
  public synchronized void close() {
    over = true;
    if (page != null) {
      cancel();
    } else {
      thread.interrupt();
    }
  }

  private void cancel() {
    QueryPage first = page;
    page = null;
    if (first != null && first.resumeToken() != null) {
      TableReader.cancel(runner, first.queryId());
    }
  }
}
