// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

/**
 * Reads the samples of one XOR chunk: two bytes of count, then bits. The first sample is a zig-zag
 * varint of time and 64 bits of value; the second a varint of the time since the first; the others
 * differences of such differences in 0, 14, 17, 20 or 64 bits.
 */
final class XorBits {

  private static final int[] DELTA_WIDTHS = {0, 14, 17, 20, 64};

  private final byte[] bytes;
  private final int count;
  private long at;
  private int read;
  private long timeMillis;
  private long delta;
  private long valueBits;
  private int leading;
  private int width;

  /** A chunk that begins at a place of an array. */
  XorBits(byte[] bytes, int start) {
    this.bytes = bytes;
    this.at = 8L * start;
    this.count = (int) bits(16);
  }

  /** Goes to the next sample; false after the last. */
  boolean next() {
    if (read == count) {
      return false;
    }
    if (read == 0) {
      long zigZag = varint();
      timeMillis = zigZag >>> 1 ^ -(zigZag & 1);
      valueBits = bits(64);
    } else {
      delta = read == 1 ? varint() : delta + deltaOfDelta();
      timeMillis += delta;
      value();
    }
    read++;
    return true;
  }

  long timeMillis() {
    return timeMillis;
  }

  long valueBits() {
    return valueBits;
  }

  private long deltaOfDelta() {
    int kind = 0;
    while (kind < DELTA_WIDTHS.length - 1 && bits(1) == 1) {
      kind++;
    }
    int bitCount = DELTA_WIDTHS[kind];
    long raw = bits(bitCount);
    boolean negative = bitCount > 0 && bitCount < 64 && raw > 1L << bitCount - 1;
    return negative ? raw - (1L << bitCount) : raw;
  }

  private void value() {
    if (bits(1) == 0) {
      return;
    }
    if (bits(1) == 1) {
      leading = (int) bits(5);
      width = (int) bits(6);
      width = width == 0 ? 64 : width;
    }
    valueBits ^= bits(width) << 64 - leading - width;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      long part = bits(8);
      value |= (part & 0x7f) << shift;
      if (part < 0x80) {
        return value;
      }
    }
  }

  private long bits(int number) {
    long value = 0;
    for (int rest = number; rest > 0; ) {
      int inByte = (int) (at & 7);
      int taken = Math.min(rest, 8 - inByte);
      int part = (bytes[(int) (at >>> 3)] & 0xff) >>> 8 - inByte - taken & (1 << taken) - 1;
      value = value << taken | part;
      at += taken;
      rest -= taken;
    }
    return value;
  }
}
