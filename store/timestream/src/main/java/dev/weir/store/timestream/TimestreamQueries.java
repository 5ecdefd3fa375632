// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream;

import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.timestreamquery.TimestreamQueryClient;
import software.amazon.awssdk.services.timestreamquery.model.CancelQueryRequest;
import software.amazon.awssdk.services.timestreamquery.model.QueryResponse;
import software.amazon.awssdk.services.timestreamquery.model.ResourceNotFoundException;
import software.amazon.awssdk.services.timestreamquery.model.ValidationException;

/**
 * Runs queries page by page. Timestream names a query itself, in its first answer: until then a
 * query is known by the name that the caller gave, and cancelling it ends the call; from then on by
 * the id of its pages, and cancelling it is CancelQuery.
 */
final class TimestreamQueries implements QueryRunner {

  /** Rows in a page at most (AWS API reference, Query). */
  private static final int ROWS_MAX = 1_000;

  /** Whoever cancels wants to be done; a query that nobody polls ends by itself. */
  private static final Duration CANCEL_TIME = Duration.ofSeconds(5);

  private final TimestreamQueryClient client;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, Waiting> waiting = new ConcurrentHashMap<>();

  TimestreamQueries(TimestreamQueryClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  @Override
  public QueryPage run(QueryRequest request) {
    Waiting call = new Waiting(Thread.currentThread());
    String name = request.queryId();
    if (name != null) {
      waiting.put(name, call);
    }
    try {
      return page(ask(request));
    } catch (SdkException e) {
      throw call.cancelled()
          ? new StoreException(Kind.CANCELLED, "the query was cancelled", e)
          : Failures.of(e);
    } finally {
      call.end();
      if (name != null) {
        waiting.remove(name, call);
      }
    }
  }

  private QueryResponse ask(QueryRequest request) {
    return client.query(
        software.amazon.awssdk.services.timestreamquery.model.QueryRequest.builder()
            .queryString(request.text())
            .nextToken(request.resumeToken())
            .maxRows(request.rowsMax() == 0 ? null : Math.min(request.rowsMax(), ROWS_MAX))
            .overrideConfiguration(CallTime.until(request.deadline(), clock))
            .build());
  }

  private static QueryPage page(QueryResponse response) {
    Long scanned =
        response.queryStatus() == null ? null : response.queryStatus().cumulativeBytesScanned();
    return new QueryPage(
        response.queryId(),
        ResultPages.of(response.columnInfo(), response.rows()),
        response.nextToken(),
        scanned == null ? 0 : scanned);
  }

  @Override
  public boolean cancel(String queryId) {
    Waiting call = waiting.get(queryId);
    if (call != null) {
      call.cancel();
      return true;
    }
    try {
      client.cancelQuery(
          CancelQueryRequest.builder()
              .queryId(queryId)
              .overrideConfiguration(CallTime.until(clock.instant().plus(CANCEL_TIME), clock))
              .build());
      return true;
    } catch (ResourceNotFoundException | ValidationException e) {
      return false;
    } catch (SdkException e) {
      throw Failures.of(e);
    }
  }

  /** A call that waits for its answer. Interrupts its thread only while it does. */
  private static final class Waiting {

    private @Nullable Thread thread;
    private boolean cancelled;

    Waiting(Thread thread) {
      this.thread = thread;
    }

    synchronized void cancel() {
      cancelled = true;
      if (thread != null) {
        thread.interrupt();
      }
    }

    synchronized boolean cancelled() {
      return cancelled;
    }

    synchronized void end() {
      thread = null;
      if (cancelled) {
        Thread.interrupted(); // Ours: it must not end what the caller does next.
      }
    }
  }
}
