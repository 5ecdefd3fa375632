// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.log;

import java.nio.charset.StandardCharsets;

/**
 * Bytes being read, as {@link ByteSink} wrote them. Reading past the end is an {@link
 * IndexOutOfBoundsException}. Not thread-safe.
 */
public final class ByteSource {

  private final byte[] bytes;
  private final int end;
  private int position;

  public ByteSource(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  public boolean hasMore() {
    return position < end;
  }

  public int getByte() {
    check(1);
    return bytes[position++] & 0xFF;
  }

  public long getLong() {
    check(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value |= (bytes[position++] & 0xFFL) << (8 * i);
    }
    return value;
  }

  public long getVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = getByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IllegalArgumentException("number too long");
  }

  public int getInt() {
    return Math.toIntExact(getVarint());
  }

  public long getZigzag() {
    long value = getVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  public String getString() {
    int length = getInt();
    check(length);
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  private void check(int count) {
    if (count < 0 || end - position < count) {
      throw new IndexOutOfBoundsException("record ends early");
    }
  }
}
