// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.model.PointBatch;
import dev.weir.model.Series;
import dev.weir.store.Rejection;
import dev.weir.store.Rejection.Reason;
import dev.weir.store.embedded.WriteCommand.WritePoints;
import dev.weir.store.embedded.catalog.MultiColumn;
import dev.weir.store.embedded.catalog.SeriesIndex;
import dev.weir.store.embedded.catalog.StoreCatalog;
import dev.weir.store.embedded.catalog.StoredTable;
import dev.weir.store.embedded.hot.Generation;
import dev.weir.store.embedded.hot.HotLane;
import dev.weir.store.embedded.hot.Lane;
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

  private final SeriesIndex index;
  private final SeriesRules rules;
  private final ValueRules values;
  private final Generation active;
  private final long nowMillis;
  private final NewestJournal journal = new NewestJournal();
  private final ExistingPoints existing = new ExistingPoints();
  private final List<Late> late = new ArrayList<>();
  private int added;

  /** A point that needs a look-up. */
  private record Late(WritePoints command, IngestWindow window, int at, int number, int entry) {}

  Admission(
      StoreCatalog catalog, SeriesRules rules, ValueRules values, Generation active, Instant now) {
    this.index = catalog.series();
    this.rules = rules;
    this.values = values;
    this.active = active;
    this.nowMillis = now.toEpochMilli();
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
    IngestWindow window = IngestWindow.of(table.rules(), nowMillis);
    HotLane[] lanes = new HotLane[Lane.ALL.size()];
    for (int i = 0; i < batch.size(); i++) {
      long time = batch.epochNanos(i);
      if (!window.takes(time)) {
        command.rejections().add(window.refusal(i, time));
        continue;
      }
      MeasureType type = batch.type(i);
      int number = number(command, table, i, type);
      if (number < 0) {
        continue;
      }
      long version = batch.version(i);
      if (time > index.newestNanos(number)) {
        int lane = Lane.indexOf(type, time);
        if (lanes[lane] == null) {
          lanes[lane] = active.lane(table.id(), lane);
        }
        journal.remember(index, number);
        values.addColumns(table, batch, i, type);
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
        late.add(new Late(command, window, i, number, existing.key(number, time)));
        continue;
      }
      countMagnetic(command, window, time);
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
        continue;
      } else if (!append(point, table, type, bits, version)) {
        continue;
      }
      countMagnetic(point.command(), point.window(), batch.epochNanos(point.at()));
    }
  }

  private boolean append(Late point, StoredTable table, MeasureType type, long bits, long version) {
    PointBatch batch = point.command().batch();
    // Once more: others of this group may have added columns since.
    Refusal refusal = values.judge(table, batch.series(point.at()), batch, point.at());
    if (refused(point.command(), point.at(), refusal)) {
      return false;
    }
    values.addColumns(table, batch, point.at(), type);
    Object object = object(table, batch, point.at(), type);
    long time = batch.epochNanos(point.at());
    HotLane lane = active.lane(table.id(), Lane.indexOf(type, time));
    lane.append(point.number(), lane.lane().units(time), bits, object, version);
    existing.found(point.entry(), bits, object, version);
    if (time >= index.newestNanos(point.number())) {
      journal.remember(index, point.number());
      index.newest(point.number(), time, bits, object == null && version == 1);
    }
    added++;
    return true;
  }

  private static void countMagnetic(WritePoints command, IngestWindow window, long epochNanos) {
    if (epochNanos < window.memoryFromNanos()) {
      command.countMagnetic();
    }
  }

  /** Takes everything back that this group has changed. */
  void undo() {
    active.rollback();
    journal.undo(index);
  }

  /** The number of the series of a point that may be stored, made where it is new; or -1. */
  private int number(WritePoints command, StoredTable table, int at, MeasureType type) {
    Series series = command.batch().series(at);
    int number = index.find(table, series);
    Refusal refusal = SeriesRules.judgeKey(table, series);
    if (refusal == null) {
      if (number < 0) {
        refusal = rules.judge(table, series, type);
      } else if (index.measure(number).type() != type) {
        refusal = SeriesRules.wrongType(index.measure(number), type);
      }
    }
    if (refusal == null) {
      refusal = values.judge(table, series, command.batch(), at);
    }
    if (refused(command, at, refusal)) {
      return -1;
    }
    return number < 0 ? rules.add(table, series, type) : number;
  }

  private static boolean refused(WritePoints command, int at, @Nullable Refusal refusal) {
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
      Measure.OfMulti multi = (Measure.OfMulti) batch.measure(at);
      return new Measure.OfMulti(
          multi.values().stream()
              .map(named -> new Measure.Named(columnName(table, named.name()), named.value()))
              .sorted(Comparator.comparingInt(named -> ordinal(table, named.name())))
              .toList());
    }
    return null;
  }

  /** The same string for all rows. */
  private static String columnName(StoredTable table, String name) {
    MultiColumn column = table.multiColumn(name);
    return column == null ? name : column.name();
  }

  /** A column that is not there yet stands behind those that are. */
  private static int ordinal(StoredTable table, String name) {
    MultiColumn column = table.multiColumn(name);
    return column == null ? Integer.MAX_VALUE : column.ordinal();
  }

  private Rejection conflict(Late point, long version, long there) {
    String message =
        version < there
            ? ("The record version %d is lower than the existing version %d."
                    + " A higher version is required to update the measure value.")
                .formatted(version, there)
            : "A record already exists with the same time, dimensions, measure name, and record"
                + " version. A higher record version must be specified in order to update the"
                + " measure value.";
    if (!point.window().account()) {
      Series series = index.series(point.number());
      Instant time = IngestWindow.instant(point.command().batch().epochNanos(point.at()));
      message += " Measure \"" + series.measureName() + "\" at " + time + ".";
    }
    return new Rejection(point.at(), Reason.CONFLICT, message, there);
  }
}
