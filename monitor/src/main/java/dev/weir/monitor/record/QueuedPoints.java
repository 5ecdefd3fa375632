// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import dev.weir.model.Dimension;
import dev.weir.model.Measure;
import dev.weir.model.MeasureType;
import dev.weir.model.Point;
import dev.weir.model.Series;
import dev.weir.store.TableName;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of one result and the table that they go to; and how they are written in a frame of
 * the queue, on disk or between functions: a byte for the version, then texts as length and UTF-8,
 * whole numbers in groups of seven bits, doubles as their eight bytes. A measure's name that is
 * known has a number instead.
 */
public record QueuedPoints(TableName table, List<Point> points) {

  private static final int VERSION = 1;
  private static final MeasureType[] TYPES = MeasureType.values();

  /**
   * Their places are in files: names are only ever added at the end. 0 says that a text follows.
   */
  private static final List<String> NAMES =
      List.of(
          "",
          "check",
          "endpoint_up",
          "latency",
          "status_code",
          "error_message",
          "latency_min",
          "latency_max",
          "latency_p50",
          "latency_p95",
          "phase_dns",
          "phase_connect",
          "phase_tls",
          "phase_send",
          "phase_wait",
          "phase_body",
          "error_class",
          "failed_expectation",
          "requests",
          "failed_requests",
          "attempts",
          "schedule_lag",
          "certificate_days",
          "address",
          "content_bytes",
          "doubtful");

  public QueuedPoints {
    points = List.copyOf(points);
  }

  /** The frame, about 300 bytes for a result. */
  public byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    out.write(VERSION);
    putText(out, table.database());
    putText(out, table.table());
    putNumber(out, points.size());
    for (Point point : points) {
      putName(out, point.series().measureName());
      putNumber(out, point.series().dimensions().size());
      for (Dimension dimension : point.series().dimensions()) {
        putText(out, dimension.name());
        putText(out, dimension.value());
      }
      putNumber(out, point.epochNanos());
      putNumber(out, point.version());
      putMeasure(out, point.measure());
    }
    return out.toByteArray();
  }

  /**
   * Reads a frame.
   *
   * @throws IllegalArgumentException for one that is not of this version, or damaged
   */
  public static QueuedPoints decode(byte[] frame) {
    ByteBuffer in = ByteBuffer.wrap(frame);
    try {
      int format = in.get();
      if (format != VERSION) {
        throw new IllegalArgumentException("a queued result is of version " + format);
      }
      TableName table = new TableName(text(in), text(in));
      int count = Math.toIntExact(number(in));
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String name = name(in);
        int dimensions = Math.toIntExact(number(in));
        List<Dimension> of = new ArrayList<>();
        for (int d = 0; d < dimensions; d++) {
          of.add(new Dimension(text(in), text(in)));
        }
        long time = number(in);
        long version = number(in);
        points.add(new Point(Series.of(name, of), time, measure(in, true), version));
      }
      return new QueuedPoints(table, points);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new IllegalArgumentException("a queued result ends early", e);
    }
  }

  private static void putMeasure(ByteArrayOutputStream out, Measure measure) {
    out.write(measure.type().ordinal());
    switch (measure) {
      case Measure.OfDouble of -> putLong(out, Double.doubleToRawLongBits(of.value()));
      case Measure.OfBigint of -> putNumber(out, (of.value() << 1) ^ (of.value() >> 63));
      case Measure.OfTimestamp of -> putLong(out, of.epochNanos());
      case Measure.OfBoolean of -> out.write(of.value() ? 1 : 0);
      case Measure.OfVarchar of -> putText(out, of.value());
      case Measure.OfMulti multi -> {
        putNumber(out, multi.values().size());
        for (Measure.Named named : multi.values()) {
          putName(out, named.name());
          putMeasure(out, named.value());
        }
      }
    }
  }

  /** Only the outer one may be of several values: a damaged frame can't lead down for ever. */
  private static Measure measure(ByteBuffer in, boolean outer) {
    return switch (TYPES[in.get()]) {
      case DOUBLE -> new Measure.OfDouble(Double.longBitsToDouble(in.getLong()));
      case BIGINT -> {
        long folded = number(in);
        yield new Measure.OfBigint((folded >>> 1) ^ -(folded & 1));
      }
      case TIMESTAMP -> new Measure.OfTimestamp(in.getLong());
      case BOOLEAN -> new Measure.OfBoolean(in.get() != 0);
      case VARCHAR -> new Measure.OfVarchar(text(in));
      case MULTI -> {
        if (!outer) {
          throw new IllegalArgumentException("a queued result has several values within one");
        }
        int count = Math.toIntExact(number(in));
        List<Measure.Named> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          values.add(new Measure.Named(name(in), measure(in, false)));
        }
        yield new Measure.OfMulti(values);
      }
    };
  }

  private static void putName(ByteArrayOutputStream out, String name) {
    int known = Math.max(0, NAMES.indexOf(name));
    putNumber(out, known);
    if (known == 0) {
      putText(out, name);
    }
  }

  private static String name(ByteBuffer in) {
    int known = Math.toIntExact(number(in));
    return known == 0 ? text(in) : NAMES.get(known);
  }

  private static void putText(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putNumber(out, utf8.length);
    out.writeBytes(utf8);
  }

  private static String text(ByteBuffer in) {
    int length = Math.toIntExact(number(in));
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] utf8 = new byte[length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static void putLong(ByteArrayOutputStream out, long value) {
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  private static void putNumber(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static long number(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = in.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of a queued result is too long");
  }
}
