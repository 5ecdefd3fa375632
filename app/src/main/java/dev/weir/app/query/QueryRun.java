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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** One query from its start to its last page. Another thread may cancel it. */
final class QueryRun {

  /** How long Timestream lets a query run (AWS developer guide, "Quotas"). */
  private static final Duration TIME_MAX = Duration.ofHours(1);

  private final QueryRunner queries;
  private final QueryRequest request;

  /** How the query is called until its first page names it. */
  private final String ownName = UUID.randomUUID().toString().replace("-", "");

  private volatile @Nullable String queryId;
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
    QueryPage page = run(request);
    try {
      while (true) {
        queryId = page.queryId();
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
    }
    return new Done(rows, Duration.ofNanos(System.nanoTime() - startNanos));
  }

  /** On a virtual thread, where an interrupt ends the wait for an answer. */
  private QueryPage run(QueryRequest next) {
    FutureTask<QueryPage> call = new FutureTask<>(() -> queries.run(next));
    Thread.ofVirtual().name("query").start(call);
    try {
      return call.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | CancellationException e) {
      throw new StoreException(Kind.CANCELLED, "interrupted", e);
    }
  }

  /** Ends the query where it runs, unless all of it is here. */
  void cancel() {
    if (finished) {
      return;
    }
    String id = queryId;
    try {
      queries.cancel(id == null ? ownName : id);
    } catch (StoreException _) {
      // The process ends; the endpoint forgets the query by itself.
    }
  }
}
