// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.store.QueryRequest;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.timestream.call.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A page that is asked for before anybody wants it. One thread fetches it and keeps it until it is
 * taken or was kept long enough; another may take it, and waits for it where it has to.
 */
final class PageAhead {

  private final QueryRequest request;
  private final String queryId;
  private final ReadAheadLimit.Room room;
  private final @Nullable Behind behind;
  private final CountDownLatch settled = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Answer answer;
  private volatile @Nullable StoreException failure;

  /**
   * The page before, which the caller has got.
   *
   * @param token that it was asked for with
   */
  record Behind(String token, Answer answer) {}

  /**
   * A page that nobody fetches yet.
   *
   * @param request with the token of the page
   * @param behind kept as long as this page is; null for the first of a query, which has no token
   * @param fetch asks for it
   * @param keep how long it waits to be taken
   * @param dropped is told when nobody has taken it
   */
  PageAhead(
      QueryRequest request,
      String queryId,
      ReadAheadLimit.Room room,
      @Nullable Behind behind,
      Supplier<Answer> fetch,
      Duration keep,
      Consumer<PageAhead> dropped) {
    this.request = request;
    this.queryId = queryId;
    this.room = room;
    this.behind = behind;
    room.holds(ReadAheadLimit.PAGE_BYTES + behindBytes());
    this.thread = Thread.ofVirtual().name("page-ahead").unstarted(() -> keep(fetch, keep, dropped));
  }

  void start() {
    thread.start();
  }

  /** Whether this is the page that a request wants. */
  boolean isFor(QueryRequest other) {
    return request.text().equals(other.text()) && request.rowsMax() == other.rowsMax();
  }

  String queryId() {
    return queryId;
  }

  String token() {
    return String.valueOf(request.resumeToken());
  }

  @Nullable Behind behind() {
    return behind;
  }

  private long behindBytes() {
    return behind == null ? 0 : behind.answer().body().length;
  }

  private void keep(Supplier<Answer> fetch, Duration keep, Consumer<PageAhead> dropped) {
    try {
      fetch(fetch);
      if (!left.await(keep.toNanos(), TimeUnit.NANOSECONDS)) {
        dropped.accept(this);
      }
    } catch (InterruptedException _) {
      // Dropped: whoever did that has told everybody.
    } finally {
      room.leave();
    }
  }

  private void fetch(Supplier<Answer> fetch) {
    try {
      Answer received = fetch.get();
      room.holds(received.body().length + behindBytes());
      answer = received;
    } catch (StoreException e) {
      failure = e;
    } catch (RuntimeException e) {
      failure = new StoreException(Kind.INTERNAL, "the next page could not be asked for", e);
    } finally {
      settled.countDown();
    }
  }

  /**
   * What was answered. Only for the one who has taken the page.
   *
   * @return null where a request with a later deadline has to ask again
   * @throws StoreException as the call did; {@code TIMED_OUT}, {@code CANCELLED} (interrupted)
   */
  @Nullable Answer await(Instant deadline, InstantSource clock) {
    try {
      long nanos = Duration.between(clock.instant(), deadline).toNanos();
      if (!settled.await(nanos, TimeUnit.NANOSECONDS)) {
        throw new StoreException(Kind.TIMED_OUT, "no answer before the deadline");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.CANCELLED, "interrupted", e);
    } finally {
      drop();
    }
    StoreException failed = failure;
    if (failed == null) {
      return answer;
    }
    if (failed.kind() == Kind.TIMED_OUT && deadline.isAfter(request.deadline())) {
      return null;
    }
    throw failed;
  }

  /** Ends the call, if it still runs, and gives the room back. */
  void drop() {
    left.countDown();
    if (settled.getCount() > 0) {
      thread.interrupt();
    }
    room.leave();
  }
}
