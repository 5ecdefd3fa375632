// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.query;

import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.timestream.call.Answer;
import dev.weir.store.timestream.call.Operation;
import dev.weir.store.timestream.call.Upstream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Runs queries page by page. The token of the next page is found in an answer before the rest of it
 * is read, and the next page is on its way while this one is read and worked on.
 *
 * <p>Timestream names a query itself, in its first answer: until then a query is known by the name
 * that the caller gave, and cancelling it ends the call; from then on by the id of its pages, and
 * cancelling it is CancelQuery.
 *
 * <p>Any scope is taken. What a caller may see is decided by the credentials of the calls; whoever
 * limits callers further has to look at a statement before it comes here.
 */
final class TimestreamQueries implements QueryRunner, AutoCloseable {

  /** Whoever cancels wants to be done; a query that nobody polls ends by itself. */
  private static final Duration CANCEL_TIME = Duration.ofSeconds(5);

  private final Upstream upstream;
  private final InstantSource clock;
  private final QueryBodies bodies;
  private final ReadAhead ahead;
  private final ConcurrentHashMap<String, RunningCall> running = new ConcurrentHashMap<>();

  TimestreamQueries(
      Upstream upstream,
      InstantSource clock,
      RandomGenerator random,
      ReadAheadLimit limit,
      Duration keep) {
    this.upstream = upstream;
    this.clock = clock;
    this.bodies = new QueryBodies(random);
    this.ahead = new ReadAhead(this::ask, limit, clock, keep);
  }

  @Override
  public QueryPage run(QueryRequest request) {
    RunningCall call = new RunningCall();
    String name = request.queryId();
    if (name != null) {
      running.put(name, call);
    }
    try {
      return page(request, call);
    } catch (StoreException e) {
      throw call.cancelled() ? new StoreException(Kind.CANCELLED, "the query was cancelled", e) : e;
    } finally {
      call.end();
      if (name != null) {
        running.remove(name, call);
      }
    }
  }

  private QueryPage page(QueryRequest request, RunningCall call) {
    Answer received = answer(request, call);
    AnswerOutline answer =
        switch (received) {
          case Answer.Done(byte[] body) -> AnswerOutline.of(body);
          case Answer.Refused refused -> throw QueryFailures.of(refused);
        };
    String queryId = PageReader.queryId(answer);
    call.names(queryId);
    String token = PageReader.nextToken(answer);
    if (token != null) {
      ahead.begin(request, received, queryId, token);
    }
    QueryPage page = PageReader.page(answer, queryId, token);
    if (call.cancelled()) {
      // Cancelled when it had no name for Timestream; now it has one.
      call.end();
      cancel(queryId);
      throw new StoreException(Kind.CANCELLED, "the query was cancelled");
    }
    return page;
  }

  private Answer answer(QueryRequest request, RunningCall call) {
    PageAhead page = ahead.take(request);
    if (page == null) {
      Answer again = ahead.again(request);
      return again == null ? ask(request) : again;
    }
    running.put(page.queryId(), call);
    try {
      call.names(page.queryId());
      Answer answer = page.await(request.deadline(), clock);
      return answer == null ? ask(request) : answer;
    } finally {
      running.remove(page.queryId(), call);
    }
  }

  private Answer ask(QueryRequest request) {
    return upstream.call(Operation.QUERY, bodies.query(request), request.deadline());
  }

  @Override
  public boolean cancel(String queryId) {
    RunningCall call = running.get(queryId);
    String id = call == null ? queryId : call.cancel();
    if (id == null) {
      return true;
    }
    ahead.drop(id);
    return cancelUpstream(id) || call != null;
  }

  private boolean cancelUpstream(String queryId) {
    Answer answer =
        upstream.call(
            Operation.CANCEL_QUERY, QueryBodies.cancel(queryId), clock.instant().plus(CANCEL_TIME));
    if (!(answer instanceof Answer.Refused refused)) {
      return true;
    }
    StoreException failure = QueryFailures.of(refused);
    if (failure.kind() == Kind.NOT_FOUND || failure.kind() == Kind.BAD_REQUEST) {
      return false;
    }
    throw failure;
  }

  @Override
  public void close() {
    ahead.close();
  }
}
