// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.wire;

import java.util.ArrayList;
import java.util.List;

/** Reads XOR chunks, written from their description and not from the encoder; for tests. */
public final class XorChunkDecoder {

  /** A sample with the raw bits of its value. */
  public record Sample(long epochMillis, long bits) {}

  private final byte[] bytes;
  private int at = 16;

  private XorChunkDecoder(byte[] bytes) {
    this.bytes = bytes;
  }

  public static List<Sample> decode(byte[] chunk) {
    return new XorChunkDecoder(chunk).samples();
  }

  private List<Sample> samples() {
    int count = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    List<Sample> samples = new ArrayList<>(count);
    long time = 0;
    long delta = 0;
    long value = 0;
    int leading = 0;
    int significant = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0) {
        long zigzag = varint();
        time = zigzag >>> 1 ^ -(zigzag & 1);
        value = bits(64);
      } else {
        delta = i == 1 ? varint() : delta + deltaOfDelta();
        time += delta;
        if (bits(1) == 1) {
          if (bits(1) == 1) {
            leading = (int) bits(5);
            significant = (int) bits(6);
            significant = significant == 0 ? 64 : significant;
          }
          value ^= bits(significant) << (64 - leading - significant);
        }
      }
      samples.add(new Sample(time, value));
    }
    return samples;
  }

  private long deltaOfDelta() {
    if (bits(1) == 0) {
      return 0;
    }
    if (bits(1) == 0) {
      return signed(14);
    }
    if (bits(1) == 0) {
      return signed(17);
    }
    return bits(1) == 0 ? signed(20) : bits(64);
  }

  private long signed(int count) {
    long raw = bits(count);
    return raw > 1L << (count - 1) ? raw - (1L << count) : raw;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      long next = bits(8);
      value |= (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
  }

  private long bits(int count) {
    long value = 0;
    for (int i = 0; i < count; i++, at++) {
      value = value << 1 | bytes[at >> 3] >> (7 - (at & 7)) & 1;
    }
    return value;
  }
}
