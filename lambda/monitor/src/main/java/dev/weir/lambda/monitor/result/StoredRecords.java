// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.result;

import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.monitor.record.QueuedPoints;
import dev.weir.store.PointWriter;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Brings the records of many messages into their tables, each table at once and by itself: what one
 * does not take holds up nobody else's. Thread-safe.
 */
record StoredRecords(PointWriter writer, WriterListener listener) {

  /** What became of a message's records. */
  sealed interface Outcome {

    /** All are there, now or from before. */
    record Stored() implements Outcome {}

    /** Others are there for the same slot, which stay. */
    record SecondRun() implements Outcome {}

    /** At least one never will be. */
    record Refused(String why) implements Outcome {}

    /** Nothing is known; a repeat may store them. */
    record Later(String why) implements Outcome {}
  }

  /** One record and the message that it came with. */
  private record Held(String message, Point point) {}

  /**
   * Writes them.
   *
   * @param byMessage records by the id of their message
   * @return an outcome for each message
   */
  Map<String, Outcome> write(Map<String, QueuedPoints> byMessage, Instant deadline) {
    Map<TableName, List<Held>> byTable = new LinkedHashMap<>();
    Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    byMessage.forEach((message, queued) -> {
      outcomes.put(
          message,
          queued.points().isEmpty()
              ? new Outcome.Stored()
              : new Outcome.Later("the write did not come to an end"));
      for (Point point : queued.points()) {
        byTable
            .computeIfAbsent(queued.table(), _ -> new ArrayList<>())
            .add(new Held(message, point));
      }
    });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      byTable.forEach(
          (table, held) -> threads.execute(() -> outcomes.putAll(write(table, held, deadline))));
    }
    return outcomes;
  }

  private Map<String, Outcome> write(TableName table, List<Held> held, Instant deadline) {
    Map<String, Outcome> outcomes = new HashMap<>();
    try {
      PointBatch batch = PointBatch.of(held.stream().map(Held::point).toList());
      WriteOutcome outcome = writer.write(table, batch, deadline);
      listener.stored(table, outcome.accepted(), outcome.repeated());
      held.forEach(each -> outcomes.put(each.message(), new Outcome.Stored()));
      for (Rejection rejection : outcome.rejections()) {
        outcomes.merge(
            held.get(rejection.index()).message(), of(table, rejection), StoredRecords::worse);
      }
    } catch (StoreException e) {
      String why = "%s, by table %s: %s".formatted(e.kind(), table, e.getMessage());
      Outcome all = e.kind().retryable() ? new Outcome.Later(why) : new Outcome.Refused(why);
      held.forEach(each -> outcomes.put(each.message(), all));
    } catch (RuntimeException | Error e) {
      // A fault of ours, or of the machine: nothing is lost by trying again.
      Outcome later = new Outcome.Later("a fault of Weir's, by table " + table + ": " + e);
      held.forEach(each -> outcomes.put(each.message(), later));
    }
    return outcomes;
  }

  /** Another value at the same key can only be another run of the slot: its time is the slot's. */
  private static Outcome of(TableName table, Rejection rejection) {
    return rejection.reason() == Rejection.Reason.CONFLICT
        ? new Outcome.SecondRun()
        : new Outcome.Refused(
            "%s, by table %s: %s".formatted(rejection.reason(), table, rejection.message()));
  }

  private static Outcome worse(Outcome before, Outcome rejected) {
    return before instanceof Outcome.Refused ? before : rejected;
  }
}
