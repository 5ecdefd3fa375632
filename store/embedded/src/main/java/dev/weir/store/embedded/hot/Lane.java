// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.hot;

import dev.weir.model.MeasureType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows of one value type and one precision of time are kept apart from all others. Nearly all times
 * are whole milliseconds, and those pack into half the space; a time that is not goes to the lane
 * that counts nanoseconds.
 *
 * @param type the type of the measures
 * @param nanos whether times count nanoseconds; else milliseconds
 */
public record Lane(MeasureType type, boolean nanos) {

  public static final long NANOS_PER_MILLI = 1_000_000;

  private static final List<MeasureType> TYPES =
      List.of(
          MeasureType.DOUBLE,
          MeasureType.BIGINT,
          MeasureType.VARCHAR,
          MeasureType.BOOLEAN,
          MeasureType.MULTI);

  /** All lanes by {@link #index}. */
  public static final List<Lane> ALL = all();

  /** The index of the lane for a point; see {@link #ALL}. */
  public static int indexOf(MeasureType type, long epochNanos) {
    int base =
        switch (type) {
          case DOUBLE -> 0;
          case BIGINT -> 2;
          case VARCHAR -> 4;
          case BOOLEAN -> 6;
          case MULTI -> 8;
          case TIMESTAMP -> throw new IllegalArgumentException("no lane for TIMESTAMP");
        };
    return epochNanos % NANOS_PER_MILLI == 0 ? base : base + 1;
  }

  public int index() {
    return TYPES.indexOf(type) * 2 + (nanos ? 1 : 0);
  }

  /** How many of this lane's units a time in nanoseconds is; exact for times of this lane. */
  public long units(long epochNanos) {
    return nanos ? epochNanos : Math.floorDiv(epochNanos, NANOS_PER_MILLI);
  }

  /** The least unit that is not before a time. */
  public long unitsCeiling(long epochNanos) {
    return nanos ? epochNanos : Math.ceilDiv(epochNanos, NANOS_PER_MILLI);
  }

  public long epochNanos(long units) {
    return nanos ? units : units * NANOS_PER_MILLI;
  }

  /** Units in a day. */
  public long unitsPerDay() {
    return nanos ? 86_400_000_000_000L : 86_400_000L;
  }

  /** Whether values are objects: texts or sets of values. */
  public boolean holdsObjects() {
    return type == MeasureType.VARCHAR || type == MeasureType.MULTI;
  }

  /** About what a row holds: a time and a value, of objects a usual one. */
  public int rowBytes() {
    return switch (type) {
      case BOOLEAN -> 9;
      case DOUBLE, BIGINT, TIMESTAMP -> 16;
      case VARCHAR, MULTI -> 64;
    };
  }

  /** Part of a table's name in the engine. */
  public String label() {
    return type.name().toLowerCase(Locale.ROOT) + (nanos ? "_ns" : "_ms");
  }

  private static List<Lane> all() {
    List<Lane> lanes = new ArrayList<>();
    for (MeasureType type : TYPES) {
      lanes.add(new Lane(type, false));
      lanes.add(new Lane(type, true));
    }
    return List.copyOf(lanes);
  }
}
