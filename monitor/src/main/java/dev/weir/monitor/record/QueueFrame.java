// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A frame on disk: its length (4 bytes), the CRC-32C of its payload (4), and the payload. */
final class QueueFrame {

  static final int HEADER_BYTES = 8;
  static final int PAYLOAD_BYTES_MAX = 1 << 20;

  private static final int ZEROS_BYTES = 1 << 16;

  private QueueFrame() {}

  /** All of it, to be written. */
  static ByteBuffer of(byte[] payload) {
    return ByteBuffer.allocate(HEADER_BYTES + payload.length)
        .putInt(payload.length)
        .putInt(checksum(payload))
        .put(payload)
        .flip();
  }

  /** The payload; null where no whole frame begins. */
  static byte @Nullable [] at(FileChannel file, long offset) throws IOException {
    byte[] header = read(file, offset, HEADER_BYTES);
    if (header == null) {
      return null;
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    int length = fields.getInt();
    if (length < 1 || length > PAYLOAD_BYTES_MAX) {
      return null;
    }
    byte[] payload = read(file, offset + HEADER_BYTES, length);
    return payload != null && checksum(payload) == fields.getInt() ? payload : null;
  }

  /**
   * Whether nothing but one frame is missing here that was being written: a part of it, or what a
   * file system leaves of it, zeros. Anything else has been there before.
   */
  static boolean isTorn(FileChannel file, long from, long size) throws IOException {
    byte[] header = read(file, from, HEADER_BYTES);
    if (header == null) {
      return true;
    }
    int length = ByteBuffer.wrap(header).getInt();
    if (length >= 1 && length <= PAYLOAD_BYTES_MAX) {
      return from + HEADER_BYTES + length >= size;
    }
    for (long place = from; place < size; place += ZEROS_BYTES) {
      byte[] part = read(file, place, (int) Math.min(ZEROS_BYTES, size - place));
      if (part == null || !Arrays.equals(part, new byte[part.length])) {
        return false;
      }
    }
    return true;
  }

  /** Null where the file has fewer bytes. */
  static byte @Nullable [] read(FileChannel file, long offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, offset + buffer.position()) < 0) {
        return null;
      }
    }
    return buffer.array();
  }

  static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
