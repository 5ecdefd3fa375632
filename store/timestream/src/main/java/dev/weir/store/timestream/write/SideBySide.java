// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.write;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Does a number of tasks on virtual threads, the caller's own thread among them, and returns when
 * all have ended. An interrupt of the caller interrupts them all.
 */
final class SideBySide {

  private SideBySide() {}

  /**
   * Does tasks 0 to {@code tasks - 1}, begun in that order.
   *
   * @param most how many at once
   */
  static void run(int tasks, int most, IntConsumer task) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    Runnable worker =
        () -> {
          try {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
              task.accept(i);
            }
          } catch (RuntimeException | Error e) {
            broken.compareAndSet(null, e);
            next.set(tasks);
          }
        };
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < Math.min(tasks, most); i++) {
      others.add(Thread.ofVirtual().name("weir-timestream-write").start(worker));
    }
    worker.run();
    awaitAll(others);
    switch (broken.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private static void awaitAll(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
