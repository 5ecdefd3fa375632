// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.log.FunctionMetrics;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sums the hours of each customer. By the schedule those that closed last, some of them again:
 * reports that came late count then. By hand those from {@code from} to {@code to}.
 */
record HourRollup(
    HourlyRollup rollup, CheckTables tables, FunctionMetrics metrics, InstantSource clock) {

  /** Hours of one run by the schedule; they are summed by one query of a customer's table. */
  static final int HOURS = 6;

  /** An hour is summed so long after its end: runs go on for a while, and reports travel. */
  static final Duration SETTLE = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(HourRollup.class);

  /** Whole hours. */
  record Range(Instant from, Instant to) {}

  /**
   * Which hours an event asks for: those of its {@code from} and {@code to}, or the last ones.
   *
   * @throws IllegalArgumentException for one of the two alone, or what is no time
   */
  Range range(Map<String, Object> event) {
    Object from = event.get("from");
    Object to = event.get("to");
    if (from == null && to == null) {
      Instant end = clock.instant().minus(SETTLE).truncatedTo(ChronoUnit.HOURS);
      return new Range(end.minus(Duration.ofHours(HOURS)), end);
    }
    if (from == null || to == null) {
      throw new IllegalArgumentException(
          "an event for a rollup has both from and to, or neither; not " + event.keySet());
    }
    return new Range(moment("from", from), moment("to", to));
  }

  /**
   * Sums these hours of all these customers; what goes wrong with one holds up no other. With
   * another one each hour it begins, so that those for whom no time is left are not always the
   * same.
   *
   * @param until no customer is begun from then on
   * @throws IllegalStateException naming the customers whose hours could not be made, and those for
   *     whom no time was left
   */
  void make(Set<String> customers, Range range, Instant until) {
    List<String> failed = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (String customer : turn(customers)) {
      if (!clock.instant().isBefore(until)) {
        left.add(customer);
        continue;
      }
      try {
        metrics.add(
            "HoursMade",
            rollup.rebuild(
                tables.results(customer), tables.hourly(customer), range.from(), range.to()));
      } catch (StoreException e) {
        failed.add(customer);
        FunctionLog.postponed(
            LOG,
            "the hours of customer %s from %s to %s".formatted(customer, range.from(), range.to()),
            FunctionLog.reason(e));
      }
    }
    List<String> problems = new ArrayList<>();
    if (!failed.isEmpty()) {
      problems.add(
          "hours of %d of %d customers could not be made: %s"
              .formatted(failed.size(), customers.size(), String.join(", ", failed)));
    }
    if (!left.isEmpty()) {
      metrics.add("CustomersLeft", left.size());
      problems.add(
          "no time was left for %d of %d customers (from %s to %s): %s"
              .formatted(
                  left.size(),
                  customers.size(),
                  range.from(),
                  range.to(),
                  String.join(", ", left)));
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("; ", problems));
    }
  }

  /** All of them, in their order, beginning with the one whose turn it is in this hour. */
  private List<String> turn(Set<String> customers) {
    List<String> inTurn = new ArrayList<>(customers);
    long hour = Math.floorDiv(clock.instant().getEpochSecond(), Duration.ofHours(1).toSeconds());
    if (!inTurn.isEmpty()) {
      Collections.rotate(inTurn, -Math.floorMod(hour, inTurn.size()));
    }
    return inTurn;
  }

  private static Instant moment(String name, Object text) {
    try {
      return Instant.parse(String.valueOf(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "an event's %s is a time such as 2026-11-22T10:00:00Z, not '%s'".formatted(name, text),
          e);
    }
  }
}
