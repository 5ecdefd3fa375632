// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.rollup;

import dev.weir.model.PointBatch;
import dev.weir.monitor.record.CheckTables;
import dev.weir.store.PointWriter;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import dev.weir.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Makes each hour of each customer soon after it has closed, and again when results of it come
 * late. At the start the last {@link #RESTART_HOURS} are made, since nobody remembers what came
 * late before. Thread-safe.
 */
public final class Rollups implements AutoCloseable {

  /** An hour is made so long after its end: runs go on for a while, and records travel. */
  static final Duration SETTLE = Duration.ofMinutes(2);

  static final int RESTART_HOURS = 24;

  /** Hours with late results are made again so often at most. */
  static final Duration AGAIN_EVERY = Duration.ofMinutes(1);

  /** A table whose hours can't be made is tried after a minute, two, four, up to this. */
  static final Duration PAUSE_MAX = Duration.ofHours(1);

  private static final long NANOS_PER_HOUR = Duration.ofHours(1).toNanos();
  private static final Logger LOG = LoggerFactory.getLogger(Rollups.class);

  private final HourlyRollup rollup;
  private final Supplier<Set<TableName>> tables;
  private final InstantSource clock;
  private final Thread thread;
  private final Map<TableName, TreeSet<Instant>> waiting = new HashMap<>();
  private final Map<TableName, Instant> heard = new HashMap<>(); // the last hour with results
  private final Map<TableName, Pause> pauses = new HashMap<>(); // of the stepping thread
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

  /** The same writer; results of hours that are made already make these once more. */
  public PointWriter hearing(PointWriter writer) {
    return (table, batch, deadline) -> {
      WriteOutcome outcome = writer.write(table, batch, deadline);
      stored(table, batch);
      return outcome;
    };
  }

  void stored(TableName results, PointBatch batch) {
    Instant made = closed;
    long madeBeforeNanos = QueryRows.epochNanos(made == null ? lastClosed() : made);
    long last = Long.MIN_VALUE;
    for (int i = 0; i < batch.size(); i++) {
      long hour = batch.epochNanos(i) / NANOS_PER_HOUR;
      if (hour != last) {
        last = hour;
        Instant start = QueryRows.instant(hour * NANOS_PER_HOUR);
        if (batch.epochNanos(i) < madeBeforeNanos) {
          add(results, start);
        } else {
          heard(results, start);
        }
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
        try {
          step();
        } catch (RuntimeException e) {
          LOG.error("Hours of check results could not be made; it is tried again", e);
        }
        Thread.sleep(AGAIN_EVERY);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes what is due; what fails is tried in the next step. */
  void step() {
    Instant end = lastClosed();
    Instant before = closed;
    Instant from = before == null ? end.minus(Duration.ofHours(RESTART_HOURS)) : before;
    if (from.isBefore(end)) {
      Set<TableName> due = new HashSet<>(tables.get());
      due.addAll(takeHeard(from, end));
      for (TableName table : due) {
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

  private record Pause(Duration length, Instant end) {}

  private Instant lastClosed() {
    return clock.instant().minus(SETTLE).truncatedTo(ChronoUnit.HOURS);
  }

  private void make(TableName table) {
    Pause pause = pauses.get(table);
    if (pause != null && clock.instant().isBefore(pause.end)) {
      return;
    }
    boolean failed = false;
    for (Range range : ranges(take(table))) {
      try {
        rollup.rebuild(table, CheckTables.hourlyOf(table), range.from, range.to);
      } catch (StoreException e) {
        if (e.kind().retryable()) {
          failed = true;
          again(table, range, e);
        } else {
          log(table, range, e).log("An hour of check results is refused by the store and left out");
        }
      } catch (RuntimeException e) {
        failed = true;
        again(table, range, e);
      }
    }
    if (!failed) {
      pauses.remove(table);
      return;
    }
    Duration next = pause == null ? AGAIN_EVERY : pause.length.multipliedBy(2);
    if (next.compareTo(PAUSE_MAX) >= 0 && !tables.get().contains(table)) {
      pauses.remove(table);
      take(table);
      LOG.atWarn()
          .addKeyValue("table", table)
          .log("No more hours are made of check results whose customer has no sites any more");
      return;
    }
    Duration length = next.compareTo(PAUSE_MAX) < 0 ? next : PAUSE_MAX;
    pauses.put(table, new Pause(length, clock.instant().plus(length)));
  }

  private void again(TableName table, Range range, RuntimeException why) {
    for (Instant hour = range.from; hour.isBefore(range.to); hour = hour.plusSeconds(3_600)) {
      add(table, hour);
    }
    log(table, range, why).log("Hours of check results could not be made; it is tried again");
  }

  private static LoggingEventBuilder log(TableName table, Range range, RuntimeException why) {
    LoggingEventBuilder event =
        LOG.atWarn()
            .addKeyValue("table", table)
            .addKeyValue("from", range.from)
            .addKeyValue("to", range.to)
            .addKeyValue("reason", why.getMessage());
    return why instanceof StoreException ? event : event.setCause(why);
  }

  private record Range(Instant from, Instant to) {}

  /** Neighbouring hours are made together. */
  private static List<Range> ranges(TreeSet<Instant> hours) {
    List<Range> ranges = new ArrayList<>();
    for (Instant hour : hours) {
      Instant end = hour.plus(Duration.ofHours(1));
      if (!ranges.isEmpty()
          && ranges.getLast().to.equals(hour)
          && Duration.between(ranges.getLast().from, end).toHours() <= HourlyRollup.HOURS_MAX) {
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

  private synchronized void heard(TableName table, Instant hour) {
    heard.merge(table, hour, (known, newer) -> known.isAfter(newer) ? known : newer);
  }

  /** Tables with results of these hours; their customers may have gone since. */
  private synchronized Set<TableName> takeHeard(Instant from, Instant end) {
    Set<TableName> tables = new HashSet<>();
    heard.forEach((table, last) -> {
      if (!last.isBefore(from)) {
        tables.add(table);
      }
    });
    heard.values().removeIf(last -> last.isBefore(end));
    return tables;
  }

  private synchronized Set<TableName> tablesWaiting() {
    return Set.copyOf(waiting.keySet());
  }

  private synchronized TreeSet<Instant> take(TableName table) {
    TreeSet<Instant> hours = waiting.remove(table);
    return hours == null ? new TreeSet<>() : hours;
  }
}
