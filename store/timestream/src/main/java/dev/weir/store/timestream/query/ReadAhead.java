// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.store.QueryRequest;
import dev.weir.store.timestream.call.Answer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pages of queries that are asked for ahead: for each query the next one, while the caller
 * works on the one before. A page belongs to its token and is given out once. Thread-safe.
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
   * Asks for a page, unless the limit is reached.
   *
   * @param next has the token of the page
   */
  void begin(QueryRequest next, String queryId) {
    String token = next.resumeToken();
    if (token == null || closed || !next.deadline().isAfter(clock.instant())) {
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
            () -> fetch.apply(next),
            keep,
            unwanted -> pages.remove(token, unwanted));
    PageAhead before = pages.put(token, page);
    if (before != null) {
      before.drop();
    }
    page.start();
    if (closed) {
      close();
    }
  }

  /** Takes the page that a request wants out, where it was asked for. */
  @Nullable PageAhead take(QueryRequest request) {
    String token = request.resumeToken();
    PageAhead page = token == null ? null : pages.get(token);
    return page != null && page.isFor(request) && pages.remove(token, page) ? page : null;
  }

  /** Drops what was asked for ahead of a query. */
  void drop(String queryId) {
    pages.forEach((token, page) -> {
      if (page.queryId().equals(queryId) && pages.remove(token, page)) {
        page.drop();
      }
    });
  }

  @Override
  public void close() {
    closed = true;
    pages.forEach((token, page) -> {
      if (pages.remove(token, page)) {
        page.drop();
      }
    });
  }
}
