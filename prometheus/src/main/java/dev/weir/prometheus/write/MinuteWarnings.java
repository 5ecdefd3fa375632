// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Adds up what is to be warned of and lets a warning out once a minute. Thread-safe. */
final class MinuteWarnings {

  private static final long MINUTE_MILLIS = 60_000;

  private final WriteListener listener;
  private final InstantSource clock;
  private final String text;
  private final AtomicLong pending = new AtomicLong();
  private final AtomicLong lastMillis = new AtomicLong(-MINUTE_MILLIS);

  /** The text has one {@code %d} for the count. */
  MinuteWarnings(WriteListener listener, InstantSource clock, String text) {
    this.listener = listener;
    this.clock = clock;
    this.text = text;
  }

  void add(long count) {
    if (count == 0) {
      return;
    }
    pending.addAndGet(count);
    long now = clock.millis();
    long last = lastMillis.get();
    if (now - last >= MINUTE_MILLIS && lastMillis.compareAndSet(last, now)) {
      listener.warned(text.formatted(pending.getAndSet(0)));
    }
  }
}
