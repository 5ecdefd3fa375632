// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may be at work at once. Nobody tells how many Timestream takes: it scales with the
 * load, and throttles meanwhile. So the limit feels its way, as TCP does for a network: while it is
 * used to the full each call that is taken raises it by its reciprocal, which is one for a round of
 * calls; being throttled cuts it to {@link #CUT} of what it was, once for the calls that were at
 * work together, since one overload throttles many of them. Other failures say nothing of the load
 * and leave it as it is.
 *
 * <p>Callers are let in as they came. Thread-safe.
 */
final class AdaptiveLimit {

  /** Calls at once to begin with: enough for 160,000 records a second at 20 ms a call. */
  static final int FIRST = 32;

  /** A half would waste more of what Timestream offers than it takes to stop the throttling. */
  static final double CUT = 0.7;

  private final int most;
  private final IntConsumer changed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private double limit;
  private int working;
  private long cuts;
  private long timesFull;

  /**
   * Makes a limit.
   *
   * @param most it never goes over this
   * @param changed hears of the limit when it is another; returns at once
   */
  AdaptiveLimit(int most, IntConsumer changed) {
    this.most = most;
    this.changed = changed;
    this.limit = Math.min(FIRST, most);
    changed.accept((int) limit);
  }

  /** How a call ended, as far as the limit is concerned. */
  enum Ending {
    TAKEN,
    THROTTLED,
    /** Says nothing of the load. */
    OTHER
  }

  /** The right to be at work. Given back once. */
  final class Permit {

    private final long cutsBefore = cuts;
    private final long timesFullBefore = timesFull;

    void release(Ending ending) {
      lock.lock();
      try {
        int before = (int) limit;
        working--;
        switch (ending) {
          case TAKEN -> {
            // Were there never as many as may be, nothing speaks for more.
            if (timesFull > timesFullBefore) {
              limit = Math.min(most, limit + 1 / limit);
            }
          }
          case THROTTLED -> {
            if (cutsBefore == cuts) {
              limit = Math.max(1, limit * CUT);
              cuts++;
            }
          }
          case OTHER -> {}
        }
        if ((int) limit != before) {
          changed.accept((int) limit);
        }
        admit();
      } finally {
        lock.unlock();
      }
    }
  }

  private static final class Waiting {
    final Condition called;
    @Nullable Permit permit;

    Waiting(Condition called) {
      this.called = called;
    }
  }

  /**
   * Waits until one more may be at work.
   *
   * @return null where the time ran out before
   */
  @Nullable Permit acquire(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (waiting.isEmpty() && working < (int) limit) {
        return permit();
      }
      Waiting self = new Waiting(lock.newCondition());
      waiting.add(self);
      long left = time.toNanos();
      try {
        while (self.permit == null && left > 0) {
          left = self.called.awaitNanos(left);
        }
        return self.permit;
      } catch (InterruptedException e) {
        Permit permit = self.permit;
        if (permit != null) { // Let in at the same moment.
          permit.release(Ending.OTHER);
        }
        throw e;
      } finally {
        waiting.remove(self);
      }
    } finally {
      lock.unlock();
    }
  }

  private void admit() {
    while (working < (int) limit) {
      Waiting first = waiting.poll();
      if (first == null) {
        return;
      }
      first.permit = permit();
      first.called.signal();
    }
  }

  private Permit permit() {
    Permit permit = new Permit();
    working++;
    if (working >= (int) limit) {
      timesFull++;
    }
    return permit;
  }

  int limit() {
    lock.lock();
    try {
      return (int) limit;
    } finally {
      lock.unlock();
    }
  }
}
