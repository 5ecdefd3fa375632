// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import dev.weir.store.timestream.diagnosis.Finding.State;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs checks within their time. One that hangs is left behind, since a name lookup can't be
 * interrupted; its result is never looked at.
 */
final class Steps {

  private final Duration stepMax;
  private final Duration allMax;
  private final long begunNanos = System.nanoTime();

  Steps(Duration stepMax, Duration allMax) {
    this.stepMax = stepMax;
    this.allMax = allMax;
  }

  Duration stepMax() {
    return stepMax;
  }

  /** The finding of a check, with the time that it took. */
  Finding check(String name, Callable<Finding> check) {
    long left = allMax.toNanos() - (System.nanoTime() - begunNanos);
    if (left <= 0) {
      return Finding.of(
          name,
          State.FAIL,
          "not checked: the checks before took " + allMax.toSeconds() + " s together");
    }
    long most = Math.min(left, stepMax.toNanos());
    long begun = System.nanoTime();
    FutureTask<Finding> task = new FutureTask<>(check);
    Thread thread = Thread.ofVirtual().name("weir-doctor").start(task);
    Finding finding;
    try {
      finding = task.get(most, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      finding =
          Finding.of(name, State.FAIL, "nothing came back within %.1f s".formatted(most / 1e9));
    } catch (ExecutionException e) {
      finding = Finding.of(name, State.FAIL, "the check itself failed: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      thread.interrupt();
      finding = Finding.of(name, State.FAIL, "interrupted");
    }
    return finding.after(Duration.ofNanos(System.nanoTime() - begun));
  }
}
