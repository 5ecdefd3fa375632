// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.call;

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
public final class QueryPlaces {

  /** A person has a few tabs; a script that asks more has to wait for its own. */
  public static final int CALLER_MAX = 3;

  /**
   * The embedded store runs eight statements at once: some are left for the overview and for who
   * asks it otherwise, whatever is asked here.
   */
  public static final int ALL_MAX = 5;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final int callerMax;
  private final int allMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  /** For statements. */
  public QueryPlaces() {
    this(CALLER_MAX, ALL_MAX);
  }

  /** For calls of another kind, so many of a caller and of all. */
  public QueryPlaces(int callerMax, int allMax) {
    this.callerMax = callerMax;
    this.allMax = allMax;
  }

  /** A place that is held. */
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place, or waits for one.
   *
   * @throws StoreException THROTTLED where none is free in that time
   */
  public Held take(Caller caller, Duration wait) {
    return take(caller, callerMax, wait);
  }

  /**
   * As {@link #take(Caller, Duration)}, for a caller that may have another count of places.
   *
   * @throws StoreException THROTTLED where none is free in that time
   */
  public Held take(Caller caller, int callerMax, Duration wait) {
    lock.lock();
    try {
      long nanos = wait.toNanos();
      while (taken.getOrDefault(caller.name(), 0) >= callerMax || all >= allMax) {
        if (nanos <= 0) {
          throw full(caller, callerMax);
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

  private StoreException full(Caller caller, int callerMax) {
    boolean own = taken.getOrDefault(caller.name(), 0) >= callerMax;
    return new StoreException(
        Kind.THROTTLED,
        own
            ? "%d queries of yours run already; wait for one, or cancel it".formatted(callerMax)
            : "%d queries run already; try again".formatted(allMax),
        RETRY_AFTER,
        null);
  }
}
