// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitedUpstreamTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final byte[] BODY = {'{', '}'};

  private final List<Integer> limits = new ArrayList<>();

  @Test
  void noMoreCallsOfWritingAreAtWorkThanTheLimit() throws InterruptedException {
    Semaphore answers = new Semaphore(0);
    CountDownLatch four = new CountDownLatch(4);
    AtomicInteger working = new AtomicInteger();
    AtomicInteger mostWorking = new AtomicInteger();
    Upstream upstream =
        limited(
            4,
            (_, _, _) -> {
              mostWorking.accumulateAndGet(working.incrementAndGet(), Math::max);
              four.countDown();
              answers.acquireUninterruptibly();
              working.decrementAndGet();
              return new Answer.Done(BODY);
            });
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      callers.add(
          Thread.ofVirtual()
              .start(() -> upstream.call(Operation.WRITE_RECORDS, BODY, NOW.plusSeconds(60))));
    }
    assertThat(four.await(30, TimeUnit.SECONDS)).isTrue();
    answers.release(40);
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(mostWorking).hasValue(4);
  }

  @Test
  void whoGetsNoPlaceInTimeIsThrottledAndQueriesPass() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Upstream upstream =
        limited(
            1,
            (operation, _, _) -> {
              if (operation == Operation.WRITE_RECORDS) {
                begun.countDown();
                awaitUninterrupted(over);
              }
              return new Answer.Done(BODY);
            });
    Thread first =
        Thread.ofVirtual()
            .start(() -> upstream.call(Operation.WRITE_RECORDS, BODY, NOW.plusSeconds(60)));
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

    StoreException failure =
        catchThrowableOfType(
            StoreException.class,
            () -> upstream.call(Operation.WRITE_RECORDS, BODY, NOW.plusMillis(10)));

    assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
    assertThat(failure).hasMessageContaining("no place among the 1 calls");
    assertThat(upstream.call(Operation.QUERY, BODY, NOW.plusMillis(10)))
        .isInstanceOf(Answer.Done.class);
    over.countDown();
    first.join();
  }

  @ParameterizedTest
  @CsvSource({
    "ThrottlingException, 22",
    "InternalServerException, 32",
    "RejectedRecordsException, 32",
    "AccessDeniedException, 32"
  })
  void throttlingAloneCutsTheLimit(String type, int after) {
    Upstream upstream = limited(128, (_, _, _) -> new Answer.Refused(type, "", BODY));

    upstream.call(Operation.WRITE_RECORDS, BODY, NOW.plusSeconds(60));

    assertThat(limits.getLast()).isEqualTo(after);
  }

  private Upstream limited(int most, Upstream each) {
    return new LimitedUpstream(
        each, new AdaptiveLimit(most, limits::add), InstantSource.fixed(NOW));
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
