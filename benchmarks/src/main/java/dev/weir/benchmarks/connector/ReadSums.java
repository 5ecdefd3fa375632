// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Reads an answer of STREAMED_XOR_CHUNKS and adds up what is in it: bits of values and times, as
 * whole numbers that wrap, so that the sums are exact whatever the order. Written from the
 * description of the format, apart from the encoder that it judges.
 *
 * <p>Field numbers: ChunkedReadResponse.chunked_series 1, ChunkedSeries.labels 1 and chunks 2,
 * Chunk.type 3 and data 4.
 */
final class ReadSums {

  private static final int LENGTH_DELIMITED = 2;
  private static final int CHECKSUM_BYTES = 4;
  private static final int XOR = 1;

  private final byte[] bytes;
  private int at;
  private long frames;
  private long samples;
  private long timeSum;
  private long valueBitsSum;

  private ReadSums(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Sums of the samples of an answer. */
  record Sums(long frames, long samples, long timeSum, long valueBitsSum) {}

  static Sums of(byte[] body) throws IOException {
    ReadSums sums = new ReadSums(body);
    while (sums.at < body.length) {
      sums.frame();
    }
    return new Sums(sums.frames, sums.samples, sums.timeSum, sums.valueBitsSum);
  }

  private void frame() throws IOException {
    int length = (int) varint();
    int said = 0;
    for (int i = 0; i < CHECKSUM_BYTES; i++) {
      said = said << 8 | bytes[at++] & 0xff;
    }
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, at, length);
    if ((int) checksum.getValue() != said) {
      throw new IOException("the checksum of frame " + frames + " is wrong");
    }
    frames++;
    int end = at + length;
    while (at < end) {
      long tag = varint();
      if (tag == (1 << 3 | LENGTH_DELIMITED)) {
        series((int) varint() + at);
      } else {
        skip((int) (tag & 7));
      }
    }
  }

  private void series(int end) throws IOException {
    while (at < end) {
      long tag = varint();
      if (tag == (2 << 3 | LENGTH_DELIMITED)) {
        chunk((int) varint() + at);
      } else {
        skip((int) (tag & 7));
      }
    }
  }

  private void chunk(int end) throws IOException {
    int type = 0;
    while (at < end) {
      long tag = varint();
      if (tag == 3 << 3) {
        type = (int) varint();
      } else if (tag == (4 << 3 | LENGTH_DELIMITED)) {
        int dataEnd = (int) varint() + at;
        XorBits bits = new XorBits(bytes, at);
        while (bits.next()) {
          samples++;
          timeSum += bits.timeMillis();
          valueBitsSum += bits.valueBits();
        }
        at = dataEnd;
      } else {
        skip((int) (tag & 7));
      }
    }
    if (type != XOR) {
      throw new IOException("a chunk of type " + type);
    }
  }

  private void skip(int wireType) throws IOException {
    switch (wireType) {
      case 0 -> varint();
      case LENGTH_DELIMITED -> {
        int length = (int) varint(); // moves `at` itself
        at += length;
      }
      default -> throw new IOException("wire type " + wireType + " in the answer");
    }
  }

  private long varint() {
    long value = 0;
    int shift = 0;
    byte part;
    do {
      part = bytes[at++];
      value |= (part & 0x7fL) << shift;
      shift += 7;
    } while (part < 0);
    return value;
  }
}
