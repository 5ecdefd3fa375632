// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.report.ReportText;
import dev.weir.lambda.monitor.report.SlotReport;
import dev.weir.lambda.monitor.result.StoredRecords.Outcome;
import dev.weir.monitor.notice.IncidentBook;
import dev.weir.monitor.record.QueuedPoints;
import dev.weir.store.PointWriter;
import dev.weir.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes reports in: first their records, then what follows for incidents. Thread-safe.
 *
 * <p>A message is done when both are done; until then it comes again, whole. That is safe at any
 * point at which the function may end, since either half repeats without effect: a record's key and
 * value are the slot's, and a result that is not newer than the state's last one is left out. So a
 * record that is stored while the documents can't be reached is found there by the repeat, which
 * then makes the incident; and an incident that was made while Timestream throttled is not made
 * again by the repeat that stores the record. People hear of a site that is down even while nothing
 * can be stored.
 *
 * <p>What is refused for good makes no incident: it lies in the dead-letter queue as a whole, and
 * is taken in as a whole if it is sent again from there. A second run of one slot makes none
 * either: what is told is what is stored.
 */
final class ReportWriter {

  private final StoredRecords records;
  private final IncidentBook incidents;
  private final WriterListener listener;
  private final InstantSource clock;

  ReportWriter(
      PointWriter writer, IncidentBook incidents, WriterListener listener, InstantSource clock) {
    this.records = new StoredRecords(writer, listener);
    this.incidents = incidents;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Takes in what it can.
   *
   * @param bodies by the id of their message
   * @param writeUntil when records are given up
   * @param end when no further incident is looked at
   * @return the messages that must come again, or never will be taken in
   */
  Set<String> write(Map<String, String> bodies, Instant writeUntil, Instant end) {
    Set<String> failed = new LinkedHashSet<>();
    Map<String, SlotReport> reports = read(bodies, failed);
    Map<String, QueuedPoints> points = new LinkedHashMap<>();
    reports.forEach((message, report) -> points.put(message, report.points()));
    Map<String, Outcome> outcomes = records.write(points, writeUntil);
    List<String> inOrder = new ArrayList<>(reports.keySet());
    inOrder.sort(
        Comparator.comparing((String message) -> reports.get(message).slot().intendedStart()));
    Set<String> stuck = new HashSet<>();
    for (String message : inOrder) {
      switch (outcomes.get(message)) {
        case Outcome.Stored _ -> {
          if (!tell(message, reports.get(message), stuck, end)) {
            failed.add(message);
          }
        }
        case Outcome.SecondRun _ -> listener.secondRun(message);
        case Outcome.Refused(String why) -> {
          listener.refused(message, why);
          failed.add(message);
        }
        case Outcome.Later(String why) -> {
          listener.putOff(message, why);
          tell(message, reports.get(message), stuck, end);
          failed.add(message);
        }
      }
    }
    return failed;
  }

  private Map<String, SlotReport> read(Map<String, String> bodies, Set<String> failed) {
    Map<String, SlotReport> reports = new LinkedHashMap<>();
    bodies.forEach((message, body) -> {
      try {
        reports.put(message, ReportText.read(body));
      } catch (IllegalArgumentException e) {
        listener.refused(message, String.valueOf(e.getMessage()));
        failed.add(message);
      }
    });
    return reports;
  }

  /**
   * Whether incidents know of it. After one that they could not be told, they are told no later one
   * of the same site and region either: the earlier one would count as old when it comes again.
   *
   * @param stuck sites and regions of which one could not be told
   */
  private boolean tell(String message, SlotReport report, Set<String> stuck, Instant end) {
    String state = report.slot().site().key() + "/" + report.slot().region();
    if (stuck.contains(state)) {
      listener.putOff(message, "an earlier slot of the same site has to be taken in first");
      return false;
    }
    if (!clock.instant().isBefore(end)) {
      listener.putOff(message, "no time was left to look at its incident");
      stuck.add(state);
      return false;
    }
    try {
      incidents.accept(report.result());
      return true;
    } catch (StoreException e) {
      listener.putOff(message, "its incident: " + FunctionLog.reason(e));
    } catch (RuntimeException e) {
      listener.putOff(message, "its incident, a fault of Weir's: " + FunctionLog.reason(e));
    }
    stuck.add(state);
    return false;
  }
}
