// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/** A time in which work is done on a site and nobody is told of its failures. */
public sealed interface MaintenanceWindow {

  /** Whether the moment lies in it; the beginning does, the end does not. */
  boolean contains(Instant moment);

  /** From one moment to another. */
  record Once(Instant start, Instant end) implements MaintenanceWindow {
    public Once {
      if (!start.isBefore(end)) {
        throw new IllegalArgumentException(
            "a maintenance window ends after it starts, not at %s from %s".formatted(end, start));
      }
    }

    @Override
    public boolean contains(Instant moment) {
      return !moment.isBefore(start) && moment.isBefore(end);
    }
  }

  /** On these days of the week from this time on; a window may reach into the next day. */
  record Weekly(Set<DayOfWeek> days, LocalTime start, Duration length, ZoneId zone)
      implements MaintenanceWindow {
    public Weekly {
      days = Set.copyOf(days);
      if (days.isEmpty() || !length.isPositive() || length.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            "a weekly maintenance window has days and is at most 24h long, not %s of %s"
                .formatted(length, days));
      }
    }

    @Override
    public boolean contains(Instant moment) {
      var today = moment.atZone(zone).toLocalDate();
      for (var day : Set.of(today, today.minusDays(1))) {
        Instant from = day.atTime(start).atZone(zone).toInstant();
        if (days.contains(day.getDayOfWeek())
            && !moment.isBefore(from)
            && moment.isBefore(from.plus(length))) {
          return true;
        }
      }
      return false;
    }
  }
}
