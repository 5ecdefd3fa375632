// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Commands on their way to the committer, bounded by their weight. Thread-safe. */
final class WriteQueue {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final int weightMax;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<WriteCommand> commands = new ArrayDeque<>();
  private int weight;
  private boolean closed;

  WriteQueue(int weightMax) {
    this.weightMax = weightMax;
  }

  /**
   * Adds a command, waiting for room.
   *
   * @throws StoreException THROTTLED when there is none in time, UNAVAILABLE when closed
   */
  void put(WriteCommand command, long waitNanos) throws InterruptedException {
    int size = Math.min(command.weight(), weightMax);
    lock.lockInterruptibly();
    try {
      long rest = waitNanos;
      while (!closed && weight + size > weightMax) {
        if (rest <= 0) {
          throw new StoreException(
              Kind.THROTTLED,
              "the write queue is full (%d points): the store can't keep up".formatted(weightMax),
              RETRY_AFTER,
              null);
        }
        rest = room.awaitNanos(rest);
      }
      if (closed) {
        throw new StoreException(Kind.UNAVAILABLE, "the store is closing");
      }
      commands.add(command);
      weight += size;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what is there, at least one command and about {@code weightWanted} at most. An empty list
   * means that nothing came in time; null never comes.
   */
  List<WriteCommand> take(int weightWanted, long waitMillis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long rest = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (commands.isEmpty() && !closed && rest > 0) {
        rest = work.awaitNanos(rest);
      }
      List<WriteCommand> taken = new ArrayList<>();
      int sum = 0;
      while (!commands.isEmpty() && (taken.isEmpty() || sum < weightWanted)) {
        WriteCommand command = commands.remove();
        int size = Math.min(command.weight(), weightMax);
        sum += size;
        weight -= size;
        taken.add(command);
      }
      if (!taken.isEmpty()) {
        room.signalAll();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** The weight of what waits. */
  int depth() {
    lock.lock();
    try {
      return weight;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more; what is there can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isDrained() {
    lock.lock();
    try {
      return closed && commands.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
