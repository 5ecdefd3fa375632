// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.connector;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How many samples came in a second, over the last five minutes. Thread-safe. */
final class SampleHistory implements AutoCloseable {

  static final Duration EVERY = Duration.ofSeconds(5);

  /** Spans that are kept. */
  static final int SPANS = 60;

  private final LongSupplier samples;
  private final InstantSource clock;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weir-sample-history").factory());
  private final @Nullable Double[] spans = new Double[SPANS];
  private Instant lastTime;
  private long lastCount;

  /** Nothing is known yet; {@link #start} looks from now on. */
  SampleHistory(LongSupplier samples, InstantSource clock) {
    this.samples = samples;
    this.clock = clock;
    this.lastTime = clock.instant();
    this.lastCount = samples.getAsLong();
  }

  void start() {
    ticks.scheduleAtFixedRate(
        this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One look, which ends a span. */
  synchronized void look() {
    Instant now = clock.instant();
    long count = samples.getAsLong();
    long millis = Duration.between(lastTime, now).toMillis();
    System.arraycopy(spans, 1, spans, 0, SPANS - 1);
    spans[SPANS - 1] = millis <= 0 ? 0.0 : (count - lastCount) * 1_000.0 / millis;
    lastTime = now;
    lastCount = count;
  }

  /** A second of each span, the oldest first; null before the start. */
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
