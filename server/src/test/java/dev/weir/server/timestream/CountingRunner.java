// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.timestream;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.ValueType;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Answers every query with rows that count from 0, in pages of as many as are asked for; pages can
 * be read again. A query whose text has the word "slow" waits for {@link #release}, or for its
 * cancellation.
 */
final class CountingRunner implements QueryRunner {

  final AtomicInteger firstPages = new AtomicInteger();
  private final int rows;
  private final int textLength;
  private final CountDownLatch released = new CountDownLatch(1);
  private final Map<String, CountDownLatch> running = new ConcurrentHashMap<>();
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

  /** So many rows, each with a text of that length. */
  CountingRunner(int rows, int textLength) {
    this.rows = rows;
    this.textLength = textLength;
  }

  void release() {
    released.countDown();
    running.values().forEach(CountDownLatch::countDown);
  }

  @Override
  public QueryPage run(QueryRequest request) {
    String id = String.valueOf(request.queryId());
    int from = 0;
    String token = request.resumeToken();
    if (token == null) {
      firstPages.incrementAndGet();
      if (request.text().contains("slow")) {
        await(id);
      }
      if (request.text().contains("wrong")) {
        throw new StoreException(Kind.BAD_REQUEST, "line 1:8: Column 'wrong' does not exist");
      }
    } else {
      from = Integer.parseInt(token);
    }
    int to = Math.min(rows, from + request.rowsMax());
    return new QueryPage(id, page(from, to), to == rows ? null : Integer.toString(to), 4_711);
  }

  @Override
  public boolean cancel(String queryId) {
    cancelled.add(queryId);
    CountDownLatch latch = running.get(queryId);
    if (latch != null) {
      latch.countDown();
    }
    return latch != null;
  }

  Set<String> cancelled() {
    return Set.copyOf(cancelled);
  }

  private void await(String id) {
    CountDownLatch latch = released.getCount() == 0 ? released : new CountDownLatch(1);
    running.put(id, latch);
    if (released.getCount() == 0) {
      latch.countDown();
    }
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (cancelled.contains(id)) {
      throw new StoreException(Kind.CANCELLED, "the query was cancelled");
    }
  }

  private ResultPage page(int from, int to) {
    String[] texts = {"x".repeat(textLength)};
    return new ResultPage(
        List.of(
            new ResultPage.Column(
                "n",
                ValueType.Scalar.BIGINT,
                new ColumnVector.Longs(IntStream.range(from, to).asLongStream().toArray(), null)),
            new ResultPage.Column(
                "text",
                ValueType.Scalar.VARCHAR,
                new ColumnVector.Strings(new int[to - from], texts))),
        to - from);
  }
}
