// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;

/**
 * A warning that is logged at most once a minute, with how often it was due. A full disk fails ten
 * commits a second, and a log that says each of them on the same disk makes it worse. Thread-safe.
 */
final class MinuteWarning {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Logger log;
  private final InstantSource clock;
  private final String message;
  private Instant next = Instant.MIN;
  private long times;

  MinuteWarning(Logger log, InstantSource clock, String message) {
    this.log = log;
    this.clock = clock;
    this.message = message;
  }

  /** Counts, and logs when the last line is a minute old. */
  synchronized void warn(String reason) {
    times++;
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    log.atWarn().addKeyValue("reason", reason).addKeyValue("times", times).log(message);
    times = 0;
    next = now.plus(PAUSE);
  }
}
