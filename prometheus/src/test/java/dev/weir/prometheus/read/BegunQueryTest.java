// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.ResultPage;
import dev.weir.query.Scope;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BegunQueryTest {

  private final CountDownLatch asked = new CountDownLatch(1);
  private final LinkedBlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

  /** Answers when it is interrupted, and notes what is cancelled. */
  private final QueryRunner runner =
      new QueryRunner() {
        @Override
        public QueryPage run(QueryRequest request) {
          asked.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new QueryPage("q1", new ResultPage(List.of(), 0), "more");
        }

        @Override
        public boolean cancel(String queryId) {
          return cancelled.add(queryId + (Thread.currentThread().isInterrupted() ? " not" : ""));
        }
      };

  /** An interrupt that is still pending would end the call that cancels before it is made. */
  @Test
  void cancelsWhatIsAnsweredAtTheMomentOfTheEndWithoutAnInterruptInTheWay() throws Exception {
    BegunQuery begun =
        BegunQuery.begin(
            runner,
            new QueryRequest("SELECT 1", Scope.all(), Instant.parse("2026-01-01T00:00:00Z")));
    asked.await();

    begun.close();

    assertThat(cancelled.poll(30, TimeUnit.SECONDS)).isEqualTo("q1");
  }
}
