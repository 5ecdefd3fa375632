// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import dev.weir.prometheus.wire.FrameWriter;
import dev.weir.prometheus.wire.ProtobufWriter;
import dev.weir.prometheus.wire.XorChunkEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes the frames of {@code prometheus.ChunkedReadResponse}. A frame holds chunks of one series;
 * a long series spans frames. Not thread-safe.
 */
final class StreamedAnswer {

  /** As many samples as Prometheus itself puts into a chunk. */
  static final int CHUNK_SAMPLES_MAX = 120;

  /** As Prometheus' own server; clients refuse frames of more than 50 million bytes. */
  private static final int FRAME_BYTES_MAX = 1 << 20;

  /** No chunk of 120 samples is longer, with its times and tags. */
  private static final int CHUNK_BYTES_MAX = 4_096;

  /** Type XOR of {@code prometheus.Chunk}. */
  private static final int XOR = 1;

  private final FrameWriter frames;
  private final ProtobufWriter frame = new ProtobufWriter(64 * 1_024);
  private final XorChunkEncoder chunk = new XorChunkEncoder();
  private long samples;
  private int series;

  StreamedAnswer(OutputStream out) {
    this.frames = new FrameWriter(out);
  }

  long samples() {
    return samples;
  }

  int series() {
    return series;
  }

  /** Writes the parts of one slice of a query. */
  void write(List<SeriesPart> slice, int queryIndex) throws IOException {
    for (SeriesPart part : slice) {
      if (part.samples().size() > 0) {
        write(part, queryIndex);
      }
    }
  }

  private void write(SeriesPart part, int queryIndex) throws IOException {
    Samples from = part.samples();
    series++;
    samples += from.size();
    int at = 0;
    while (at < from.size()) {
      frame.clear();
      int begun = frame.begin(1);
      SamplesAnswer.labels(part.labels(), frame);
      int labelsSize = frame.size();
      while (at < from.size()
          && (frame.size() == labelsSize || frame.size() + CHUNK_BYTES_MAX < FRAME_BYTES_MAX)) {
        at = chunk(from, at);
      }
      frame.end(begun);
      frame.integer(2, queryIndex);
      frames.write(frame);
    }
  }

  private int chunk(Samples from, int start) {
    int end = Math.min(from.size(), start + CHUNK_SAMPLES_MAX);
    chunk.clear();
    for (int i = start; i < end; i++) {
      chunk.add(from.epochMillis(i), from.valueBits(i));
    }
    int begun = frame.begin(2);
    frame.integer(1, from.epochMillis(start));
    frame.integer(2, from.epochMillis(end - 1));
    frame.integer(3, XOR);
    frame.bytes(4, chunk.array(), chunk.size());
    frame.end(begun);
    return end;
  }
}
