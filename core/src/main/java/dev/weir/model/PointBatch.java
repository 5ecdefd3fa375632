// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.model;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Points on their way to a store, as parallel columns: a sample costs no object. Entry {@code i}
 * has a series, a time, a type, 64 value bits, and for VARCHAR and MULTI an object. Immutable; made
 * by a {@link Builder}.
 */
public final class PointBatch {

  private static final MeasureType[] TYPES = MeasureType.values();

  private final int size;
  private final Series[] series;
  private final long[] epochNanos;
  private final byte[] types;
  private final long[] bits;
  private final Measure @Nullable [] objects;
  private final long @Nullable [] versions;

  private PointBatch(Builder builder) {
    this.size = builder.size;
    this.series = builder.series;
    this.epochNanos = builder.epochNanos;
    this.types = builder.types;
    this.bits = builder.bits;
    this.objects = builder.objects;
    this.versions = builder.versions;
  }

  /** A batch of these points, in this order. */
  public static PointBatch of(List<Point> points) {
    Builder builder = new Builder(points.size());
    points.forEach(builder::add);
    return builder.build();
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public Series series(int index) {
    return series[check(index)];
  }

  /** Nanoseconds since the epoch. */
  public long epochNanos(int index) {
    return epochNanos[check(index)];
  }

  public MeasureType type(int index) {
    return TYPES[types[check(index)]];
  }

  /**
   * The value as 64 bits: the raw bits of a DOUBLE, the BIGINT itself, 0 or 1 for a BOOLEAN;
   * without meaning for VARCHAR and MULTI.
   */
  public long valueBits(int index) {
    return bits[check(index)];
  }

  /** The version, at least 1. */
  public long version(int index) {
    check(index);
    return versions == null ? 1 : versions[index];
  }

  /** The value as an object; makes one for the primitive types. */
  public Measure measure(int index) {
    return switch (type(index)) {
      case DOUBLE -> new Measure.OfDouble(Double.longBitsToDouble(bits[index]));
      case BIGINT -> new Measure.OfBigint(bits[index]);
      case BOOLEAN -> new Measure.OfBoolean(bits[index] != 0);
      case VARCHAR, MULTI, TIMESTAMP -> requireNonNull(requireNonNull(objects)[index]);
    };
  }

  /** The entry as a point. */
  public Point point(int index) {
    return new Point(series(index), epochNanos[index], measure(index), version(index));
  }

  private int check(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException("entry " + index + " of a batch of " + size);
    }
    return index;
  }

  /** Collects entries; not thread-safe. Each {@code add} checks what {@link Point} would check. */
  public static final class Builder {

    private int size;
    private Series[] series;
    private long[] epochNanos;
    private byte[] types;
    private long[] bits;
    private Measure @Nullable [] objects;
    private long @Nullable [] versions;

    /** A builder with room for that many points before it grows. */
    public Builder(int expectedPoints) {
      int capacity = Math.max(expectedPoints, 16);
      series = new Series[capacity];
      epochNanos = new long[capacity];
      types = new byte[capacity];
      bits = new long[capacity];
    }

    /** Adds a finite double, version 1. */
    public void addDouble(Series of, long timeNanos, double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a DOUBLE measure must be finite, not " + value);
      }
      append(of, timeNanos, MeasureType.DOUBLE, Double.doubleToRawLongBits(value));
    }

    /** Adds a 64-bit integer, version 1. */
    public void addBigint(Series of, long timeNanos, long value) {
      append(of, timeNanos, MeasureType.BIGINT, value);
    }

    /** Adds a point of any type and version. */
    public void add(Point point) {
      Measure measure = point.measure();
      int index = size;
      switch (measure) {
        case Measure.OfDouble of -> addDouble(point.series(), point.epochNanos(), of.value());
        case Measure.OfBigint of -> addBigint(point.series(), point.epochNanos(), of.value());
        case Measure.OfBoolean of ->
            append(point.series(), point.epochNanos(), MeasureType.BOOLEAN, of.value() ? 1 : 0);
        case Measure.OfVarchar _, Measure.OfMulti _, Measure.OfTimestamp _ -> {
          append(point.series(), point.epochNanos(), measure.type(), 0);
          object(index, measure);
        }
      }
      if (point.version() != 1 || versions != null) {
        version(index, point.version());
      }
    }

    public int size() {
      return size;
    }

    /** The batch; the builder must not be used afterwards. */
    public PointBatch build() {
      return new PointBatch(this);
    }

    private void append(Series of, long timeNanos, MeasureType type, long valueBits) {
      requireNonNull(of, "series");
      if (timeNanos < 0) {
        throw new IllegalArgumentException("time is before the epoch: " + timeNanos + " ns");
      }
      if (size == series.length) {
        grow();
      }
      series[size] = of;
      epochNanos[size] = timeNanos;
      types[size] = (byte) type.ordinal();
      bits[size] = valueBits;
      if (versions != null) {
        versions[size] = 1;
      }
      size++;
    }

    private void object(int index, Measure measure) {
      if (objects == null) {
        objects = new Measure[series.length];
      }
      objects[index] = measure;
    }

    private void version(int index, long version) {
      if (versions == null) {
        versions = new long[series.length];
        Arrays.fill(versions, 0, index, 1);
      }
      versions[index] = version;
    }

    private void grow() {
      int capacity = series.length * 2;
      series = Arrays.copyOf(series, capacity);
      epochNanos = Arrays.copyOf(epochNanos, capacity);
      types = Arrays.copyOf(types, capacity);
      bits = Arrays.copyOf(bits, capacity);
      objects = objects == null ? null : Arrays.copyOf(objects, capacity);
      versions = versions == null ? null : Arrays.copyOf(versions, capacity);
    }
  }
}
