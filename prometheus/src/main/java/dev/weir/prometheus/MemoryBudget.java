// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the bytes that all requests in flight hold together. Who finds no room waits a moment,
 * then is sent away to come back later. Thread-safe.
 */
public final class MemoryBudget {

  private static final int UNIT_BYTES = 1_024;

  private final Semaphore units;
  private final int unitsMax;
  private final Duration wait;

  public MemoryBudget(long bytesMax, Duration wait) {
    this.unitsMax = (int) Math.min(Integer.MAX_VALUE, bytesMax / UNIT_BYTES);
    this.units = new Semaphore(unitsMax, true);
    this.wait = wait;
  }

  /** Takes bytes, or gives null where there was no room in time. */
  public @Nullable Lease take(long bytes) {
    Lease lease = new Lease();
    return lease.grow(bytes) ? lease : null;
  }

  /** A lease that holds nothing yet. */
  public Lease lease() {
    return new Lease();
  }

  /** What a request holds; closed when it ends. Not thread-safe. */
  public final class Lease implements AutoCloseable {

    private int held;

    private Lease() {}

    /** Takes more; false where there is no room. A request larger than the whole waits for all. */
    public boolean grow(long bytes) {
      int wanted = (int) Math.min(unitsMax - held, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
      if (wanted <= 0) {
        return true;
      }
      try {
        if (!units.tryAcquire(wanted, wait.toNanos(), TimeUnit.NANOSECONDS)) {
          return false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      held += wanted;
      return true;
    }

    /** Takes more if there is room for all of it at once; never waits. */
    public boolean growNow(long bytes) {
      long wanted = (bytes + UNIT_BYTES - 1) / UNIT_BYTES;
      if (wanted > unitsMax - held || !units.tryAcquire((int) wanted)) {
        return wanted <= 0;
      }
      held += (int) wanted;
      return true;
    }

    /** Gives what is held to another lease, which someone else closes. */
    public Lease handOver() {
      Lease other = new Lease();
      other.held = held;
      held = 0;
      return other;
    }

    /** Gives back what is held; the lease may grow again. */
    @Override
    public void close() {
      units.release(held);
      held = 0;
    }
  }
}
