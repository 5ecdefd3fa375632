// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes being written: grows as needed, numbers in variable length. Not thread-safe. */
public final class ByteSink {

  private byte[] bytes = new byte[1 << 16];
  private int size;

  public int size() {
    return size;
  }

  /** The bytes themselves; valid up to {@link #size()} until the next write. */
  public byte[] array() {
    return bytes;
  }

  /** Empties it; a very large buffer is let go. */
  public void clear(int keepBytesMax) {
    size = 0;
    if (bytes.length > keepBytesMax) {
      bytes = new byte[1 << 16];
    }
  }

  public void skip(int count) {
    room(count);
    size += count;
  }

  public void putByte(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** Eight bytes, lowest first. */
  public void putLong(long value) {
    room(8);
    for (int i = 0; i < 8; i++) {
      bytes[size++] = (byte) (value >>> (8 * i));
    }
  }

  /** Seven bits a byte, lowest first. */
  public void putVarint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** A signed number, small when close to zero. */
  public void putZigzag(long value) {
    putVarint((value << 1) ^ (value >> 63));
  }

  public void putString(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putVarint(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  private void room(int count) {
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
    }
  }
}
