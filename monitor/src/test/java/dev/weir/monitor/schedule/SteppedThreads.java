// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs what it is given when the test says so, on the test's thread. */
class SteppedThreads extends AbstractExecutorService {

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean shut;

  /** What has been given and has not run. */
  int waiting() {
    return waiting.size();
  }

  void runOne() {
    waiting.remove().run();
  }

  void runAll() {
    while (!waiting.isEmpty()) {
      runOne();
    }
  }

  @Override
  public void execute(Runnable command) {
    if (shut) {
      throw new RejectedExecutionException();
    }
    waiting.add(command);
  }

  @Override
  public void shutdown() {
    shut = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shut = true;
    return List.copyOf(waiting);
  }

  @Override
  public boolean isShutdown() {
    return shut;
  }

  @Override
  public boolean isTerminated() {
    return shut;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
