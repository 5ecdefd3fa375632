// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.wire;

import java.util.Arrays;

/**
 * Encodes samples as a Prometheus XOR chunk: a big-endian count of 16 bits, then a stream of bits,
 * the most significant first. Times are coded as differences of differences, values as the XOR with
 * the value before (Prometheus tsdb, chunkenc). Reused; not thread-safe.
 */
public final class XorChunkEncoder {

  /** The count has 16 bits. */
  public static final int SAMPLES_MAX = 65_535;

  /** No window of significant bits was written yet. */
  private static final int NO_WINDOW = 0xFF;

  private byte[] bytes = new byte[256];
  private int size;
  private int bitsFree;
  private int count;
  private long time;
  private long delta;
  private long value;
  private int leading;
  private int trailing;

  public XorChunkEncoder() {
    clear();
  }

  /** Begins a new chunk. */
  public void clear() {
    Arrays.fill(bytes, 0, size, (byte) 0);
    size = 2;
    bitsFree = 0;
    count = 0;
    delta = 0;
    leading = NO_WINDOW;
    trailing = 0;
  }

  /** Adds a sample; times ascend. */
  public void add(long epochMillis, long valueBits) {
    if (count == SAMPLES_MAX) {
      throw new IllegalStateException("a chunk has at most " + SAMPLES_MAX + " samples");
    }
    if (count == 0) {
      varint(epochMillis << 1 ^ epochMillis >> 63);
      bits(valueBits, 64);
    } else {
      long newDelta = epochMillis - time;
      if (count == 1) {
        varint(newDelta);
      } else {
        deltaOfDelta(newDelta - delta);
      }
      delta = newDelta;
      xor(valueBits ^ value);
    }
    time = epochMillis;
    value = valueBits;
    count++;
    bytes[0] = (byte) (count >> 8);
    bytes[1] = (byte) count;
  }

  public int count() {
    return count;
  }

  /** Bytes of the chunk so far. */
  public int size() {
    return size;
  }

  /** The array behind it, of which the first {@link #size} bytes count. */
  public byte[] array() {
    return bytes;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void deltaOfDelta(long change) {
    if (change == 0) {
      bits(0, 1);
    } else if (fits(change, 14)) {
      bits(0b10, 2);
      bits(change, 14);
    } else if (fits(change, 17)) {
      bits(0b110, 3);
      bits(change, 17);
    } else if (fits(change, 20)) {
      bits(0b1110, 4);
      bits(change, 20);
    } else {
      bits(0b1111, 4);
      bits(change, 64);
    }
  }

  /** The field's range is lopsided: -(2^(n-1) - 1) to 2^(n-1), both inclusive. */
  private static boolean fits(long change, int bitCount) {
    long highest = 1L << (bitCount - 1);
    return -(highest - 1) <= change && change <= highest;
  }

  private void xor(long difference) {
    if (difference == 0) {
      bits(0, 1);
      return;
    }
    bits(1, 1);
    // The count of leading zeros has five bits.
    int newLeading = Math.min(31, Long.numberOfLeadingZeros(difference));
    int newTrailing = Long.numberOfTrailingZeros(difference);
    if (leading != NO_WINDOW && newLeading >= leading && newTrailing >= trailing) {
      bits(0, 1);
      bits(difference >>> trailing, 64 - leading - trailing);
      return;
    }
    leading = newLeading;
    trailing = newTrailing;
    int significant = 64 - newLeading - newTrailing;
    bits(1, 1);
    bits(newLeading, 5);
    // Six bits: 64 is written as 0, which can't occur.
    bits(significant, 6);
    bits(difference >>> newTrailing, significant);
  }

  private void varint(long unsigned) {
    long rest = unsigned;
    while ((rest & ~0x7FL) != 0) {
      bits((rest & 0x7F) | 0x80, 8);
      rest >>>= 7;
    }
    bits(rest, 8);
  }

  /** Appends the lowest bits of a value. */
  private void bits(long source, int bitCount) {
    int left = bitCount;
    while (left > 0) {
      if (bitsFree == 0) {
        if (size == bytes.length) {
          bytes = Arrays.copyOf(bytes, size * 2);
        }
        size++;
        bitsFree = 8;
      }
      int taken = Math.min(left, bitsFree);
      long part = (source >>> (left - taken)) & ((1L << taken) - 1);
      bytes[size - 1] |= (byte) (part << (bitsFree - taken));
      bitsFree -= taken;
      left -= taken;
    }
  }
}
