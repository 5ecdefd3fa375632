// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.store.QueryRequest;
import dev.weir.store.timestream.call.Answer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pages of queries that are asked for ahead: for each query the next one, while the caller
 * works on the one before. A page belongs to its token and is given out once; the one before is
 * kept beside it, in case the caller asks for it again. Thread-safe.
 */
final class ReadAhead implements AutoCloseable {

  /**
   * How long a page waits to be taken. Whoever comes later asks Timestream again, which gives a
   * page for one token up to five times within an hour.
   */
  static final Duration KEEP = Duration.ofSeconds(30);

  private final Function<QueryRequest, Answer> fetch;
  private final ReadAheadLimit limit;
  private final InstantSource clock;
  private final Duration keep;
  private final ConcurrentHashMap<String, PageAhead> pages = new ConcurrentHashMap<>();

  /** The same pages by the token of the page before. */
  private final ConcurrentHashMap<String, PageAhead> behind = new ConcurrentHashMap<>();

  private volatile boolean closed;

  ReadAhead(
      Function<QueryRequest, Answer> fetch,
      ReadAheadLimit limit,
      InstantSource clock,
      Duration keep) {
    this.fetch = fetch;
    this.limit = limit;
    this.clock = clock;
    this.keep = keep;
  }

  /**
   * Asks for the page that comes after one, unless it is asked for already or the limit is reached.
   *
   * @param now has the token of the page that the caller gets
   * @param answer what was answered to it
   * @param token of the page that comes after it
   */
  void begin(QueryRequest now, Answer answer, String queryId, String token) {
    QueryRequest next = now.resume(token);
    PageAhead before = pages.get(token);
    if (closed
        || !next.deadline().isAfter(clock.instant())
        || (before != null && before.isFor(next))) {
      return;
    }
    ReadAheadLimit.Room room = limit.enter();
    if (room == null) {
      return;
    }
    PageAhead page =
        new PageAhead(
            next,
            queryId,
            room,
            now.resumeToken() == null ? null : new PageAhead.Behind(now.resumeToken(), answer),
            () -> fetch.apply(next),
            keep,
            this::remove);
    put(token, page);
    page.start();
    if (closed) {
      close();
    }
  }

  private void put(String token, PageAhead page) {
    PageAhead before = pages.put(token, page);
    PageAhead.Behind last = page.behind();
    if (last != null) {
      behind.put(last.token(), page);
    }
    if (before != null) {
      before.drop();
    }
  }

  /** Whether the page was still there. */
  private boolean remove(PageAhead page) {
    PageAhead.Behind last = page.behind();
    if (last != null) {
      behind.remove(last.token(), page);
    }
    return pages.remove(page.token(), page);
  }

  /**
   * The answer that the caller got last, when it asks for it again: since the page after it was
   * asked for, Timestream would not give it any more (AWS API reference, "Query", NextToken).
   */
  @Nullable Answer again(QueryRequest request) {
    String token = request.resumeToken();
    PageAhead page = token == null ? null : behind.get(token);
    PageAhead.Behind last = page == null ? null : page.behind();
    return page != null && last != null && page.isFor(request) ? last.answer() : null;
  }

  /** Takes the page that a request wants out, where it was asked for. */
  @Nullable PageAhead take(QueryRequest request) {
    String token = request.resumeToken();
    PageAhead page = token == null ? null : pages.get(token);
    return page != null && page.isFor(request) && remove(page) ? page : null;
  }

  /** Drops what was asked for ahead of a query. */
  void drop(String queryId) {
    dropAll(page -> page.queryId().equals(queryId));
  }

  private void dropAll(Predicate<PageAhead> which) {
    for (PageAhead page : pages.values()) {
      if (which.test(page) && remove(page)) {
        page.drop();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    dropAll(_ -> true);
  }
}
