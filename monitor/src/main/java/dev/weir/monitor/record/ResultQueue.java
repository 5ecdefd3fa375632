// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.monitor.record.QueueLog.Frames;
import dev.weir.store.PointWriter;
import dev.weir.store.Rejection;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one customer's results out of a queue and into the store, oldest first. What the store
 * can't take now stays and is tried again, after 1 s at first and up to {@link #PAUSE_MAX}; what it
 * refuses for good is counted and taken off. A result may be written twice, which changes nothing:
 * it has the same time, dimensions and values. One thread steps it.
 */
final class ResultQueue {

  /** Results of one step; 100 of their records are one call of Timestream. */
  static final int RESULTS_MAX = 500;

  static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  static final Duration PAUSE_MAX = Duration.ofMinutes(1);

  /** A store that asks for a longer pause is asked again before. */
  static final Duration PAUSE_ASKED_MAX = Duration.ofMinutes(5);

  static final Duration WRITE_DEADLINE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(ResultQueue.class);

  private final QueueLog log;
  private final PointWriter writer;
  private final Consumer<TableName> tables;
  private final RecordListener listener;
  private final InstantSource clock;
  private final Set<TableName> made = new HashSet<>();
  private final Set<String> told = new HashSet<>();
  private Duration pause = Duration.ZERO;

  /**
   * A queue over a log.
   *
   * @param tables makes a table before its first use
   */
  ResultQueue(
      QueueLog log,
      PointWriter writer,
      Consumer<TableName> tables,
      RecordListener listener,
      InstantSource clock) {
    this.log = log;
    this.writer = writer;
    this.tables = tables;
    this.listener = listener;
    this.clock = clock;
  }

  /** What a step has come to. */
  sealed interface Step {
    /** The oldest results are taken off; there may be more. */
    record Advanced() implements Step {}

    /** Nothing waits. */
    record Empty() implements Step {}

    /** The store can't take them; again after this time. */
    record Held(Duration pause) implements Step {}
  }

  QueueLog log() {
    return log;
  }

  /** Writes the oldest results. */
  Step step() {
    try {
      Frames frames = log.next(RESULTS_MAX);
      if (frames.damagedBytes() > 0) {
        LOG.atError()
            .addKeyValue("bytes", frames.damagedBytes())
            .log("A part of the queue of results is damaged and is passed over");
        listener.lost(1);
      }
      if (frames.payloads().isEmpty()) {
        log.takeOff(frames.end());
        return new Step.Empty();
      }
      for (var byTable : byTable(frames.payloads()).entrySet()) {
        write(byTable.getKey(), byTable.getValue());
      }
      log.takeOff(frames.end());
      pause = Duration.ZERO;
      return new Step.Advanced();
    } catch (StoreException e) {
      return held(e);
    } catch (IOException | RuntimeException e) {
      return held(new StoreException(StoreException.Kind.INTERNAL, String.valueOf(e), e));
    }
  }

  private Step.Held held(StoreException why) {
    listener.held(why.kind());
    Duration next = pause.isZero() ? PAUSE_MIN : pause.multipliedBy(2);
    pause = next.compareTo(PAUSE_MAX) < 0 ? next : PAUSE_MAX;
    Duration asked = why.retryAfter().orElse(Duration.ZERO);
    Duration longest = asked.compareTo(PAUSE_ASKED_MAX) < 0 ? asked : PAUSE_ASKED_MAX;
    Duration wait = pause.compareTo(longest) < 0 ? longest : pause;
    LOG.atWarn()
        .addKeyValue("kind", why.kind())
        .addKeyValue("reason", why.getMessage())
        .addKeyValue("waitingBytes", log.waitingBytes())
        .addKeyValue("againAfter", wait)
        .log("Results of checks wait on disk, the store can't take them now");
    return new Step.Held(wait);
  }

  private Map<TableName, List<Point>> byTable(List<byte[]> payloads) {
    Map<TableName, List<Point>> byTable = new LinkedHashMap<>();
    for (byte[] payload : payloads) {
      try {
        QueuedPoints queued = QueuedPoints.decode(payload);
        byTable.computeIfAbsent(queued.table(), _ -> new ArrayList<>()).addAll(queued.points());
      } catch (IllegalArgumentException e) {
        listener.lost(1);
        tellOnce("unreadable", "A queued result can't be read and is left out", e.getMessage());
      }
    }
    return byTable;
  }

  private void write(TableName table, List<Point> points) {
    try {
      if (!made.contains(table)) {
        tables.accept(table);
        made.add(table);
      }
      PointBatch batch = PointBatch.of(points);
      WriteOutcome outcome = writer.write(table, batch, clock.instant().plus(WRITE_DEADLINE));
      listener.stored(table, batch, outcome.accepted());
      outcome.rejections().forEach(rejection -> refused(table, rejection));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        made.remove(table); // someone has deleted it
      }
      if (e.kind().retryable()) {
        throw e;
      }
      if (points.size() == 1) {
        listener.refused(1);
        tellOnce(table + " " + e.kind(), "The store refuses a result for good", e.getMessage());
      } else {
        // One bad point may be why; the others must not go with it.
        int half = points.size() / 2;
        write(table, points.subList(0, half));
        write(table, points.subList(half, points.size()));
      }
    }
  }

  private void refused(TableName table, Rejection rejection) {
    listener.refused(1);
    tellOnce(
        table + " " + rejection.reason(),
        "The store refuses a result for good; more of the same are counted only",
        rejection.message());
  }

  private void tellOnce(String what, String line, @Nullable String why) {
    if (told.add(what)) {
      LOG.atError().addKeyValue("what", what).addKeyValue("reason", why).log(line);
    }
  }
}
