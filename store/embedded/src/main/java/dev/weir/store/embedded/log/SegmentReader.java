// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one segment from its start, one at a time.
 *
 * <p>Frame: magic (4 bytes), length of the payload (4), CRC-32C of the payload (4), payload. The
 * magic tells a torn tail from damage in the middle: when a whole frame follows the bad place,
 * frames that were acknowledged stand behind it, and cutting there would lose them.
 */
final class SegmentReader {

  static final int MAGIC = 0x57_46_52_4D;
  static final int HEADER_BYTES = 12;

  private final Path file;
  private final FileChannel channel;
  private final long size;

  SegmentReader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
  }

  /**
   * Hands every whole frame to {@code frames}.
   *
   * @param last whether a torn tail is allowed
   * @return the offset behind the last whole frame
   */
  long read(boolean last, Consumer<ByteSource> frames) throws IOException {
    long position = 0;
    while (position < size) {
      byte[] payload = frameAt(position);
      if (payload == null) {
        if (!last || wholeFrameAfter(position)) {
          throw new CorruptLogException(
              "log segment %s is damaged at byte %d of %d: restore the data folder from a backup"
                  .formatted(file, position, size));
        }
        return position;
      }
      frames.accept(new ByteSource(payload, 0, payload.length));
      position += HEADER_BYTES + payload.length;
    }
    return position;
  }

  private byte @Nullable [] frameAt(long position) throws IOException {
    if (size - position < HEADER_BYTES) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(bytesAt(position, HEADER_BYTES));
    header.order(ByteOrder.LITTLE_ENDIAN);
    int magic = header.getInt();
    int length = header.getInt();
    int checksum = header.getInt();
    if (magic != MAGIC || length <= 0 || length > size - position - HEADER_BYTES) {
      return null;
    }
    byte[] payload = bytesAt(position + HEADER_BYTES, length);
    CRC32C crc = new CRC32C();
    crc.update(payload);
    return (int) crc.getValue() == checksum ? payload : null;
  }

  private boolean wholeFrameAfter(long bad) throws IOException {
    byte[] magic = {(byte) MAGIC, (byte) (MAGIC >> 8), (byte) (MAGIC >> 16), (byte) (MAGIC >> 24)};
    int window = 1 << 20;
    for (long start = bad + 1; start < size; start += window) {
      byte[] bytes = bytesAt(start, (int) Math.min(size - start, window + 3L));
      for (int i = 0; i + 3 < bytes.length; i++) {
        if (bytes[i] == magic[0]
            && bytes[i + 1] == magic[1]
            && bytes[i + 2] == magic[2]
            && bytes[i + 3] == magic[3]
            && frameAt(start + i) != null) {
          return true;
        }
      }
    }
    return false;
  }

  private byte[] bytesAt(long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException(file + " became shorter while it was read");
      }
    }
    return buffer.array();
  }
}
