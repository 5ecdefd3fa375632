// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.trial;

import dev.weir.monitor.check.Sampling;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.MeasuringThreads;
import dev.weir.monitor.probe.NetworkPolicy;
import dev.weir.monitor.probe.Prober;
import dev.weir.monitor.probe.Run;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Makes trials under their limits, by the prober and the network policies of all checks. */
final class Trials {

  /** Trials at once, of all callers: each has a thread, and somebody who waits for it. */
  static final int AT_ONCE_MAX = 4;

  /** Of one caller: what is typed now, and what was typed before and has not ended. */
  static final int OF_A_CALLER_MAX = 2;

  /** Requests of a trial, whatever the definition says. */
  static final int REQUESTS_MAX = 5;

  /** A trial takes no longer, whatever the definition says: somebody waits for it. */
  static final Duration TIME_MAX = Duration.ofSeconds(60);

  /** How long a run may take to end once it is interrupted, which closes its connection. */
  private static final Duration ENDING_MAX = Duration.ofSeconds(5);

  private final ExecutorService threads = MeasuringThreads.upTo(AT_ONCE_MAX, "trial-");
  private final TrialPlaces places = new TrialPlaces(AT_ONCE_MAX, OF_A_CALLER_MAX);
  private final Prober prober;
  private final Function<String, NetworkPolicy> policies;
  private final Duration timeMax;
  private final InstantSource clock;

  Trials(
      Prober prober,
      Function<String, NetworkPolicy> policies,
      Duration timeMax,
      InstantSource clock) {
    this.prober = prober;
    this.policies = policies;
    this.timeMax = timeMax;
    this.clock = clock;
  }

  /**
   * Tries a site's check once, and waits for it. An interrupt of the caller ends it.
   *
   * @throws StoreException where there is no place for it, or it is not waited for
   */
  Trial run(Site site, String caller) {
    try (TrialPlaces.Place _ = places.take(caller)) {
      return run(site);
    }
  }

  private Trial run(Site site) {
    Sampling asked = site.sampling();
    Sampling sampling = new Sampling(Math.min(asked.requests(), REQUESTS_MAX), asked.connections());
    NetworkPolicy policy = policies.apply(site.key().customer());
    Instant began = clock.instant();
    CompletableFuture<Run> ended = new CompletableFuture<>();
    Future<?> work = begun(() -> attempt(site, sampling, policy, ended));
    try {
      try {
        return new Trial(began, ended.get(timeMax.toNanos(), TimeUnit.NANOSECONDS), null);
      } catch (TimeoutException _) {
        work.cancel(true);
        Run run = ended.get(ENDING_MAX.toNanos(), TimeUnit.NANOSECONDS);
        return new Trial(began, run, cut(run, sampling.requests()));
      }
    } catch (InterruptedException _) {
      work.cancel(true);
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.CANCELLED, "the check was ended: nobody waits for it");
    } catch (TimeoutException e) {
      throw new StoreException(Kind.TIMED_OUT, "the check did not end at its limit of time", e);
    } catch (ExecutionException e) {
      throw new StoreException(Kind.INTERNAL, "the check could not be made", e);
    }
  }

  private Future<?> begun(Runnable work) {
    try {
      return threads.submit(work);
    } catch (RejectedExecutionException e) {
      throw new StoreException(Kind.UNAVAILABLE, "the check could not be begun; try again", e);
    }
  }

  private void attempt(
      Site site, Sampling sampling, NetworkPolicy policy, CompletableFuture<Run> ended) {
    try {
      ended.complete(prober.attempt(site.check(), sampling, site.expectations(), policy));
    } catch (RuntimeException | Error e) {
      ended.completeExceptionally(e);
    }
  }

  private Failure cut(Run run, int requests) {
    return new Failure(
        ErrorClass.TIMEOUT,
        "ended after %d s, the most that a check which is tried may take, at request %d of %d"
            .formatted(timeMax.toSeconds(), run.measurements().size(), requests));
  }
}
