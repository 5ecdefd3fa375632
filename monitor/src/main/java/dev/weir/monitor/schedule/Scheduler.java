// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.probe.MeasuringThreads;
import dev.weir.monitor.schedule.Schedule.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sites of one region in their slots: one thread that waits for the next moment, and the
 * threads that measure, one for each run under way. Sites come and go at any time; a change holds
 * from the next slot on, at once.
 *
 * <p>A run that goes on while its site is changed ends as it began, and its result counts; that of
 * a site that was removed or disabled, or left the region, is dropped. With one run of a site at a
 * time its results are told in the order of its slots; misses may come in between. Thread-safe.
 */
public final class Scheduler implements AutoCloseable {

  /** A clock that is set shows after so long at the latest. */
  static final Duration WAIT_MAX = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  private final ScheduleOptions options;
  private final SiteRuns runs;
  private final ResultListener results;
  private final ScheduleListener listener;
  private final InstantSource clock;
  private final ExecutorService threads;
  private final ExecutorService telling;
  private final Thread timer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Schedule schedule;
  private volatile boolean closed;
  private volatile boolean cutShort;

  /** One that stands still until {@link #start}. */
  public Scheduler(
      ScheduleOptions options,
      SiteRuns runs,
      ResultListener results,
      ScheduleListener listener,
      InstantSource clock) {
    this(
        options,
        runs,
        results,
        listener,
        clock,
        MeasuringThreads.upTo(options.concurrency(), "check-"),
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("check-missed-", 0).factory()));
  }

  /** With threads that may do both, and that take everything. */
  Scheduler(
      ScheduleOptions options,
      SiteRuns runs,
      ResultListener results,
      ScheduleListener listener,
      InstantSource clock,
      ExecutorService threads) {
    this(options, runs, results, listener, clock, threads, threads);
  }

  /**
   * On these threads.
   *
   * @param threads for runs, as many as {@link ScheduleOptions#concurrency} at once
   * @param telling for telling what was missed, which may block
   */
  private Scheduler(
      ScheduleOptions options,
      SiteRuns runs,
      ResultListener results,
      ScheduleListener listener,
      InstantSource clock,
      ExecutorService threads,
      ExecutorService telling) {
    this.options = options;
    this.runs = runs;
    this.results = results;
    this.listener = listener;
    this.clock = clock;
    this.threads = threads;
    this.telling = telling;
    this.schedule = new Schedule(options);
    this.timer = Thread.ofPlatform().daemon().name("weir-schedule").unstarted(this::keepTime);
  }

  /** Begins; sites that were put before are run from their next slot on. */
  public void start() {
    timer.start();
  }

  /** Adds a site or changes it; one that is disabled or not of this region is not run any more. */
  public void put(Site site) {
    lock.lock();
    try {
      schedule.put(site, now());
    } finally {
      lock.unlock();
    }
    LockSupport.unpark(timer);
    forgetIfGone(site.key());
  }

  /** Takes a site away. */
  public void remove(SiteKey key) {
    lock.lock();
    try {
      schedule.remove(key);
    } finally {
      lock.unlock();
    }
    forgetIfGone(key);
  }

  /** Whether a site is run here. */
  public boolean isScheduled(SiteKey key) {
    lock.lock();
    try {
      return schedule.has(key);
    } finally {
      lock.unlock();
    }
  }

  public ScheduleFigures figures() {
    lock.lock();
    try {
      return schedule.figures();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins no more runs, gives those that go the time of {@link ScheduleOptions#grace} to end, and
   * interrupts the rest, which closes their connections; nobody hears of them.
   */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(timer);
    lock.lock();
    try {
      long left = options.grace().toNanos();
      while (schedule.figures().running() > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    cutShort = true;
    threads.shutdownNow();
    telling.shutdownNow();
    try {
      if (!threads.awaitTermination(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Some checks did not end when they were interrupted; they are left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepTime() {
    while (!closed) {
      try {
        LockSupport.parkNanos(this, turn().toNanos());
      } catch (RuntimeException | Error e) {
        // An error too, such as memory that was short: without this thread nothing is checked.
        LOG.error("The schedule of the checks failed for a moment and goes on", e);
        LockSupport.parkNanos(this, WAIT_MAX.toNanos());
      }
    }
  }

  /** Begins what is due; returns how long nothing will be. */
  Duration turn() {
    List<SlotResult> missed;
    List<Due> due = new ArrayList<>();
    long next;
    lock.lock();
    try {
      missed = schedule.advance(now());
      for (Due each = schedule.take(); each != null; each = schedule.take()) {
        due.add(each);
      }
      next = schedule.nextMoment();
    } finally {
      lock.unlock();
    }
    due.forEach(this::begin);
    if (!missed.isEmpty()) {
      tell(missed);
    }
    long wait = next == Schedule.NEVER ? Long.MAX_VALUE : Math.max(0, next - now());
    return Duration.ofNanos(Math.min(wait, WAIT_MAX.toNanos()));
  }

  private void begin(Due first) {
    for (Due due = first; due != null; ) {
      due = handedOver(due) ? null : ended(due);
    }
  }

  private boolean handedOver(Due due) {
    try {
      threads.execute(() -> keepRunning(due));
      return true;
    } catch (RejectedExecutionException e) {
      if (!closed) {
        LOG.error("A check has no thread to run on: {}", e.getMessage());
        tell(List.of(fault(due.slot(), clock.instant())));
      }
      return false;
    }
  }

  /** This run, and then on the same thread whatever waits for its place. */
  private void keepRunning(Due first) {
    for (Due due = first; due != null; ) {
      Due current = due;
      try {
        run(current);
        forgetIfGone(current.slot().site().key());
      } catch (RuntimeException | Error e) {
        LOG.error("A check ended in a fault; others go on", e);
      } finally {
        due = ended(current);
      }
    }
  }

  private void run(Due due) {
    SlotResult result = result(due.slot());
    if (cutShort) {
      return;
    }
    if (!isWanted(due)) {
      listener.dropped();
    } else if (result.missed()) {
      tellMissed(result);
    } else {
      tell(result);
    }
  }

  private SlotResult result(Slot slot) {
    Instant begun = clock.instant();
    try {
      SlotResult result = new SlotResult(slot, begun, runs.run(slot.site()));
      listener.started(result.lag());
      return result;
    } catch (Exception | StackOverflowError | LinkageError e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("site", slot.site().key())
          .log("A check ended in a fault of Weir's own; other sites go on");
      return fault(slot, begun);
    }
  }

  private static SlotResult fault(Slot slot, Instant begun) {
    return new SlotResult(slot, begun, new Miss(Miss.Reason.FAULT, 1));
  }

  /**
   * What the last runs gave must not count for a site that is not run any more. It is called when
   * the site goes and after each run, since a result may be told while its site goes.
   */
  private void forgetIfGone(SiteKey key) {
    if (isScheduled(key)) {
      return;
    }
    runs.forget(key);
    try {
      results.forget(key);
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("site", key)
          .log("What is known of a site that is not checked any more could not be forgotten");
    }
  }

  private boolean isWanted(Due due) {
    lock.lock();
    try {
      return schedule.isWanted(due);
    } finally {
      lock.unlock();
    }
  }

  /** Its place is free; returns the run that takes it. */
  private @Nullable Due ended(Due due) {
    lock.lock();
    try {
      schedule.ended(due);
      idle.signalAll();
      return closed ? null : schedule.take();
    } finally {
      lock.unlock();
    }
  }

  private void tell(List<SlotResult> missed) {
    try {
      telling.execute(() -> missed.forEach(this::tellMissed));
    } catch (RejectedExecutionException _) {
      // It is closing, and nobody hears of what is missed from here on.
    }
  }

  private void tellMissed(SlotResult result) {
    if (result.miss() != null) {
      listener.missed(result.miss());
    }
    tell(result);
  }

  private void tell(SlotResult result) {
    try {
      results.accept(result);
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("site", result.slot().site().key())
          .log("A result of a check could not be passed on");
    }
  }

  private long now() {
    return SlotTimes.epochNanos(clock.instant());
  }
}
