// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import static java.util.Objects.requireNonNull;

import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.Rejection;
import dev.weir.store.Rejection.Reason;
import dev.weir.store.embedded.WriteCommand.WritePoints;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.hot.Generation;
import dev.weir.store.embedded.hot.HotLane;
import dev.weir.store.embedded.hot.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides point by point what one group of writes puts into the active generation. Belongs to the
 * committer.
 *
 * <p>A point later than everything its series has is new, and one equal to the newest is a repeat:
 * both are seen without a look-up. All others are set aside; when the group is through, what is
 * stored under their keys is looked up in one go, and they are decided in the order of their
 * arrival.
 */
final class Admission {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final SeriesIndex index;
  private final SeriesRules rules;
  private final Generation active;
  private final long nowNanos;
  private final NewestJournal journal = new NewestJournal();
  private final ExistingPoints existing = new ExistingPoints();
  private final List<Late> late = new ArrayList<>();
  private int added;

  /** A point that needs a look-up. */
  private record Late(WritePoints command, int at, int number, int entry) {}

  Admission(StoreCatalog catalog, SeriesRules rules, Generation active, Instant now) {
    this.index = catalog.series();
    this.rules = rules;
    this.active = active;
    this.nowNanos = now.toEpochMilli() * NANOS_PER_MILLI;
  }

  /** Points that this group adds. */
  int added() {
    return added;
  }

  /** Keys to look up; empty when no point needs it. */
  ExistingPoints existing() {
    return existing;
  }

  void admit(WritePoints command, StoredTable table) {
    PointBatch batch = command.batch();
    long oldest = nowNanos - nanos(table.rules().retention());
    long newest = nowNanos + nanos(table.rules().futureWindow());
    HotLane[] lanes = new HotLane[Lane.ALL.size()];
    for (int i = 0; i < batch.size(); i++) {
      long time = batch.epochNanos(i);
      if (time < oldest || time > newest) {
        outside(command, i, oldest, newest);
        continue;
      }
      MeasureType type = batch.type(i);
      int number = number(command, table, i, type);
      if (number < 0) {
        continue;
      }
      boolean holdsObject = type == MeasureType.MULTI || type == MeasureType.VARCHAR;
      if (holdsObject && refused(command, i, rules.judgeObject(table, batch.measure(i)))) {
        continue;
      }
      long version = batch.version(i);
      if (time > index.newestNanos(number)) {
        int lane = Lane.indexOf(type, time);
        if (lanes[lane] == null) {
          lanes[lane] = active.lane(table.id(), lane);
        }
        journal.remember(index, number);
        Object object = object(table, batch, i, type);
        long bits = batch.valueBits(i);
        lanes[lane].append(number, lanes[lane].lane().units(time), bits, object, version);
        index.newest(number, time, bits, object == null && version == 1);
        added++;
      } else if (time == index.newestNanos(number)
          && version == 1
          && index.isNewest(number, batch.valueBits(i))) {
        command.countRepeat();
      } else {
        late.add(new Late(command, i, number, existing.key(number, time)));
      }
    }
  }

  /** Decides what was set aside, once {@link #existing} is filled. */
  void admitLate() {
    for (Late point : late) {
      PointBatch batch = point.command().batch();
      StoredTable table = index.measure(point.number()).table();
      MeasureType type = batch.type(point.at());
      Object object = object(table, batch, point.at(), type);
      long bits = object == null ? batch.valueBits(point.at()) : 0;
      long version = batch.version(point.at());
      long there = existing.version(point.entry());
      boolean same = there > 0 && existing.sameValue(point.entry(), bits, object);
      if (same && version <= there) {
        point.command().countRepeat();
      } else if (version <= there) {
        point.command().rejections().add(conflict(point, version, there));
      } else {
        long time = batch.epochNanos(point.at());
        HotLane lane = active.lane(table.id(), Lane.indexOf(type, time));
        lane.append(point.number(), lane.lane().units(time), bits, object, version);
        existing.found(point.entry(), bits, object, version);
        if (time >= index.newestNanos(point.number())) {
          journal.remember(index, point.number());
          index.newest(point.number(), time, bits, object == null && version == 1);
        }
        added++;
      }
    }
  }

  /** Takes everything back that this group has changed. */
  void undo() {
    active.rollback();
    journal.undo(index);
  }

  private int number(WritePoints command, StoredTable table, int at, MeasureType type) {
    Series series = command.batch().series(at);
    int number = index.find(table, series);
    if (number >= 0) {
      if (index.measure(number).type() != type) {
        refused(command, at, SeriesRules.wrongType(index.measure(number), type));
        return -1;
      }
      return number;
    }
    return refused(command, at, rules.judge(table, series, type))
        ? -1
        : rules.add(table, series, type);
  }

  private static boolean refused(
      WritePoints command, int at, SeriesRules.@Nullable Refusal refusal) {
    if (refusal == null) {
      return false;
    }
    command.rejections().add(new Rejection(at, refusal.reason(), refusal.message()));
    return true;
  }

  /** The value where it is an object; the values of a MULTI in the order of the table's columns. */
  private static @Nullable Object object(
      StoredTable table, PointBatch batch, int at, MeasureType type) {
    if (type == MeasureType.VARCHAR) {
      return ((Measure.OfVarchar) batch.measure(at)).value();
    }
    if (type == MeasureType.MULTI) {
      Comparator<Measure.Named> byColumn =
          Comparator.comparingInt(
              named -> requireNonNull(table.multiColumn(named.name())).ordinal());
      Measure.OfMulti multi = (Measure.OfMulti) batch.measure(at);
      return new Measure.OfMulti(multi.values().stream().sorted(byColumn).toList());
    }
    return null;
  }

  private void outside(WritePoints command, int at, long oldest, long newest) {
    long time = command.batch().epochNanos(at);
    boolean old = time < oldest;
    command
        .rejections()
        .add(
            new Rejection(
                at,
                old ? Reason.TOO_OLD : Reason.TOO_NEW,
                ("The record timestamp %s is outside the time range [%s, %s) of the data"
                        + " ingestion window.")
                    .formatted(instant(time), instant(oldest), instant(newest))));
  }

  private Rejection conflict(Late point, long version, long there) {
    Series series = index.series(point.number());
    Instant time = instant(point.command().batch().epochNanos(point.at()));
    String message =
        version < there
            ? ("The record version %d is lower than the existing version %d."
                    + " A higher version is required to update the measure value.")
                .formatted(version, there)
            : "A record already exists with the same time, dimensions, measure name, and record"
                + " version. A higher record version must be specified in order to update the"
                + " measure value.";
    return new Rejection(
        point.at(),
        Reason.CONFLICT,
        message + " Measure \"" + series.measureName() + "\" at " + time + ".",
        there);
  }

  private static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
  }

  /** Nanoseconds, at most about 146 years so that sums with the clock do not overflow. */
  private static long nanos(Duration duration) {
    long millis = Math.min(duration.toMillis(), Long.MAX_VALUE / NANOS_PER_MILLI / 2);
    return millis * NANOS_PER_MILLI;
  }
}
