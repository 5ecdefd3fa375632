// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Does the same to many things, so many at a time. */
public final class AtOnce {

  /**
   * As many calls as the HTTP client keeps busy without opening a connection for each, and far
   * below any rate that an account has.
   */
  public static final int CALLS = 16;

  private AtOnce() {}

  /**
   * What the work makes of each, in their order.
   *
   * @throws RuntimeException the first failure, once all that began has ended
   */
  public static <T, R> List<R> each(List<T> things, Function<T, R> work) {
    Semaphore turns = new Semaphore(CALLS);
    List<Future<R>> under = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T thing : things) {
        under.add(
            threads.submit(() -> {
              turns.acquire();
              try {
                return work.apply(thing);
              } finally {
                turns.release();
              }
            }));
      }
      return results(under);
    }
  }

  private static <R> List<R> results(List<Future<R>> under) {
    List<R> results = new ArrayList<>();
    try {
      for (Future<R> each : under) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException e) {
      under.forEach(each -> each.cancel(false));
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      under.forEach(each -> each.cancel(true));
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
