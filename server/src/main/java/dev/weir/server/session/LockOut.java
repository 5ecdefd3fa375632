// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.session;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down who guesses: after some wrong passwords in a row there is a pause before the next, and
 * each further one doubles it. What is told apart, names or addresses, is up to the caller. Kept in
 * memory. Thread-safe.
 */
final class LockOut {

  /** Wrong ones in a row that cost nothing but their time. */
  static final int FREE = 5;

  static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  static final Duration PAUSE_MAX = Duration.ofMinutes(15);

  /** Keys that are remembered; those not seen for longest go. */
  static final int KEPT_MAX = 10_000;

  private record Attempts(int wrong, Instant until) {}

  private final Map<String, Attempts> attempts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
          return size() > KEPT_MAX;
        }
      };

  /** How long the key has to wait; zero for not at all. */
  synchronized Duration pause(String key, Instant now) {
    Attempts known = attempts.get(key);
    return known == null || !known.until().isAfter(now)
        ? Duration.ZERO
        : Duration.between(now, known.until());
  }

  synchronized void wrong(String key, Instant now) {
    Attempts known = attempts.get(key);
    int wrong = known == null ? 1 : Math.min(known.wrong() + 1, FREE + 30);
    Duration pause = Duration.ZERO;
    if (wrong >= FREE) {
      pause = PAUSE_MIN.multipliedBy(1L << (wrong - FREE));
      pause = pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    }
    attempts.put(key, new Attempts(wrong, now.plus(pause)));
  }

  synchronized void right(String key) {
    attempts.remove(key);
  }

  /** Keys that are remembered now. */
  synchronized int kept() {
    return attempts.size();
  }
}
