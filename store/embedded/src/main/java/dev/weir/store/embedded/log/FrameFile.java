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

/**
 * One file of checked frames, appended to by one thread.
 *
 * <p>After a failed append the file is cut back to its last good frame before anything else is
 * written; while that fails too, every append fails. So only a crash leaves a torn frame at the
 * end.
 */
public final class FrameFile implements AutoCloseable {

  /** Room for the frame's header at the start of each record that is handed to {@link #append}. */
  public static final int HEADER_BYTES = SegmentReader.HEADER_BYTES;

  private final Path file;
  private final FileChannel channel;
  private volatile long goodEnd;
  private boolean cutBeforeWrite;

  private FrameFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens a file, and makes it where it is missing; {@link #read} comes before any append. */
  public static FrameFile open(Path file, SegmentFiles files) throws IOException {
    return new FrameFile(file, files.open(file));
  }

  /**
   * Hands over every whole frame from the start; appends go on behind the last one.
   *
   * @param last whether a torn tail is allowed
   * @throws CorruptLogException where bytes do not check
   */
  public void read(boolean last, Consumer<ByteSource> frames) throws IOException {
    goodEnd = new SegmentReader(file, channel).read(last, frames);
    cutBeforeWrite = channel.size() > goodEnd;
  }

  /** Bytes up to the end of the last good frame. Any thread may ask. */
  public long size() {
    return goodEnd;
  }

  /**
   * Writes a record and syncs it. Its first {@link #HEADER_BYTES} are overwritten.
   *
   * @throws IOException when it is not durable; nothing of it will be read at the next start
   */
  public void append(ByteSink record) throws IOException {
    cutIfNeeded();
    int length = record.size() - HEADER_BYTES;
    CRC32C crc = new CRC32C();
    crc.update(record.array(), HEADER_BYTES, length);
    ByteBuffer frame = ByteBuffer.wrap(record.array(), 0, record.size());
    frame.order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(0, SegmentReader.MAGIC).putInt(4, length).putInt(8, (int) crc.getValue());
    cutBeforeWrite = true;
    long position = goodEnd;
    while (frame.hasRemaining()) {
      position += channel.write(frame, position);
    }
    channel.force(false);
    goodEnd = position;
    cutBeforeWrite = false;
  }

  /** Cuts what a failed append has left; does nothing after a good one. */
  void cutIfNeeded() throws IOException {
    if (cutBeforeWrite) {
      channel.truncate(goodEnd);
      channel.force(true);
      cutBeforeWrite = false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
