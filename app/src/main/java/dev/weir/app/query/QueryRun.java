// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.query;

import dev.weir.query.Scope;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One query from its start to its last page. Another thread may cancel it. */
final class QueryRun {

  /** How long Timestream lets a query run (AWS developer guide, "Quotas"). */
  private static final Duration TIME_MAX = Duration.ofHours(1);

  private static final String CANCELLED = "the query was cancelled";

  private final QueryRunner queries;
  private final QueryRequest request;

  /**
   * How long a cancelled query may take to be named. Weir names one within 5 s, Amazon usually at
   * once; a query that has no name can't be cancelled where it runs.
   */
  private static final Duration NAMING_MAX = Duration.ofSeconds(10);

  /** How the query is called until its first page names it. */
  private final String ownName = UUID.randomUUID().toString().replace("-", "");

  private final CountDownLatch answered = new CountDownLatch(1);
  private volatile @Nullable String queryId;
  private volatile boolean cancelled;
  private volatile boolean finished;

  QueryRun(QueryRunner queries, String sql, InstantSource clock) {
    this.queries = queries;
    this.request =
        new QueryRequest(sql, Scope.all(), clock.instant().plus(TIME_MAX)).named(ownName);
  }

  /**
   * What was done.
   *
   * @param time from the first call to the last row
   */
  record Done(long rows, Duration time) {}

  /**
   * Runs the query and writes every page as it comes.
   *
   * @throws StoreException when the query fails
   * @throws IOException when nobody takes the output; the query is cancelled then
   */
  Done into(ResultWriter writer, Progress progress) throws IOException {
    long startNanos = System.nanoTime();
    long rows = 0;
    try {
      QueryPage page = run(request);
      queryId = page.queryId();
      answered.countDown();
      while (true) {
        if (page.page().rowCount() > 0) {
          progress.rows(page.page().rowCount());
        }
        writer.page(page.page());
        rows += page.page().rowCount();
        String token = page.resumeToken();
        if (token == null) {
          break;
        }
        page = run(request.resume(token));
      }
      finished = true;
      progress.close();
      writer.end();
    } catch (IOException e) {
      cancel();
      throw e;
    } finally {
      answered.countDown();
    }
    return new Done(rows, Duration.ofNanos(System.nanoTime() - startNanos));
  }

  /** On a virtual thread, where an interrupt ends the wait for an answer. */
  private QueryPage run(QueryRequest next) {
    if (cancelled) {
      throw new StoreException(Kind.CANCELLED, CANCELLED);
    }
    FutureTask<QueryPage> call = new FutureTask<>(() -> queries.run(next));
    Thread.ofVirtual().name("query").start(call);
    try {
      return call.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw cancelled ? new StoreException(Kind.CANCELLED, CANCELLED, failure) : failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | CancellationException e) {
      throw new StoreException(Kind.CANCELLED, "interrupted", e);
    }
  }

  /**
   * Ends the query where it runs, unless all of it is here. Waits for the first answer if it must,
   * since that is what names the query; returns when the query is gone or can't be reached.
   */
  void cancel() {
    if (finished) {
      return;
    }
    cancelled = true;
    try {
      boolean over = answered.await(NAMING_MAX.toMillis(), TimeUnit.MILLISECONDS);
      String id = queryId;
      if (id != null) {
        queries.cancel(id);
      } else if (!over) {
        queries.cancel(ownName);
      }
    } catch (StoreException _) {
      // The process ends; a query that nobody asks for ends by itself.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
