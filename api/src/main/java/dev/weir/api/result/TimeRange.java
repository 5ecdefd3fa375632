// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.api.result;

import dev.weir.api.call.QueryParameters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * From when to when, of the parameters {@code from} and {@code to}: each milliseconds since the
 * epoch, or a moment as ISO 8601 has it, with its offset.
 *
 * @param from inclusive
 * @param to exclusive, and later
 */
record TimeRange(Instant from, Instant to) {

  /** Nothing earlier or later is asked for: nanoseconds since the epoch end in 2262. */
  static final Instant EARLIEST = Instant.EPOCH;

  static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /**
   * The range of a call.
   *
   * @param standard how long it is where {@code from} is not given; without {@code to} it ends now
   * @param longest how long it may be
   */
  static TimeRange of(QueryParameters query, Instant now, Duration standard, Duration longest) {
    Instant to = moment(query, "to").orElse(now);
    Instant from =
        moment(query, "from")
            .orElseGet(() ->
                Duration.between(EARLIEST, to).compareTo(standard) < 0
                    ? EARLIEST
                    : to.minus(standard));
    if (!from.isBefore(to)) {
      throw QueryParameters.refusal("from is earlier than to, not %s to %s".formatted(from, to));
    }
    Duration length = Duration.between(from, to);
    if (length.compareTo(longest) > 0) {
      throw QueryParameters.refusal(
          "from and to are at most %d days apart, not %d"
              .formatted(longest.toDays(), length.plusDays(1).minusNanos(1).toDays()));
    }
    return new TimeRange(from, to);
  }

  Duration length() {
    return Duration.between(from, to);
  }

  private static Optional<Instant> moment(QueryParameters query, String name) {
    return query.text(name).map(text -> moment(name, text));
  }

  private static Instant moment(String name, String text) {
    Instant moment;
    try {
      moment =
          text.matches("\\d{1,15}")
              ? Instant.ofEpochMilli(Long.parseLong(text))
              : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      throw QueryParameters.refusal(
          "%s is milliseconds since the epoch or a moment such as 2026-03-10T12:00:00Z, not '%s'"
              .formatted(name, QueryParameters.shown(text)));
    }
    if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
      throw QueryParameters.refusal(
          "%s is from %s to %s, not %s".formatted(name, EARLIEST, LATEST, moment));
    }
    return moment;
  }
}
