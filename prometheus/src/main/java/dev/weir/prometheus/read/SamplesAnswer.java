// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.read;

import dev.weir.prometheus.MemoryBudget;
import dev.weir.prometheus.wire.ProtobufReader;
import dev.weir.prometheus.wire.ProtobufWriter;
import dev.weir.prometheus.wire.SnappyPieces;
import java.util.List;

/**
 * Makes a {@code prometheus.ReadResponse}: results in the order of the queries, all in one snappy
 * block, packed as it grows. Not thread-safe.
 */
final class SamplesAnswer {

  /** How many samples are written between two looks at the limits. */
  private static final int STRIDE = 4_096;

  private final SnappyPieces pieces = new SnappyPieces();
  private final ProtobufWriter head = new ProtobufWriter(16);
  private final MemoryBudget.Lease lease;
  private final long samplesMax;
  private long samples;
  private long charged;
  private int series;

  SamplesAnswer(MemoryBudget.Lease lease, long samplesMax) {
    this.lease = lease;
    this.samplesMax = samplesMax;
  }

  /** There was no memory for the answer just now. */
  static final class NoRoom extends Exception {
    private static final long serialVersionUID = 1L;

    NoRoom() {
      super("no room", null, false, false);
    }
  }

  SnappyPieces pieces() {
    return pieces;
  }

  long samples() {
    return samples;
  }

  int series() {
    return series;
  }

  /** Adds the result of one query. */
  void add(PartCursor cursor) throws BadReadException, NoRoom {
    int gap = pieces.gap();
    long before = pieces.unpackedLength();
    LongSeries open = null;
    for (List<SeriesPart> slice = cursor.next(); slice != null; slice = cursor.next()) {
      for (SeriesPart part : slice) {
        if (open != null && !open.labels.equals(part.labels())) {
          open.close();
          open = null;
        }
        if (open == null && part.mayContinue() && part.samples().size() > 0) {
          open = new LongSeries(part.labels());
        }
        if (open != null) {
          open.add(part.samples());
        } else if (part.samples().size() > 0) {
          whole(part);
        }
      }
    }
    if (open != null) {
      open.close();
    }
    fill(gap, 1, pieces.unpackedLength() - before);
  }

  private void whole(SeriesPart part) throws BadReadException, NoRoom {
    ProtobufWriter writer = pieces.pending();
    int begun = writer.begin(1);
    labels(part.labels(), writer);
    for (int i = 0; i < part.samples().size(); i++) {
      sample(part.samples(), i, writer);
    }
    writer.end(begun);
    series++;
    count(part.samples().size());
  }

  /** A series that comes in several parts: its length is put in when it is known. */
  private final class LongSeries {
    private final Labels labels;
    private final int gap = pieces.gap();
    private final long before = pieces.unpackedLength();

    LongSeries(Labels labels) {
      this.labels = labels;
      SamplesAnswer.labels(labels, pieces.pending());
      series++;
    }

    void add(Samples part) throws BadReadException, NoRoom {
      for (int i = 0; i < part.size(); i++) {
        sample(part, i, pieces.pending());
        if (i % STRIDE == STRIDE - 1) {
          count(STRIDE);
        }
      }
      count(part.size() % STRIDE);
    }

    void close() {
      fill(gap, 1, pieces.unpackedLength() - before);
    }
  }

  private void count(int more) throws BadReadException, NoRoom {
    samples += more;
    if (samples > samplesMax) {
      throw new BadReadException(
          "answer has more than "
              + samplesMax
              + " samples; ask for a shorter range, or for STREAMED_XOR_CHUNKS, which has no such"
              + " limit");
    }
    pieces.packIfLong();
    long packed = pieces.packedLength();
    if (!lease.grow(packed - charged)) {
      throw new NoRoom();
    }
    charged = packed;
  }

  private void fill(int gap, int field, long length) {
    head.clear();
    head.tag(field, ProtobufReader.DELIMITED);
    head.varint(length);
    pieces.fill(gap, head);
  }

  private static void sample(Samples from, int index, ProtobufWriter writer) {
    writer.sample(2, from.valueBits(index), from.epochMillis(index));
  }

  /** Writes the labels of a series, as both kinds of answers have them. */
  static void labels(Labels labels, ProtobufWriter writer) {
    for (int i = 0; i < labels.size(); i++) {
      int label = writer.begin(1);
      writer.string(1, labels.name(i));
      writer.string(2, labels.value(i));
      writer.end(label);
    }
  }
}
