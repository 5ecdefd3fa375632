// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.Rejection;
import dev.weir.store.Rejection.Reason;
import dev.weir.store.TableRules;
import dev.weir.store.TableRules.AccountRules;
import dev.weir.store.administration.TableProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The times that a table takes at one moment.
 *
 * @param oldestNanos the first, inclusive
 * @param newestNanos the last, inclusive
 * @param memoryFromNanos older ones count as magnetic
 * @param account whether the refusal must read as Timestream's
 */
record IngestWindow(long oldestNanos, long newestNanos, long memoryFromNanos, boolean account) {

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** As Timestream writes the ends of the window. */
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  static IngestWindow of(TableRules rules, long nowMillis) {
    AccountRules account = rules.account();
    long now = nowMillis * NANOS_PER_MILLI;
    long retained = now - nanos(rules.retention());
    long ahead = now + nanos(rules.futureWindow());
    if (account == null) {
      Duration memory = Duration.ofHours(TableProperties.MEMORY_HOURS_MAX);
      return new IngestWindow(retained, ahead, now - nanos(memory), false);
    }
    long memoryFrom =
        Math.max(
            now - nanos(account.memoryRetention()),
            account.memoryFrom().toEpochMilli() * NANOS_PER_MILLI);
    return new IngestWindow(
        account.magneticWrites() ? Math.max(0, retained) : memoryFrom, ahead - 1, memoryFrom, true);
  }

  boolean takes(long epochNanos) {
    return epochNanos >= oldestNanos && epochNanos <= newestNanos;
  }

  /** What is said of a point that it does not take. */
  Rejection refusal(int at, long epochNanos) {
    Reason reason = epochNanos < oldestNanos ? Reason.TOO_OLD : Reason.TOO_NEW;
    String message =
        account
            ? "The record timestamp is outside the time range [%s, %s) of the data ingestion window."
                .formatted(
                    MILLIS.format(instant(oldestNanos)), MILLIS.format(instant(newestNanos + 1)))
            : "The record timestamp %s is outside the time range [%s, %s) of the data ingestion window."
                .formatted(instant(epochNanos), instant(oldestNanos), instant(newestNanos));
    return new Rejection(at, reason, message);
  }

  static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
  }

  /** Nanoseconds, at most about 146 years so that sums with the clock do not overflow. */
  private static long nanos(Duration duration) {
    long millis = Math.min(duration.toMillis(), Long.MAX_VALUE / NANOS_PER_MILLI / 2);
    return millis * NANOS_PER_MILLI;
  }
}
