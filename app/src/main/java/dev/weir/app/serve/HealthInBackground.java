// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.store.StoreHealth;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The health of a store that takes its time to tell. A probe waits a moment; where the answer is
 * not there by then it gets the one before, and the next probe gets the new one. One question is
 * under way at a time, however many probe. Thread-safe.
 */
final class HealthInBackground implements StoreHealth {

  /** Below the second that Kubernetes gives a probe by default. */
  static final Duration WAIT = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(HealthInBackground.class);

  private final StoreHealth store;
  private final Duration wait;
  private volatile Health last = new Health(false, "Timestream has not answered yet");
  private @Nullable CompletableFuture<Health> asked;

  /**
   * Asks nothing yet.
   *
   * @param store asked at each probe; it decides for how long its own answer holds
   * @param wait how long a probe waits
   */
  HealthInBackground(StoreHealth store, Duration wait) {
    this.store = store;
    this.wait = wait;
  }

  @Override
  public Health health() {
    try {
      return asked().get(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException _) {
      return last;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return last;
    }
  }

  private synchronized CompletableFuture<Health> asked() {
    CompletableFuture<Health> running = asked;
    if (running == null || running.isDone()) {
      CompletableFuture<Health> begun = new CompletableFuture<>();
      Thread.ofVirtual().name("weir-health").start(() -> begun.complete(ask()));
      asked = begun;
      return begun;
    }
    return running;
  }

  /** Whatever happens, the question ends: otherwise none would be asked again. */
  private Health ask() {
    Health answer;
    try {
      answer = store.health();
    } catch (RuntimeException | Error e) {
      LOG.warn("the health of Timestream could not be asked for", e);
      answer = new Health(false, "Timestream can't be asked; the log has more");
    }
    last = answer;
    return answer;
  }
}
