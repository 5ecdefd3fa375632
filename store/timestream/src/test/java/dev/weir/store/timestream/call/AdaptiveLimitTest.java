// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.timestream.call.AdaptiveLimit.Ending;
import dev.weir.store.timestream.call.AdaptiveLimit.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveLimitTest {

  private final List<Integer> heard = new CopyOnWriteArrayList<>();
  private final AdaptiveLimit limit = new AdaptiveLimit(128, heard::add);

  @Test
  void beginsWith32AndSaysSo() {
    assertThat(take(100)).hasSize(AdaptiveLimit.FIRST);
    assertThat(heard).containsExactly(32);
  }

  @Test
  void growsByOneForARoundOfCallsThatAreTaken() {
    round(Ending.TAKEN);
    assertThat(limit.limit()).isEqualTo(32); // The last of a round brings it just under 33.
    round(Ending.TAKEN);
    assertThat(limit.limit()).isEqualTo(33);
  }

  @Test
  void doesNotGrowWhileItIsNotUsed() {
    for (int i = 0; i < 1_000; i++) {
      take(10).forEach(permit -> permit.release(Ending.TAKEN));
    }
    assertThat(limit.limit()).isEqualTo(32);
  }

  @Test
  void isCutOnceForTheCallsThatWereAtWorkTogether() {
    List<Permit> together = take(32);
    together.forEach(permit -> permit.release(Ending.THROTTLED));
    assertThat(limit.limit()).isEqualTo(22);

    round(Ending.THROTTLED);
    assertThat(limit.limit()).isEqualTo(15);
    assertThat(heard).containsExactly(32, 22, 15);
  }

  @Test
  void neverFallsBelowOneNorRisesOverTheMost() {
    for (int i = 0; i < 50; i++) {
      round(Ending.THROTTLED);
    }
    assertThat(limit.limit()).isEqualTo(1);
    for (int i = 0; i < 1_000; i++) {
      round(Ending.TAKEN);
    }
    assertThat(limit.limit()).isEqualTo(128);
  }

  @Test
  void faultsSayNothingOfTheLoad() {
    round(Ending.OTHER);
    assertThat(heard).containsExactly(32);
  }

  @Test
  void whoWaitsTooLongGoesWithoutAndLeavesNoGap() throws InterruptedException {
    AdaptiveLimit one = new AdaptiveLimit(1, _ -> {});
    Permit held = requireNonNull(one.acquire(Duration.ZERO));

    assertThat(one.acquire(Duration.ofMillis(5))).isNull();
    held.release(Ending.OTHER);
    assertThat(one.acquire(Duration.ZERO)).isNotNull();
  }

  @Test
  void anInterruptEndsAWaitAndLeavesNoGap() throws InterruptedException {
    AdaptiveLimit one = new AdaptiveLimit(1, _ -> {});
    Permit held = requireNonNull(one.acquire(Duration.ZERO));
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                one.acquire(Duration.ofSeconds(60));
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    until(waiting, Thread.State.TIMED_WAITING);

    waiting.interrupt();

    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    held.release(Ending.OTHER);
    assertThat(one.acquire(Duration.ZERO)).isNotNull();
  }

  @Test
  void letsCallersInAsTheyCame() throws InterruptedException {
    AdaptiveLimit one = new AdaptiveLimit(1, _ -> {});
    Permit held = requireNonNull(one.acquire(Duration.ZERO));
    List<Integer> order = new CopyOnWriteArrayList<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  Permit permit = requireNonNull(one.acquire(Duration.ofSeconds(60)));
                  order.add(number);
                  permit.release(Ending.OTHER);
                } catch (InterruptedException e) {
                  order.add(-1);
                }
              });
      until(caller, Thread.State.TIMED_WAITING);
      callers.add(caller);
    }

    held.release(Ending.OTHER);
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(order).isSorted().hasSize(20);
  }

  /**
   * A Timestream that takes so many calls in a round trip and throttles what is over: the limit
   * stays near what it takes, and few calls are thrown away.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 50, 100})
  void findsWhatTimestreamTakes(int capacity) {
    for (int i = 0; i < 300; i++) {
      roundAgainst(capacity); // From 32 to there.
    }
    long taken = 0;
    long throttled = 0;
    for (int i = 0; i < 1_000; i++) {
      int sent = roundAgainst(capacity);
      taken += Math.min(sent, capacity);
      throttled += Math.max(0, sent - capacity);
    }
    double used = taken / (1_000.0 * capacity);
    double wasted = throttled / (double) (taken + throttled);
    assertThat(used).as("used of a capacity of %d", capacity).isGreaterThan(0.75);
    // One over one is half of what is sent every other round; beyond that it is little.
    assertThat(wasted)
        .as("throttled at a capacity of %d", capacity)
        .isLessThan(0.35 / capacity + 0.05);
  }

  private int roundAgainst(int capacity) {
    List<Permit> sent = take(1_000);
    for (int i = 0; i < sent.size(); i++) {
      sent.get(i).release(i < capacity ? Ending.TAKEN : Ending.THROTTLED);
    }
    return sent.size();
  }

  /** As many calls as there may be, all of them ended before the next begins. */
  private void round(Ending ending) {
    take(1_000).forEach(permit -> permit.release(ending));
  }

  private List<Permit> take(int most) {
    List<Permit> permits = new ArrayList<>();
    try {
      while (permits.size() < most) {
        Permit permit = limit.acquire(Duration.ZERO);
        if (permit == null) {
          break;
        }
        permits.add(permit);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return permits;
  }

  private static void until(Thread thread, Thread.State state) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (thread.getState() != state) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
