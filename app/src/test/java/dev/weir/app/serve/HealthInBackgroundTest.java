// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.StoreHealth.Health;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 150, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HealthInBackgroundTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  private final Health well = new Health(true, "answers");
  private final Health ill = new Health(false, "does not answer");

  @Test
  void givesTheAnswerThatComesInTime() {
    SynchronousQueue<Health> answers = new SynchronousQueue<>();
    HealthInBackground health = new HealthInBackground(() -> take(answers), LONG);
    Thread.ofVirtual().start(() -> put(answers, well));
    assertThat(health.health()).isEqualTo(well);
    Thread.ofVirtual().start(() -> put(answers, ill));
    assertThat(health.health()).isEqualTo(ill);
  }

  @Test
  void isNotReadyBeforeTheFirstAnswerAndAsksOnceAtATime() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    HealthInBackground health =
        new HealthInBackground(
            () -> {
              asked.incrementAndGet();
              begun.countDown();
              await(leave);
              return well;
            },
            Duration.ZERO);
    for (int i = 0; i < 100; i++) {
      assertThat(health.health()).isEqualTo(new Health(false, "Timestream has not answered yet"));
    }
    begun.await();
    assertThat(asked).hasValue(1);
    leave.countDown();
    while (!health.health().ready()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aFailureIsNotReadyAndSaysNothingOfItsCause() {
    AtomicInteger asked = new AtomicInteger();
    HealthInBackground health =
        new HealthInBackground(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("secret");
              }
              return well;
            },
            LONG);
    assertThat(health.health())
        .isEqualTo(new Health(false, "Timestream can't be asked; the log has more"));
    assertThat(health.health()).isEqualTo(well);
  }

  private static Health take(SynchronousQueue<Health> answers) {
    try {
      return answers.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(SynchronousQueue<Health> answers, Health answer) {
    try {
      answers.put(answer);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
