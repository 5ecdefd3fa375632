// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class BoundedLockTest {

  private final ReentrantLock lock = new ReentrantLock();

  @Test
  void givesUpOnALockThatAnotherKeeps() throws Exception {
    lock.lock();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads
          .submit(() ->
              assertThatThrownBy(
                      () -> BoundedLock.take(lock, Duration.ofMillis(5), "table plant.loads"))
                  .isInstanceOfSatisfying(
                      StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                  .hasMessage(
                      "table plant.loads can't be changed now: a backup is being made; try"
                          + " later"))
          .get();
    } finally {
      lock.unlock();
    }
    BoundedLock.take(lock, Duration.ZERO, "table plant.loads");
    assertThat(lock.isHeldByCurrentThread()).isTrue();
    lock.unlock();
  }
}
