// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The threads on which probes measure: platform threads. The bytes of an answer wake such a thread
 * by themselves. A virtual thread is woken by another thread that watches the sockets, and then
 * waits for a carrier; both would be counted as the site's time.
 *
 * <p>They are daemons, made when there is work, and end when they had none for {@value
 * #IDLE_SECONDS} seconds; the one that was free last is taken first. An interrupt, by {@code
 * Future.cancel(true)} or {@code shutdownNow()}, ends a probe wherever it is, since it closes the
 * connection under way; the run then tells a timeout.
 */
public final class MeasuringThreads {

  static final int IDLE_SECONDS = 10;

  private static final int WAIT_MILLIS = 1;

  private MeasuringThreads() {}

  /**
   * Up to so many threads. {@code execute} hands the work over; where all of them have some, it
   * blocks until one is free, so none of them may call it. It throws {@link
   * RejectedExecutionException} once it is shut down, where the caller is interrupted while it
   * waits, and where the system gives no more threads.
   *
   * @param name of the threads, before their number
   */
  public static ExecutorService upTo(int limit, String name) {
    AtomicLong number = new AtomicLong();
    return upTo(limit, work -> new MeasuringThread(work, name + number.getAndIncrement()));
  }

  static ExecutorService upTo(int limit, ThreadFactory factory) {
    return new Pool(limit, factory);
  }

  /**
   * Has this done by one of these threads and waits for it.
   *
   * @throws CancellationException where the caller is interrupted, which ends the work too
   * @throws RejectedExecutionException as {@link #upTo} says
   */
  public static <T> T call(ExecutorService threads, Supplier<T> work) {
    Future<T> asked = threads.submit(work::get);
    try {
      return asked.get();
    } catch (InterruptedException e) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("nobody waits for the probe any more");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw new IllegalStateException("a supplier throws no other", e);
      }
    }
  }

  /** Hands over without a queue in between, so that a free thread is taken before one is made. */
  private static final class Pool extends ThreadPoolExecutor {

    Pool(int limit, ThreadFactory factory) {
      super(
          0,
          limit,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          factory,
          Pool::whenOneIsFree);
    }

    @Override
    public void execute(Runnable work) {
      try {
        super.execute(work);
      } catch (OutOfMemoryError e) {
        throw new RejectedExecutionException(
            "the system gives no thread beyond %d; raise its limit of them, or lower that of checks"
                .formatted(getPoolSize()),
            e);
      }
    }

    @Override
    protected void afterExecute(Runnable work, Throwable thrown) {
      MeasuringThread.waitsForNothing();
    }

    private static void whenOneIsFree(Runnable work, ThreadPoolExecutor pool) {
      try {
        while (!pool.isShutdown()) {
          if (pool.getQueue().offer(work, WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
            return;
          }
          if (pool.getPoolSize() < pool.getMaximumPoolSize()) {
            pool.execute(work); // Threads have ended meanwhile.
            return;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new RejectedExecutionException("no thread will be free any more");
    }
  }
}
