// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import dev.weir.e2e.ReadAnswer.SampleRead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import org.xerial.snappy.Snappy;

/** Puts protobuf messages of remote write and remote read together, right ones and wrong ones. */
final class WireWriter {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  WireWriter varint(int field, long value) {
    raw((long) field << 3 | VARINT);
    return raw(value);
  }

  WireWriter fixed64(int field, double value) {
    raw((long) field << 3 | FIXED64);
    out.writeBytes(
        ByteBuffer.allocate(Double.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(Double.doubleToRawLongBits(value))
            .array());
    return this;
  }

  WireWriter text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  WireWriter message(int field, WireWriter message) {
    return bytes(field, message.toBytes());
  }

  WireWriter bytes(int field, byte[] bytes) {
    raw((long) field << 3 | LENGTH_DELIMITED);
    raw(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  private WireWriter raw(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  /** Adds one series with one sample to a write request. */
  WireWriter series(SortedMap<String, String> labels, double value, long timeMillis) {
    WireWriter series = new WireWriter();
    labels.forEach((name, text) -> series.label(name, text));
    series.message(2, new WireWriter().fixed64(1, value).varint(2, timeMillis));
    return message(1, series);
  }

  /** Adds one series with any number of samples, as they come. */
  WireWriter series(Map<String, String> labels, SampleRead... samples) {
    WireWriter series = new WireWriter();
    labels.forEach(series::label);
    for (SampleRead sample : samples) {
      series.message(
          2,
          new WireWriter()
              .fixed64(1, Double.longBitsToDouble(sample.bits()))
              .varint(2, sample.timeMillis()));
    }
    return message(1, series);
  }

  /** Adds a label to a series. */
  WireWriter label(String name, String value) {
    return message(1, new WireWriter().text(1, name).text(2, value));
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  byte[] compressed() {
    return compress(toBytes());
  }

  static byte[] compress(byte[] bytes) {
    try {
      return Snappy.compress(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
