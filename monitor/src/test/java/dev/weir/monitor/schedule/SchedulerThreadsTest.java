// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import static dev.weir.monitor.schedule.TestRuns.REGION;
import static dev.weir.monitor.schedule.TestRuns.key;
import static dev.weir.monitor.schedule.TestRuns.site;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.probe.Prober;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scheduler with its own threads and the real clock. */
@Timeout(90)
class SchedulerThreadsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final BlockingQueue<SlotResult> results = new LinkedBlockingQueue<>();

  @Test
  void runsASiteThatComesWhileItWaitsAndStopsWhenItGoes() throws InterruptedException {
    try (Scheduler scheduler = scheduler(TestRuns.prober(_ -> TestRuns.up()))) {
      scheduler.start();
      scheduler.put(site("a", SECOND));
      SlotResult first = results.take();
      SlotResult second = results.take();
      // A machine that has no time for a second may need more than two; the test's limit ends it.
      while (!isNextSlotInTime(first, second)) {
        first = second;
        second = results.take();
      }
      scheduler.remove(key("a"));
      assertThat(scheduler.figures().sites()).isZero();
    }
  }

  private static boolean isNextSlotInTime(SlotResult first, SlotResult second) {
    return !first.missed()
        && !second.missed()
        && second.slot().intendedStart().equals(first.slot().intendedStart().plus(SECOND))
        && second.lag().compareTo(SECOND) < 0;
  }

  @Test
  void runsArePlatformThreadsAndMoreSitesThanThreadsTakeTurns() throws InterruptedException {
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    Prober prober =
        TestRuns.prober(_ -> {
          used.add(Thread.currentThread());
          return TestRuns.up();
        });
    try (Scheduler scheduler =
        new Scheduler(
            new ScheduleOptions(REGION, 1, 1, SECOND),
            TestRuns.siteRuns(prober),
            results::add,
            ScheduleListener.NONE,
            InstantSource.system())) {
      scheduler.start();
      for (int i = 0; i < 200; i++) {
        scheduler.put(site("site-" + i, SECOND));
      }
      Map<SiteKey, Integer> runs = new HashMap<>();
      while (runs.size() < 200 || runs.containsValue(1)) {
        SlotResult result = results.take();
        if (!result.missed()) { // As it may be where the machine has no time for a second.
          runs.merge(result.slot().site().key(), 1, Integer::sum);
        }
      }
    }
    assertThat(used).hasSize(1).noneMatch(Thread::isVirtual);
  }

  @Test
  void closingWaitsForARunThatEnds() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Scheduler scheduler =
        scheduler(
            TestRuns.prober(_ -> {
              begun.countDown();
              await(mayEnd);
              return TestRuns.up();
            }));
    scheduler.start();
    scheduler.put(site("a", SECOND));
    begun.await();
    Thread closing = Thread.ofVirtual().start(scheduler::close);
    mayEnd.countDown();
    closing.join();
    // Slots may be missed while it is held.
    assertThat(results).filteredOn(result -> !result.missed()).isNotEmpty();
  }

  @Test
  void closingInterruptsARunThatDoesNotEndAndTellsNothingOfIt() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    AtomicReference<Thread> running = new AtomicReference<>();
    Scheduler scheduler =
        new Scheduler(
            new ScheduleOptions(REGION, 10, 1, Duration.ZERO),
            TestRuns.siteRuns(
                TestRuns.prober(_ -> {
                  running.set(Thread.currentThread());
                  begun.countDown();
                  interrupted.set(!await(new CountDownLatch(1)));
                  return TestRuns.down();
                })),
            results::add,
            ScheduleListener.NONE,
            InstantSource.system());
    scheduler.start();
    scheduler.put(site("a", Duration.ofSeconds(2)));
    begun.await();
    scheduler.close();
    assertThat(running.get().join(Duration.ofSeconds(30))).isTrue();
    assertThat(interrupted).isTrue();
    // Slots may be missed while it goes; it is no result.
    assertThat(results).allMatch(SlotResult::missed);
  }

  @Test
  void goesOnAfterAnError() throws InterruptedException {
    AtomicBoolean armed = new AtomicBoolean();
    CountDownLatch thrown = new CountDownLatch(1);
    InstantSource clock =
        () -> {
          if (Thread.currentThread().getName().equals("weir-schedule") && armed.getAndSet(false)) {
            thrown.countDown();
            throw new OutOfMemoryError("on purpose");
          }
          return Instant.now();
        };
    try (Scheduler scheduler =
        new Scheduler(
            ScheduleOptions.of(REGION),
            TestRuns.siteRuns(TestRuns.prober(_ -> TestRuns.up())),
            results::add,
            ScheduleListener.NONE,
            clock)) {
      scheduler.start();
      armed.set(true);
      assertThat(thrown.await(20, TimeUnit.SECONDS)).isTrue();
      scheduler.put(site("a", SECOND));
      assertThat(results.poll(30, TimeUnit.SECONDS)).isNotNull();
    }
  }

  private Scheduler scheduler(Prober prober) {
    return new Scheduler(
        ScheduleOptions.of(REGION),
        TestRuns.siteRuns(prober),
        results::add,
        ScheduleListener.NONE,
        InstantSource.system());
  }

  /** False when it is interrupted. */
  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      return false;
    }
  }
}
