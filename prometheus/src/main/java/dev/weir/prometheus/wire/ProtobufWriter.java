// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protobuf fields into a growing byte array. A nested message is written between {@link
 * #begin} and {@link #end}; its length is put in front afterwards, by moving its bytes. Values that
 * are a field's default are left out where proto3 leaves them out. Not thread-safe.
 */
public final class ProtobufWriter {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  public ProtobufWriter(int expectedBytes) {
    bytes = new byte[Math.max(expectedBytes, 64)];
  }

  public int size() {
    return size;
  }

  /** The array behind it, of which the first {@link #size} bytes count; changes when it grows. */
  public byte[] array() {
    return bytes;
  }

  /** Forgets what was written. */
  public void clear() {
    size = 0;
  }

  /** Forgets what was written after a size that {@link #size} gave. */
  public void truncate(int to) {
    size = to;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  /** Begins a nested message; the answer is for {@link #end}. */
  public int begin(int field) {
    tag(field, ProtobufReader.DELIMITED);
    return size;
  }

  /** Ends a nested message. */
  public void end(int begun) {
    int length = size - begun;
    int prefix = varintSize(length);
    room(prefix);
    System.arraycopy(bytes, begun, bytes, begun + prefix, length);
    size = begun;
    varint(length);
    size = begun + prefix + length;
  }

  public void string(int field, String value) {
    bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  public void bytes(int field, byte[] value) {
    bytes(field, value, value.length);
  }

  /** The first {@code length} bytes of an array. */
  public void bytes(int field, byte[] value, int length) {
    tag(field, ProtobufReader.DELIMITED);
    varint(length);
    raw(value, 0, length);
  }

  /** An integer; zero is left out. */
  public void integer(int field, long value) {
    if (value != 0) {
      tag(field, ProtobufReader.VARINT);
      varint(value);
    }
  }

  /** A double as its raw bits; only positive zero is left out, so that -0.0 stays what it is. */
  public void doubleBits(int field, long rawBits) {
    if (rawBits != 0) {
      tag(field, ProtobufReader.FIXED64);
      room(Long.BYTES);
      LONGS.set(bytes, size, rawBits);
      size += Long.BYTES;
    }
  }

  /** A message of a double and a time: a sample. Its length is known beforehand. */
  public void sample(int field, long rawBits, long epochMillis) {
    int length = rawBits == 0 ? 0 : 1 + Long.BYTES;
    length += epochMillis == 0 ? 0 : 1 + varintSize(epochMillis);
    tag(field, ProtobufReader.DELIMITED);
    varint(length);
    doubleBits(1, rawBits);
    integer(2, epochMillis);
  }

  public void tag(int field, int wireType) {
    varint(ProtobufReader.tag(field, wireType));
  }

  public void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Bytes as they are. */
  public void raw(byte[] source, int offset, int length) {
    room(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** How many bytes a varint takes. */
  public static int varintSize(long value) {
    return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
  }

  private void room(int count) {
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
    }
  }
}
