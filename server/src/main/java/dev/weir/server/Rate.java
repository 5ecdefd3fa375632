// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count grows, over the last seconds in which somebody looked. Thread-safe. */
final class Rate {

  private static final Duration WINDOW = Duration.ofSeconds(15);

  private record Look(Instant time, long count) {}

  private final Deque<Look> looks = new ArrayDeque<>();

  /** Notes a count and gives its growth in a second; 0 at the first look. */
  synchronized double at(Instant now, long count) {
    while (!looks.isEmpty() && looks.getFirst().time().isBefore(now.minus(WINDOW))) {
      looks.removeFirst();
    }
    // Many watchers add no more looks than one.
    if (looks.isEmpty() || looks.getLast().time().isBefore(now.minusSeconds(1))) {
      looks.addLast(new Look(now, count));
    }
    Look first = looks.getFirst();
    long millis = Duration.between(first.time(), now).toMillis();
    return millis <= 0 ? 0 : (count - first.count()) * 1_000.0 / millis;
  }
}
