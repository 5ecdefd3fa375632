// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.query;

import dev.weir.api.call.Caller;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many queries work at once: a few for each caller, so that nobody takes all the places. A
 * caller is a name, whatever sessions and tokens it has. Thread-safe.
 */
final class QueryPlaces {

  /** A person has a few tabs; a script that asks more has to wait for its own. */
  static final int CALLER_MAX = 3;

  /**
   * The embedded store runs eight statements at once: some are left for the overview and for who
   * asks it otherwise, whatever is asked here.
   */
  static final int ALL_MAX = 5;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  /** A place that is held. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place, or waits for one.
   *
   * @throws StoreException THROTTLED where none is free in that time
   */
  Held take(Caller caller, Duration wait) {
    lock.lock();
    try {
      long nanos = wait.toNanos();
      while (taken.getOrDefault(caller.name(), 0) >= CALLER_MAX || all >= ALL_MAX) {
        if (nanos <= 0) {
          throw full(caller);
        }
        nanos = left.awaitNanos(nanos);
      }
      taken.merge(caller.name(), 1, Integer::sum);
      all++;
      return () -> leave(caller.name());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.CANCELLED, "the query was interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private void leave(String caller) {
    lock.lock();
    try {
      taken.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
      all--;
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private StoreException full(Caller caller) {
    boolean own = taken.getOrDefault(caller.name(), 0) >= CALLER_MAX;
    return new StoreException(
        Kind.THROTTLED,
        own
            ? "%d queries of yours run already; wait for one, or cancel it".formatted(CALLER_MAX)
            : "%d queries run already; try again".formatted(ALL_MAX),
        RETRY_AFTER,
        null);
  }
}
