// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One snappy block that is packed as it grows. Copies in a block look back only inside what was
 * packed together, so pieces that were packed apart may follow one another; only the length stands
 * in front. A gap keeps a place for bytes, such as a length, that are known later. Holds packed
 * bytes only. Not thread-safe.
 */
public final class SnappyPieces {

  private static final int PIECE_BYTES = 64 * 1024;
  private static final int LITERAL_BYTES_MAX = 60;
  private static final byte[] GAP = new byte[0];

  private final List<byte[]> pieces = new ArrayList<>();
  private final ProtobufWriter pending = new ProtobufWriter(PIECE_BYTES * 2);
  private long unpackedLength;
  private long packedLength;

  /** Where to write what comes next; call {@link #packIfLong} between messages. */
  public ProtobufWriter pending() {
    return pending;
  }

  /** Packs what is pending once it is worth it. */
  public void packIfLong() {
    if (pending.size() >= PIECE_BYTES) {
      pack();
    }
  }

  /** Leaves a gap here; the answer is for {@link #fill}. */
  public int gap() {
    pack();
    pieces.add(GAP);
    return pieces.size() - 1;
  }

  /** Bytes written so far, unpacked; gaps count once they are filled. */
  public long unpackedLength() {
    return unpackedLength + pending.size();
  }

  /** Bytes held so far. */
  public long packedLength() {
    return packedLength;
  }

  /** Fills a gap with up to 60 bytes. */
  public void fill(int gap, ProtobufWriter bytes) {
    int length = bytes.size();
    if (length < 1 || length > LITERAL_BYTES_MAX) {
      throw new IllegalArgumentException("a gap takes 1 to 60 bytes, not " + length);
    }
    byte[] literal = new byte[length + 1];
    literal[0] = (byte) ((length - 1) << 2);
    System.arraycopy(bytes.array(), 0, literal, 1, length);
    pieces.set(gap, literal);
    unpackedLength += length;
    packedLength += literal.length;
  }

  /** Writes the block; nothing may be added afterwards. */
  public void writeTo(OutputStream out) throws IOException {
    pack();
    ProtobufWriter head = new ProtobufWriter(16);
    head.varint(unpackedLength);
    head.writeTo(out);
    for (byte[] piece : pieces) {
      out.write(piece);
    }
  }

  /** Packs what is pending, without the length that stands in front of a block. */
  private void pack() {
    if (pending.size() == 0) {
      return;
    }
    byte[] block = SnappyBlock.pack(pending.array(), 0, pending.size());
    int head = ProtobufWriter.varintSize(pending.size());
    byte[] piece = new byte[block.length - head];
    System.arraycopy(block, head, piece, 0, piece.length);
    pieces.add(piece);
    unpackedLength += pending.size();
    packedLength += piece.length;
    pending.clear();
  }
}
