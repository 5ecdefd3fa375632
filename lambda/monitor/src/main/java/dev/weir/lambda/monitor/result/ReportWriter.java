// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import static java.util.Objects.requireNonNull;

import dev.weir.lambda.monitor.log.FunctionLog;
import dev.weir.lambda.monitor.report.ReportText;
import dev.weir.lambda.monitor.report.SlotReport;
import dev.weir.lambda.monitor.result.StoredRecords.Outcome;
import dev.weir.monitor.notice.IncidentBook;
import dev.weir.monitor.record.QueuedPoints;
import dev.weir.monitor.schedule.Slot;
import dev.weir.store.PointWriter;
import dev.weir.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

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

  /** States that are looked at side by side: each takes a reading, and most need no more. */
  private static final int STATES_AT_ONCE = 8;

  /** A message that holds a report. */
  private record Received(String message, SlotReport report) {}

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
    List<Received> reports = read(bodies);
    Map<String, QueuedPoints> points = new LinkedHashMap<>();
    reports.forEach(each -> points.put(each.message(), each.report().points()));
    Map<String, Outcome> outcomes = records.write(points, writeUntil);
    // What is not said to be done is not, whatever became of the thread that should have done it.
    Set<String> done = ConcurrentHashMap.newKeySet();
    Semaphore places = new Semaphore(STATES_AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<Received> ofOneState : byState(reports)) {
        threads.execute(() -> {
          places.acquireUninterruptibly();
          try {
            take(ofOneState, outcomes, end, done);
          } finally {
            places.release();
          }
        });
      }
    }
    Set<String> failed = new LinkedHashSet<>(bodies.keySet());
    failed.removeAll(done);
    return failed;
  }

  private List<Received> read(Map<String, String> bodies) {
    List<Received> reports = new ArrayList<>();
    bodies.forEach((message, body) -> {
      try {
        reports.add(new Received(message, ReportText.read(body)));
      } catch (IllegalArgumentException e) {
        listener.refused(message, String.valueOf(e.getMessage()));
      }
    });
    return reports;
  }

  /** Those of one site and region together, in the order of their slots. */
  private static Collection<List<Received>> byState(List<Received> reports) {
    Map<String, List<Received>> byState = new LinkedHashMap<>();
    reports.stream()
        .sorted(Comparator.comparing(each -> each.report().slot().intendedStart()))
        .forEach(each -> {
          Slot slot = each.report().slot();
          byState
              .computeIfAbsent(slot.site().key() + "/" + slot.region(), _ -> new ArrayList<>())
              .add(each);
        });
    return byState.values();
  }

  /**
   * Tells incidents of one state's reports. After one that they could not be told, they are told no
   * later one: the earlier one would count as old when it comes again.
   */
  private void take(
      List<Received> inOrder, Map<String, Outcome> outcomes, Instant end, Set<String> done) {
    boolean stuck = false;
    for (Received received : inOrder) {
      String message = received.message();
      List<String> reasons = new ArrayList<>();
      switch (requireNonNull(outcomes.get(message))) {
        case Outcome.SecondRun _ -> {
          listener.secondRun(message);
          done.add(message);
          continue;
        }
        case Outcome.Refused(String why) -> {
          listener.refused(message, why);
          continue;
        }
        case Outcome.Later(String why) -> reasons.add(why);
        case Outcome.Stored _ -> {}
      }
      Optional<String> untold =
          stuck
              ? Optional.of("an earlier slot of its site has to be taken in first")
              : tell(received.report(), end);
      stuck = untold.isPresent();
      untold.ifPresent(reasons::add);
      if (reasons.isEmpty()) {
        done.add(message);
      } else {
        listener.putOff(message, String.join("; ", reasons));
      }
    }
  }

  /** Why incidents don't know of it; empty where they do. */
  private Optional<String> tell(SlotReport report, Instant end) {
    if (!clock.instant().isBefore(end)) {
      return Optional.of("no time was left to look at its incident");
    }
    try {
      incidents.accept(report.result());
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of("its incident: " + FunctionLog.reason(e));
    } catch (RuntimeException | Error e) {
      return Optional.of("its incident, a fault of Weir's: " + FunctionLog.reason(e));
    }
  }
}
