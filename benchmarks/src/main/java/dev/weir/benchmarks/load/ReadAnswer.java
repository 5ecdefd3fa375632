// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.io.IOException;
import org.xerial.snappy.Snappy;

/**
 * Counts the samples of a remote read answer, in either form, without keeping them.
 *
 * <p>Field numbers: ReadResponse.results 1, QueryResult.timeseries 1, TimeSeries.samples 2;
 * ChunkedReadResponse.chunked_series 1, ChunkedSeries.chunks 2, Chunk.data 4, whose first two bytes
 * are the number of samples.
 */
final class ReadAnswer {
  private static final int LENGTH_DELIMITED = 2;
  private static final int CHECKSUM_BYTES = 4;

  private final byte[] bytes;
  private int at;

  private ReadAnswer(byte[] bytes) {
    this.bytes = bytes;
  }

  static long samples(byte[] body) throws IOException {
    byte[] message = Snappy.uncompress(body);
    return new ReadAnswer(message).count(message.length, new int[] {1, 1, 2}, 0);
  }

  static long streamedSamples(byte[] body) {
    ReadAnswer answer = new ReadAnswer(body);
    long samples = 0;
    while (answer.at < body.length) {
      int length = (int) answer.varint();
      answer.at += CHECKSUM_BYTES;
      samples += answer.count(answer.at + length, new int[] {1, 2, 4}, 0);
    }
    return samples;
  }

  /** Walks down the path of field numbers; at its end one field is one sample or one chunk. */
  private long count(int end, int[] path, int depth) {
    long samples = 0;
    while (at < end) {
      long tag = varint();
      if ((tag & 7) != LENGTH_DELIMITED) {
        skip((int) (tag & 7));
        continue;
      }
      int fieldEnd = (int) varint() + at;
      if (tag >>> 3 == path[depth]) {
        if (depth < path.length - 1) {
          samples += count(fieldEnd, path, depth + 1);
        } else {
          boolean chunk = path[depth] == 4;
          samples += chunk ? (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff : 1;
        }
      }
      at = fieldEnd;
    }
    return samples;
  }

  private void skip(int wireType) {
    switch (wireType) {
      case 0 -> varint();
      case 1 -> at += Long.BYTES;
      case 5 -> at += Integer.BYTES;
      default -> throw new IllegalStateException("wire type " + wireType + " in the answer");
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
