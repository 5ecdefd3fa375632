// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.api.call.Caller;
import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Detail;
import dev.weir.store.StoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A query from its first call to its last page. Between calls it keeps two places of the result:
 * the one that its newest token stands for, and the one before, since an answer can get lost on its
 * way. Thread-safe; calls of one query wait for each other, but a cancel waits for nobody.
 */
final class OpenQuery {

  private static final long CANCEL_AGAIN_NANOS = 1_000_000;

  /**
   * Where a page begins: in a page of the store that did not fit the answer, or at a token.
   *
   * @param held rows of the store, of which those before {@code row} are out already
   * @param token of the store's page after it, null where there is none
   */
  record Place(@Nullable ResultPage held, int row, @Nullable String token) {

    static final Place START = new Place(null, 0, null);
  }

  private record Issued(String text, Place place) {}

  private final Key key;
  private final Scope scope;
  private final String sql;
  private final String storeName;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable Issued newest;
  private @Nullable Issued used;
  private volatile @Nullable String storeId;
  private volatile boolean cancelled;
  private volatile boolean atWork;
  private volatile boolean sending;
  private volatile boolean allAnswered;
  private volatile Instant began;
  private volatile Instant ended;

  /** Whose it is, and how its owner calls it: others can't name it. */
  record Key(Caller caller, String id) {}

  /**
   * A query that does not run yet.
   *
   * @param storeName how the store calls it: no caller knows
   */
  OpenQuery(Key key, Scope scope, String sql, String storeName, Instant now) {
    this.key = key;
    this.scope = scope;
    this.sql = sql;
    this.storeName = storeName;
    this.began = now;
    this.ended = now;
  }

  Key key() {
    return key;
  }

  boolean running() {
    return atWork || sending;
  }

  boolean cancelled() {
    return cancelled;
  }

  /** When it was asked for something last. */
  Instant lastUse() {
    return ended;
  }

  /** Whether nobody has asked it for anything since. */
  boolean olderThan(Instant then) {
    return !running() && ended.isBefore(then);
  }

  /** Of the call that runs, or of the last one. */
  Duration elapsed(Instant now) {
    return Duration.between(began, running() ? now : ended);
  }

  /** Between the pages of one answer it is at work too: nobody takes its place. */
  void sending(boolean now) {
    sending = now;
  }

  /** Whether it was asked with the same text, by somebody who may see the same. */
  boolean fits(String text, Scope other) {
    return sql.equals(text) && scope.equals(other);
  }

  /** What a call does with the query. */
  @FunctionalInterface
  interface Work<T> {
    T run();
  }

  /** Works while no other call of this query does. */
  <T> T inTurn(InstantSource clock, Work<T> work) {
    turn.lock();
    try {
      began = clock.instant();
      atWork = true;
      if (cancelled) {
        throw cancelledByCaller();
      }
      return work.run();
    } finally {
      ended = clock.instant();
      atWork = false;
      turn.unlock();
    }
  }

  /** The place that a token stands for, which may be used again; null where it is none of ours. */
  @Nullable Place place(String token) {
    if (matches(newest, token)) {
      used = newest;
      newest = null;
    } else if (!matches(used, token)) {
      return null;
    }
    return used == null ? null : used.place();
  }

  /** All rows are answered; the last ones can be had again, since an answer can get lost. */
  void finish() {
    allAnswered = true;
  }

  /** Whether nothing is left of it, so that another may have its name. */
  boolean finished() {
    return allAnswered && !running();
  }

  /** Makes a token the newest. */
  void issue(String token, Place place) {
    allAnswered = false;
    newest = new Issued(token, place);
  }

  /** A page of the store: the first, or the one of a token. */
  QueryPage fetch(QueryRunner queries, @Nullable String token, int rowsMax, Instant deadline) {
    QueryRequest request = new QueryRequest(sql, scope, deadline).paged(rowsMax).named(storeName);
    try {
      QueryPage page = queries.run(token == null ? request : request.resume(token));
      storeId = page.queryId();
      if (cancelled) {
        // Told after the store had answered: what it keeps goes too.
        queries.cancel(page.queryId());
        throw cancelledByCaller();
      }
      return page;
    } catch (StoreException e) {
      if (cancelled) {
        throw cancelledByCaller();
      }
      throw token != null && e.kind() == Kind.BAD_REQUEST && !e.detail().equals(rowTooLarge())
          ? gone()
          : e;
    }
  }

  /** Ends it where it runs, and lets go of what the store keeps. */
  void cancel(QueryRunner queries) {
    cancelled = true;
    if (storeId == null && !atWork) {
      return; // the store has never heard of it
    }
    if (!cancelInStore(queries) && atWork) {
      // It has begun here but not yet in the store, where it would then run for nobody.
      Thread.ofVirtual().name("weir-cancel-" + storeName).start(() -> cancelUntilGone(queries));
    }
  }

  private void cancelUntilGone(QueryRunner queries) {
    while (atWork && !cancelInStore(queries)) {
      LockSupport.parkNanos(CANCEL_AGAIN_NANOS);
    }
  }

  private boolean cancelInStore(QueryRunner queries) {
    String id = storeId;
    try {
      if (atWork && queries.cancel(storeName)) {
        return true;
      }
      return id != null && queries.cancel(id);
    } catch (StoreException _) {
      return true; // out of reach: a query that nobody asks for ends by itself
    }
  }

  static StoreException gone() {
    return new StoreException(
        Kind.NOT_FOUND, "the rest of this result is not there (any more): run the query again");
  }

  private static Optional<Detail> rowTooLarge() {
    return Optional.of(Detail.ROW_TOO_LARGE);
  }

  private static StoreException cancelledByCaller() {
    return new StoreException(Kind.CANCELLED, "the query was cancelled");
  }

  private static boolean matches(@Nullable Issued issued, String token) {
    return issued != null
        && MessageDigest.isEqual(
            issued.text().getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }
}
