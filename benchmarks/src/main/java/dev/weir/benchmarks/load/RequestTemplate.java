// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One write request of remote write 1.0 as protobuf bytes, whose values and times are patched in
 * place: labels are encoded once. Not safe for threads.
 */
final class RequestTemplate {
  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Milliseconds between 2004 and 2109 take six bytes as a varint. */
  private static final int TIME_BYTES = 6;

  /** Tag and 8 bytes of value, tag and 6 bytes of time. */
  private static final int SAMPLE_BYTES = 1 + Double.BYTES + 1 + TIME_BYTES;

  private final byte[] bytes;
  private final int[] valueAt;

  private RequestTemplate(byte[] bytes, int[] valueAt) {
    this.bytes = bytes;
    this.valueAt = valueAt;
  }

  /** The series numbered from first on, counted through all targets. */
  static RequestTemplate of(int first, int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(count * 300);
    int[] valueAt = new int[count];
    for (int index = 0; index < count; index++) {
      int series = first + index;
      byte[] labels =
          labels(
              MadeSeries.labels(
                  series / LoadShape.SERIES_PER_TARGET, series % LoadShape.SERIES_PER_TARGET));
      out.write(0x0a); // WriteRequest.timeseries
      writeVarint(out, labels.length + 2 + SAMPLE_BYTES);
      out.writeBytes(labels);
      out.write(0x12); // TimeSeries.samples
      out.write(SAMPLE_BYTES);
      out.write(0x09); // Sample.value, fixed64
      valueAt[index] = out.size();
      out.writeBytes(new byte[Double.BYTES]);
      out.write(0x10); // Sample.timestamp, varint
      out.writeBytes(new byte[TIME_BYTES]);
    }
    return new RequestTemplate(out.toByteArray(), valueAt);
  }

  private static byte[] labels(Map<String, String> labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(300);
    labels.forEach((name, value) -> {
      byte[] label = label(name, value);
      out.write(0x0a); // TimeSeries.labels
      writeVarint(out, label.length);
      out.writeBytes(label);
    });
    return out.toByteArray();
  }

  private static byte[] label(String name, String value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    writeText(out, 0x0a, name);
    writeText(out, 0x12, value);
    return out.toByteArray();
  }

  static void writeText(ByteArrayOutputStream out, int tag, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.write(tag);
    writeVarint(out, utf8.length);
    out.writeBytes(utf8);
  }

  static void writeVarint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Puts one sample in place; index counts the series of this request. */
  void patch(int index, double value, long timeMillis) {
    int at = valueAt[index];
    LITTLE_ENDIAN_LONG.set(bytes, at, Double.doubleToRawLongBits(value));
    at += Double.BYTES + 1;
    long rest = timeMillis;
    for (int index7 = 0; index7 < TIME_BYTES - 1; index7++) {
      bytes[at + index7] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    if (rest == 0 || rest > 0x7f) {
      throw new IllegalArgumentException("time " + timeMillis + " does not take six bytes");
    }
    bytes[at + TIME_BYTES - 1] = (byte) rest;
  }

  /** The live array: the next patch changes it. */
  byte[] bytes() {
    return bytes;
  }
}
