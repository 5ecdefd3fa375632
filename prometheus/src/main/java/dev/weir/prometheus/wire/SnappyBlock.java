// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.wire;

import java.io.IOException;
import java.util.Arrays;
import org.xerial.snappy.Snappy;

/**
 * Snappy's block format: the unpacked length as a varint, then literals and copies. The length is
 * what a sender declares; judge it with {@link #declaredLength} before memory is taken.
 */
public final class SnappyBlock {

  /** The most bytes that the declared length takes: 32 bits in groups of seven. */
  public static final int PREFIX_BYTES_MAX = 5;

  private SnappyBlock() {}

  /**
   * The unpacked length that a block declares; the block itself may lie.
   *
   * @param length how many of the bytes are there; the first {@link #PREFIX_BYTES_MAX} are enough
   */
  public static long declaredLength(byte[] block, int length) throws MalformedBodyException {
    long declared = 0;
    for (int i = 0; i < PREFIX_BYTES_MAX; i++) {
      if (i >= length) {
        throw new MalformedBodyException("snappy block ends inside its length", i);
      }
      declared |= (block[i] & 0x7FL) << (7 * i);
      if (block[i] >= 0) {
        if (declared > 0xFFFF_FFFFL) {
          break;
        }
        return declared;
      }
    }
    throw new MalformedBodyException("snappy block declares more than 32 bits of length", 0);
  }

  /**
   * Unpacks a block.
   *
   * @param into at least as long as the block declares
   * @return the unpacked length
   */
  public static int unpack(byte[] block, int length, byte[] into) throws MalformedBodyException {
    long declared = declaredLength(block, length);
    if (declared > into.length) {
      throw new IllegalArgumentException("no room for " + declared + " bytes");
    }
    try {
      // snappy-java trusts that the target has room for what is declared, which is checked above.
      return Snappy.uncompress(block, 0, length, into, 0);
    } catch (IOException corrupt) {
      throw new MalformedBodyException("corrupt snappy block", 0);
    }
  }

  /** Packs bytes into one block. */
  public static byte[] pack(byte[] bytes) {
    return pack(bytes, 0, bytes.length);
  }

  /** Packs a range of bytes into one block. */
  public static byte[] pack(byte[] bytes, int offset, int length) {
    byte[] packed = new byte[Snappy.maxCompressedLength(length)];
    try {
      int size = Snappy.compress(bytes, offset, length, packed, 0);
      return Arrays.copyOf(packed, size);
    } catch (IOException e) {
      throw new IllegalStateException("snappy can't pack " + length + " bytes", e);
    }
  }
}
