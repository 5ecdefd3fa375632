// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.call;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.Abortable;

/**
 * Ends calls that take too long, by cutting their connection: a peer that answers nothing, or a
 * byte now and then, holds nobody up. One thread, begun with the first call. Thread-safe.
 */
final class Deadlines implements AutoCloseable {

  private final ScheduledThreadPoolExecutor timer;

  Deadlines() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("weir-timestream-deadlines").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Ends the call after a time, unless this is closed before. */
  Running watch(Abortable call, Duration time) {
    Running running = new Running(call);
    running.future = timer.schedule(running, time.toNanos(), TimeUnit.NANOSECONDS);
    return running;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** A call under watch. */
  static final class Running implements Runnable, AutoCloseable {

    private final Abortable call;
    private volatile boolean expired;

    @SuppressWarnings("NullAway.Init") // set before anyone else sees this
    private ScheduledFuture<?> future;

    private Running(Abortable call) {
      this.call = call;
    }

    /** Whether the call was ended because of its time. */
    boolean expired() {
      return expired;
    }

    @Override
    public void run() {
      expired = true;
      call.abort();
    }

    @Override
    public void close() {
      future.cancel(false);
    }
  }
}
