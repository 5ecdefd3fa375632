// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.connector;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many samples came in a second, looked at every five seconds of the last five minutes. Each is
 * the average of the minute before: who scrapes every 15 s sends nothing in most spans of 5 s, and
 * a whole number of such intervals makes a line that can be read. Thread-safe.
 */
final class SampleHistory implements AutoCloseable {

  static final Duration EVERY = Duration.ofSeconds(5);

  /** What a rate is the average of, or the time since the start where that is shorter. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  /** Spans that are kept. */
  static final int SPANS = 60;

  private final LongSupplier samples;
  private final InstantSource clock;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weir-sample-history").factory());
  private final @Nullable Double[] spans = new Double[SPANS];

  /** Those of the window, the oldest first; never empty. */
  private final Deque<Look> looks = new ArrayDeque<>();

  private record Look(Instant time, long count) {}

  /** Nothing is known yet; {@link #start} looks from now on. */
  SampleHistory(LongSupplier samples, InstantSource clock) {
    this.samples = samples;
    this.clock = clock;
    this.looks.add(new Look(clock.instant(), samples.getAsLong()));
  }

  void start() {
    ticks.scheduleAtFixedRate(
        this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One look, which ends a span. */
  synchronized void look() {
    Look now = new Look(clock.instant(), samples.getAsLong());
    Look first = looks.getFirst();
    long millis = Duration.between(first.time(), now.time()).toMillis();
    System.arraycopy(spans, 1, spans, 0, SPANS - 1);
    spans[SPANS - 1] = millis <= 0 ? 0.0 : (now.count() - first.count()) * 1_000.0 / millis;
    looks.add(now);
    if (looks.size() > WINDOW.dividedBy(EVERY)) {
      looks.removeFirst();
    }
  }

  /** Samples a second at the end of each span, the oldest first; null before the start. */
  synchronized List<@Nullable Double> perSecond() {
    List<@Nullable Double> copy = new ArrayList<>();
    for (Double each : spans) {
      copy.add(each);
    }
    return copy;
  }

  @Override
  public void close() {
    ticks.shutdownNow();
  }
}
