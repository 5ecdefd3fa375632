// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A fast 64-bit hash of a range of bytes. Two lanes of eight bytes each keep the multiplier busy.
 * Not cryptographic: the seed is drawn once per process, and a collision costs a comparison.
 */
final class KeyHash {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FIRST = 0x9E37_79B1_85EB_CA87L;
  private static final long SECOND = 0xC2B2_AE3D_27D4_EB4FL;

  private KeyHash() {}

  static long of(byte[] bytes, int offset, int length, long seed) {
    long one = seed ^ length * FIRST;
    long two = Long.rotateLeft(seed, 32) + SECOND;
    int at = offset;
    int end = offset + length;
    for (; at + 16 <= end; at += 16) {
      one = Long.rotateLeft((one ^ (long) LONGS.get(bytes, at)) * FIRST, 31);
      two = Long.rotateLeft((two ^ (long) LONGS.get(bytes, at + 8)) * SECOND, 29);
    }
    if (at + 8 <= end) {
      one = Long.rotateLeft((one ^ (long) LONGS.get(bytes, at)) * FIRST, 31);
      at += 8;
    }
    if (at < end) {
      two = Long.rotateLeft((two ^ tail(bytes, at, end)) * SECOND, 29);
    }
    long mixed = one ^ Long.rotateLeft(two, 17);
    mixed = (mixed ^ (mixed >>> 32)) * FIRST;
    mixed = (mixed ^ (mixed >>> 29)) * SECOND;
    return mixed ^ (mixed >>> 32);
  }

  private static long tail(byte[] bytes, int from, int end) {
    long tail = 0;
    for (int i = from; i < end; i++) {
      tail = tail << 8 | (bytes[i] & 0xFF);
    }
    return tail;
  }
}
