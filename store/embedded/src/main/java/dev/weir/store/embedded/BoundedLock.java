// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A lock that a caller waits for, but not for ever: a copy of the store may hold it for long. */
final class BoundedLock {

  private BoundedLock() {}

  /**
   * Takes a lock.
   *
   * @throws StoreException UNAVAILABLE when another has it all the time, CANCELLED when interrupted
   */
  static void take(ReentrantLock lock, Duration patience, String what) {
    try {
      if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreException(
            Kind.UNAVAILABLE, what + " can't be changed now: a backup is being made; try later");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.CANCELLED, "the change of " + what + " was interrupted", e);
    }
  }
}
