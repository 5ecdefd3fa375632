// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.rollup;

import dev.weir.model.PointBatch;
import dev.weir.monitor.record.CheckTables;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes each hour of each customer soon after it has closed, and again when results of it come
 * late. At the start the last {@link #RESTART_HOURS} are made, since nobody remembers what came
 * late before. Thread-safe.
 */
public final class Rollups implements AutoCloseable {

  /** An hour is made so long after its end: runs go on for a while, and records travel. */
  static final Duration SETTLE = Duration.ofMinutes(2);

  static final int RESTART_HOURS = 24;

  /** Hours with late results are made again so often at most; so is what failed. */
  static final Duration AGAIN_EVERY = Duration.ofMinutes(1);

  private static final long NANOS_PER_HOUR = Duration.ofHours(1).toNanos();
  private static final Logger LOG = LoggerFactory.getLogger(Rollups.class);

  private final HourlyRollup rollup;
  private final Supplier<Set<TableName>> tables;
  private final InstantSource clock;
  private final Thread thread;
  private final Map<TableName, TreeSet<Instant>> waiting = new HashMap<>();
  private volatile @Nullable Instant closed;

  /**
   * Rollups that begin with {@link #start}.
   *
   * @param tables the tables of results that there are by now
   */
  public Rollups(HourlyRollup rollup, Supplier<Set<TableName>> tables, InstantSource clock) {
    this.rollup = rollup;
    this.tables = tables;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("rollups").unstarted(this::keepMaking);
  }

  public void start() {
    thread.start();
  }

  /** Results are in the store; those of an hour that is made already make it once more. */
  public void stored(TableName results, PointBatch batch) {
    Instant madeBefore = closed;
    if (madeBefore == null) {
      return;
    }
    long madeBeforeNanos = QueryRows.epochNanos(madeBefore);
    long last = Long.MIN_VALUE;
    for (int i = 0; i < batch.size(); i++) {
      long hour = batch.epochNanos(i) / NANOS_PER_HOUR;
      if (hour != last && batch.epochNanos(i) < madeBeforeNanos) {
        last = hour;
        add(results, QueryRows.instant(hour * NANOS_PER_HOUR));
      }
    }
  }

  /** What is being made is given up; the next start makes it. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepMaking() {
    try {
      while (true) {
        step();
        Thread.sleep(AGAIN_EVERY);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes what is due; what fails is tried in the next step. */
  void step() {
    Instant end = clock.instant().minus(SETTLE).truncatedTo(ChronoUnit.HOURS);
    Instant before = closed;
    Instant from = before == null ? end.minus(Duration.ofHours(RESTART_HOURS)) : before;
    if (from.isBefore(end)) {
      for (TableName table : tables.get()) {
        for (Instant hour = from; hour.isBefore(end); hour = hour.plus(Duration.ofHours(1))) {
          add(table, hour);
        }
      }
    }
    if (before == null || from.isBefore(end)) {
      closed = end; // never back, when the clock is set
    }
    for (TableName table : tablesWaiting()) {
      make(table);
    }
  }

  private void make(TableName table) {
    for (Range range : ranges(take(table))) {
      try {
        rollup.rebuild(table, CheckTables.hourlyOf(table), range.from, range.to);
      } catch (StoreException e) {
        for (Instant hour = range.from; hour.isBefore(range.to); hour = hour.plusSeconds(3_600)) {
          add(table, hour);
        }
        LOG.atWarn()
            .addKeyValue("table", table)
            .addKeyValue("from", range.from)
            .addKeyValue("to", range.to)
            .addKeyValue("reason", e.getMessage())
            .log("Hours of check results could not be made; it is tried again in a minute");
      }
    }
  }

  private record Range(Instant from, Instant to) {}

  /** Neighbouring hours are made together. */
  private static List<Range> ranges(TreeSet<Instant> hours) {
    List<Range> ranges = new ArrayList<>();
    for (Instant hour : hours) {
      Instant end = hour.plus(Duration.ofHours(1));
      if (!ranges.isEmpty() && ranges.getLast().to.equals(hour)) {
        ranges.add(new Range(ranges.removeLast().from, end));
      } else {
        ranges.add(new Range(hour, end));
      }
    }
    return ranges;
  }

  private synchronized void add(TableName table, Instant hour) {
    waiting.computeIfAbsent(table, _ -> new TreeSet<>()).add(hour);
  }

  private synchronized Set<TableName> tablesWaiting() {
    return Set.copyOf(waiting.keySet());
  }

  private synchronized TreeSet<Instant> take(TableName table) {
    TreeSet<Instant> hours = waiting.remove(table);
    return hours == null ? new TreeSet<>() : hours;
  }
}
