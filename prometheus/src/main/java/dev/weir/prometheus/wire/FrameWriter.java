// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.prometheus.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/**
 * Writes the frames of a streamed remote read: the length as a varint, the CRC-32C of the message
 * as four bytes, the most significant first, then the message. Not thread-safe.
 */
public final class FrameWriter {

  private final OutputStream out;
  private final CRC32C crc = new CRC32C();
  private final ProtobufWriter head = new ProtobufWriter(16);

  public FrameWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes one message as one frame. */
  public void write(ProtobufWriter message) throws IOException {
    crc.reset();
    crc.update(message.array(), 0, message.size());
    int sum = (int) crc.getValue();
    head.clear();
    head.varint(message.size());
    head.raw(
        new byte[] {(byte) (sum >>> 24), (byte) (sum >>> 16), (byte) (sum >>> 8), (byte) sum},
        0,
        4);
    head.writeTo(out);
    message.writeTo(out);
  }
}
