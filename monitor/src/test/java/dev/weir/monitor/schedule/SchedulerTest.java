// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import static dev.weir.monitor.schedule.TestRuns.REGION;
import static dev.weir.monitor.schedule.TestRuns.key;
import static dev.weir.monitor.schedule.TestRuns.site;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.probe.Run;
import dev.weir.store.kit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchedulerTest {

  private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Duration STEP = Duration.ofMillis(1);

  private final ManualClock clock = new ManualClock(START);
  private final SteppedThreads threads = new SteppedThreads();
  private final List<SlotResult> results = new ArrayList<>();
  private final List<Miss> misses = new ArrayList<>();
  private final List<Duration> lags = new ArrayList<>();
  private int dropped;

  private final ScheduleListener listener =
      new ScheduleListener() {
        @Override
        public void started(Duration lag) {
          lags.add(lag);
        }

        @Override
        public void missed(Miss miss) {
          misses.add(miss);
        }

        @Override
        public void dropped() {
          dropped++;
        }
      };

  @Test
  void runsEachSlotOnceAtItsTime() {
    Scheduler scheduler = scheduler(10, 1);
    scheduler.put(site("a", TEN));
    pass(scheduler, Duration.ofSeconds(60), true);
    SlotTimes times = SlotTimes.of(key("a"), REGION, TEN);
    long first = times.nextAfter(SlotTimes.epochNanos(START));
    assertThat(results)
        .extracting(result -> result.slot().intendedStart())
        .containsExactlyElementsOf(
            IntStream.range(0, 6)
                .mapToObj(i -> SlotTimes.instant(first + i * TEN.toNanos()))
                .toList());
    assertThat(results).allSatisfy(result -> assertThat(result.lag()).isZero());
    assertThat(lags).hasSize(6);
    assertThat(results).extracting(result -> result.slot().region()).containsOnly(REGION);
  }

  @Test
  void waitsUntilTheNextSlotAndLooksAtTheClockInBetween() {
    Scheduler scheduler = scheduler(10, 1);
    assertThat(scheduler.turn()).isEqualTo(Scheduler.WAIT_MAX);
    scheduler.put(site("a", TEN));
    Instant slot = nextSlot("a", TEN);
    clock.advance(Duration.between(START, slot).minus(Duration.ofMillis(40)));
    assertThat(scheduler.turn()).isEqualTo(Duration.ofMillis(40));
    clock.advance(Duration.ofMillis(40));
    scheduler.turn();
    assertThat(threads.waiting()).isOne();
  }

  @Test
  void runsOnlyEnabledSitesOfItsRegion() {
    Scheduler scheduler = scheduler(10, 1);
    scheduler.put(site(key("elsewhere"), TEN, List.of("us-east-1"), true));
    scheduler.put(site(key("off"), TEN, List.of(REGION), false));
    scheduler.put(site(key("on"), TEN, List.of("us-east-1", REGION), true));
    assertThat(scheduler.figures()).isEqualTo(new ScheduleFigures(1, 0, 0));
    pass(scheduler, TEN, true);
    assertThat(results).extracting(result -> result.slot().site().key().id()).containsExactly("on");
  }

  @Test
  void b16RunsOfASiteDoNotOverlapTheSlotsAreMissed() {
    Scheduler scheduler = scheduler(10, 1);
    scheduler.put(site("a", TEN));
    pass(scheduler, Duration.ofSeconds(30), false);
    threads.runOne(); // the run itself; behind it the two misses
    threads.runAll();
    assertThat(misses)
        .containsExactly(new Miss(Miss.Reason.OVERLAP, 1), new Miss(Miss.Reason.OVERLAP, 1));
    assertThat(results).hasSize(3);
    assertThat(results.getFirst().missed()).isFalse();
    Instant first = results.getFirst().slot().intendedStart();
    assertThat(results.getFirst().lag()).isGreaterThan(TEN.multipliedBy(2));
    assertThat(results.subList(1, 3))
        .extracting(result -> result.slot().intendedStart())
        .containsExactly(first.plus(TEN), first.plus(TEN).plus(TEN));
    pass(scheduler, TEN, true);
    assertThat(results.getLast().missed()).isFalse();
  }

  @Test
  void letsTwoRunsOfASiteGoAtOnceWhereThatIsAsked() {
    Scheduler scheduler = scheduler(10, 2);
    scheduler.put(site("a", TEN));
    pass(scheduler, Duration.ofSeconds(20), false);
    assertThat(scheduler.figures().running()).isEqualTo(2);
    pass(scheduler, TEN, false);
    assertThat(scheduler.figures().running()).isEqualTo(2);
    threads.runAll();
    assertThat(misses).containsExactly(new Miss(Miss.Reason.OVERLAP, 1));
  }

  @Test
  void keepsToItsLimitAndMissesWhatWaitedAWholeInterval() {
    Scheduler scheduler = scheduler(2, 1);
    IntStream.range(0, 5).forEach(i -> scheduler.put(site("s" + i, TEN)));
    pass(scheduler, TEN, false);
    assertThat(scheduler.figures()).isEqualTo(new ScheduleFigures(5, 2, 3));
    pass(scheduler, TEN, false);
    assertThat(scheduler.figures()).isEqualTo(new ScheduleFigures(5, 2, 3));
    threads.runAll();
    assertThat(count(Miss.Reason.SATURATION)).isEqualTo(3);
    assertThat(count(Miss.Reason.OVERLAP)).isEqualTo(2);
    // The three that waited have run late, in the newer of their slots.
    assertThat(results).filteredOn(result -> !result.missed()).hasSize(5);
    assertEachSlotOnce();
    assertThat(scheduler.figures()).isEqualTo(new ScheduleFigures(5, 0, 0));
  }

  @Test
  void tellsASleepOfADayInOneMissASite() {
    Scheduler scheduler = scheduler(100, 1);
    IntStream.range(0, 50).forEach(i -> scheduler.put(site("s" + i, TEN)));
    pass(scheduler, TEN, true);
    assertThat(results).hasSize(50);
    clock.advance(Duration.ofDays(1));
    scheduler.turn();
    threads.runAll();
    // Those whose slot is just over are run; nobody is caught up with.
    long run = results.stream().filter(result -> !result.missed()).count() - 50;
    assertThat(run).isBetween(1L, 49L);
    assertThat(results).hasSize((int) (50 + 50 + run));
    assertThat(misses).hasSize(50).allMatch(miss -> miss.reason() == Miss.Reason.PAUSE);
    assertThat(misses.stream().mapToLong(Miss::slots).sum()).isEqualTo(50 * 8_640 - run);
    assertEachSlotOnce();
    pass(scheduler, TEN, true);
    assertThat(misses).hasSize(50);
  }

  @Test
  void runsASlotThatIsFoundALittleLate() {
    Scheduler scheduler = scheduler(10, 1);
    scheduler.put(site("a", Duration.ofHours(1)));
    Instant slot = nextSlot("a", Duration.ofHours(1));
    clock.advance(Duration.between(START, slot).plus(Schedule.LATE_MAX));
    scheduler.turn();
    threads.runAll();
    assertThat(results).singleElement().matches(result -> !result.missed());
    assertThat(results.getFirst().lag()).isEqualTo(Schedule.LATE_MAX);
    clock.advance(Duration.ofHours(1).plus(Duration.ofMillis(1)));
    scheduler.turn();
    threads.runAll();
    assertThat(misses).containsExactly(new Miss(Miss.Reason.PAUSE, 1));
  }

  @Test
  void repeatsNoSlotWhenTheClockIsSetBackALittle() {
    Scheduler scheduler = scheduler(10, 1);
    scheduler.put(site("a", TEN));
    pass(scheduler, Duration.ofSeconds(40), true);
    clock.advance(Duration.ofSeconds(-30));
    scheduler.put(site("a", Duration.ofSeconds(20)));
    pass(scheduler, Duration.ofSeconds(70), true);
    assertThat(results).hasSize(4 + 2);
    assertEachSlotOnce();
  }

  @Test
  void goesOnWhenTheClockIsSetBackADay() {
    Scheduler scheduler = scheduler(10, 1);
    scheduler.put(site("a", TEN));
    pass(scheduler, Duration.ofSeconds(40), true);
    clock.advance(Duration.ofDays(-1));
    pass(scheduler, Duration.ofSeconds(40), true);
    assertThat(results).hasSize(8);
    assertThat(misses).isEmpty();
  }

  @Test
  void aChangeHoldsFromTheNextSlotOn() {
    Scheduler scheduler = scheduler(10, 1);
    scheduler.put(site("a", Duration.ofHours(12)));
    pass(scheduler, Duration.ofSeconds(20), true);
    assertThat(results).isEmpty();
    scheduler.put(site("a", Duration.ofSeconds(1)));
    pass(scheduler, Duration.ofSeconds(3), true);
    assertThat(results).hasSize(3);
    scheduler.put(site(key("a"), Duration.ofSeconds(1), List.of(REGION), false));
    pass(scheduler, Duration.ofSeconds(3), true);
    assertThat(results).hasSize(3);
  }

  @Test
  void aRunOfAChangedSiteCountsAndThatOfOneThatIsGoneDoesNot() {
    Scheduler scheduler = scheduler(10, 1);
    Site before = site("changed", TEN);
    scheduler.put(before);
    List.of("removed", "disabled", "moved").forEach(id -> scheduler.put(site(id, TEN)));
    pass(scheduler, TEN, false);
    assertThat(threads.waiting()).isEqualTo(4);
    scheduler.put(site("changed", Duration.ofSeconds(30)));
    scheduler.remove(key("removed"));
    scheduler.put(site(key("disabled"), TEN, List.of(REGION), false));
    scheduler.put(site(key("moved"), TEN, List.of("elsewhere"), true));
    threads.runAll();
    assertThat(results).singleElement().matches(result -> result.slot().site().equals(before));
    assertThat(dropped).isEqualTo(3);
    assertThat(scheduler.figures()).isEqualTo(new ScheduleFigures(1, 0, 0));
  }

  @Test
  void listenersForgetASiteThatGoesWhileItsResultIsTold() {
    List<String> told = new ArrayList<>();
    AtomicReference<Scheduler> itself = new AtomicReference<>();
    ResultListener listener =
        new ResultListener() {
          @Override
          public void accept(SlotResult result) {
            itself.get().put(site(key("a"), TEN, List.of(REGION), false));
            told.add("result " + result.slot().site().key().id());
          }

          @Override
          public void forget(SiteKey site) {
            told.add("forget " + site.id());
          }
        };
    Scheduler scheduler = scheduler(10, 1, _ -> TestRuns.up(), listener);
    itself.set(scheduler);
    scheduler.put(site("a", TEN));
    pass(scheduler, TEN, true);
    assertThat(told).containsExactly("forget a", "result a", "forget a");
    scheduler.remove(key("b"));
    assertThat(told).endsWith("forget b");
  }

  @Test
  void aListenerThatThrowsCostsTheOthersNothing() {
    List<SiteKey> forgotten = new ArrayList<>();
    ResultListener broken =
        new ResultListener() {
          @Override
          public void accept(SlotResult result) {
            throw new IllegalStateException("on purpose");
          }

          @Override
          public void forget(SiteKey site) {
            throw new IllegalStateException("on purpose");
          }
        };
    ResultListener sound =
        new ResultListener() {
          @Override
          public void accept(SlotResult result) {
            results.add(result);
          }

          @Override
          public void forget(SiteKey site) {
            forgotten.add(site);
          }
        };
    Scheduler scheduler =
        scheduler(
            10, 1, _ -> TestRuns.up(), ResultListener.all(List.of(broken, sound, broken, sound)));
    scheduler.put(site("a", TEN));
    pass(scheduler, TEN, true);
    scheduler.remove(key("a"));
    assertThat(results).hasSize(2);
    assertThat(forgotten).containsExactly(key("a"), key("a"));
  }

  @Test
  void aSiteThatWaitsForAPlaceIsRunAsItIsByThen() {
    Scheduler scheduler = scheduler(1, 1);
    scheduler.put(site("a", TEN));
    scheduler.put(site("b", TEN));
    scheduler.put(site("c", TEN));
    pass(scheduler, TEN, false);
    assertThat(scheduler.figures().waiting()).isEqualTo(2);
    for (String id : List.of("a", "b", "c")) {
      scheduler.put(site(key(id), TEN, List.of(REGION, "changed"), true));
    }
    threads.runAll();
    assertThat(results)
        .extracting(result -> result.slot().site().regions().size())
        .containsExactly(1, 2, 2);
  }

  @Test
  void aRestartBeginsWithTheNextSlotOfEachSite() {
    Scheduler scheduler = scheduler(1_000, 1);
    IntStream.range(0, 500).forEach(i -> scheduler.put(site("s" + i, TEN)));
    scheduler.turn();
    assertThat(threads.waiting()).isZero();
    clock.advance(Duration.ofSeconds(1));
    scheduler.turn();
    assertThat(threads.waiting()).isBetween(20, 90);
  }

  @Test
  void aProberThatThrowsStopsNoOtherSite() {
    Scheduler scheduler =
        scheduler(
            10,
            1,
            site -> {
              if (site.key().id().equals("bad")) {
                throw new IllegalStateException("on purpose");
              }
              return TestRuns.up();
            },
            results::add);
    scheduler.put(site("bad", TEN));
    scheduler.put(site("good", TEN));
    pass(scheduler, Duration.ofSeconds(30), true);
    assertThat(results).filteredOn(result -> !result.missed()).hasSize(3);
    assertThat(misses).hasSize(3).containsOnly(new Miss(Miss.Reason.FAULT, 1));
    assertThat(scheduler.figures()).isEqualTo(new ScheduleFigures(2, 0, 0));
  }

  @Test
  void aRunWithoutAThreadIsMissedByAFaultOfOurs() {
    AtomicBoolean refused = new AtomicBoolean();
    SteppedThreads none =
        new SteppedThreads() {
          @Override
          public void execute(Runnable work) {
            if (!refused.getAndSet(true)) {
              throw new RejectedExecutionException("the system gives no thread");
            }
            super.execute(work);
          }
        };
    Scheduler scheduler =
        new Scheduler(
            ScheduleOptions.of(REGION),
            TestRuns.siteRuns(TestRuns.prober(_ -> TestRuns.up())),
            results::add,
            listener,
            clock,
            none);
    scheduler.put(site("a", TEN));
    pass(scheduler, TEN.multipliedBy(2), false);
    none.runAll();
    assertThat(results)
        .extracting(SlotResult::miss)
        .containsExactly(new Miss(Miss.Reason.FAULT, 1), null);
    assertThat(scheduler.figures()).isEqualTo(new ScheduleFigures(1, 0, 0));
  }

  @Test
  void aListenerThatThrowsStopsNothing() {
    Scheduler scheduler =
        scheduler(
            1,
            1,
            _ -> TestRuns.up(),
            result -> {
              results.add(result);
              throw new IllegalStateException("on purpose");
            });
    scheduler.put(site("a", TEN));
    pass(scheduler, Duration.ofSeconds(30), true);
    assertThat(results).hasSize(3).noneMatch(SlotResult::missed);
  }

  @Test
  void holdsFiftyThousandSites() {
    Scheduler scheduler = scheduler(20_000, 1);
    IntStream.range(0, 50_000).forEach(i -> scheduler.put(site("s" + i, Duration.ofSeconds(60))));
    // Each is changed once more, and leaves a place in the heap that is dropped in time.
    IntStream.range(0, 50_000).forEach(i -> scheduler.put(site("s" + i, TEN)));
    for (int i = 0; i < 100; i++) {
      clock.advance(Duration.ofMillis(100));
      scheduler.turn();
      threads.runAll();
    }
    assertThat(results).hasSize(50_000).noneMatch(SlotResult::missed);
    assertEachSlotOnce();
  }

  private Scheduler scheduler(int concurrency, int overlap) {
    return scheduler(concurrency, overlap, _ -> TestRuns.up(), results::add);
  }

  private Scheduler scheduler(
      int concurrency, int overlap, Function<Site, Run> runs, ResultListener told) {
    return new Scheduler(
        new ScheduleOptions(REGION, concurrency, overlap, Duration.ZERO),
        TestRuns.siteRuns(TestRuns.prober(runs)),
        told,
        listener,
        clock,
        threads);
  }

  /** Lets time pass in steps of a millisecond where something is due, else in longer ones. */
  private void pass(Scheduler scheduler, Duration time, boolean runsEnd) {
    Instant end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      Duration wait = scheduler.turn();
      if (runsEnd) {
        threads.runAll();
      }
      Duration left = Duration.between(clock.instant(), end);
      Duration step = wait.compareTo(STEP) < 0 ? STEP : wait;
      clock.advance(step.compareTo(left) < 0 ? step : left);
    }
    scheduler.turn();
    if (runsEnd) {
      threads.runAll();
    }
  }

  private Instant nextSlot(String id, Duration interval) {
    SlotTimes times = SlotTimes.of(key(id), REGION, interval);
    return SlotTimes.instant(times.nextAfter(SlotTimes.epochNanos(clock.instant())));
  }

  private long count(Miss.Reason reason) {
    return misses.stream().filter(miss -> miss.reason() == reason).count();
  }

  private void assertEachSlotOnce() {
    Map<Slot, Long> times =
        results.stream()
            .map(SlotResult::slot)
            .collect(Collectors.groupingBy(slot -> slot, Collectors.counting()));
    assertThat(times.values()).containsOnly(1L);
  }
}
