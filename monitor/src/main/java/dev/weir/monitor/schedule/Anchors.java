// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.schedule;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Expectations;
import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Prober;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Places whose failure is more likely ours than theirs. They are asked only when most sites fail,
 * all at once, and the answer holds for a while. Thread-safe.
 */
public final class Anchors {

  /** How long an answer holds: many runs fail in it, and each would ask. */
  static final Duration FRESH = Duration.ofSeconds(5);

  /** Anchors that have not answered by then don't: runs that failed wait for this. */
  static final Duration ASK_MAX = Duration.ofSeconds(5);

  public static final int ANCHORS_MAX = 16;

  private final List<Check> checks;
  private final Prober prober;
  private final NetworkPolicy policy;
  private final InstantSource clock;
  private final Duration askMax;
  private final ReentrantLock lock = new ReentrantLock();
  private Instant asked = Instant.MIN;
  private boolean reachable = true;

  /**
   * Anchors that are reached by these checks.
   *
   * @param checks at most {@value #ANCHORS_MAX}; none where nothing is to be doubted
   */
  public Anchors(List<Check> checks, Prober prober, NetworkPolicy policy, InstantSource clock) {
    this(checks, prober, policy, clock, ASK_MAX);
  }

  Anchors(
      List<Check> checks,
      Prober prober,
      NetworkPolicy policy,
      InstantSource clock,
      Duration askMax) {
    if (checks.size() > ANCHORS_MAX) {
      throw new IllegalArgumentException(
          "there are at most %d anchors, not %d".formatted(ANCHORS_MAX, checks.size()));
    }
    this.checks = List.copyOf(checks);
    this.prober = prober;
    this.policy = policy;
    this.clock = clock;
    this.askMax = askMax;
  }

  /** Whether any anchor answers; true where there is none. May ask them, which blocks. */
  public boolean reachable() {
    if (checks.isEmpty()) {
      return true;
    }
    lock.lock();
    try {
      Instant now = clock.instant();
      if (now.isBefore(asked) || !now.isBefore(asked.plus(FRESH))) {
        reachable = anyAnswers();
        asked = clock.instant();
      }
      return reachable;
    } finally {
      lock.unlock();
    }
  }

  /** The first answer is enough; the others are interrupted. */
  private boolean anyAnswers() {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Callable<Boolean>> all =
          checks.stream().<Callable<Boolean>>map(check -> () -> answers(check)).toList();
      return threads.invokeAny(all, askMax.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // The run is cut short, nobody hears of it.
      return true;
    } finally {
      threads.shutdownNow(); // Without waiting for one that does not end.
    }
  }

  private boolean answers(Check check) throws IOException {
    if (!prober.attempt(check, Sampling.ONE, Expectations.DEFAULT, policy).up()) {
      throw new IOException("an anchor does not answer");
    }
    return true;
  }
}
