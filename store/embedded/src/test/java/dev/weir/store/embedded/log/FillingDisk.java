// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** Log files on a disk that can be full: writes then stop half way. */
public final class FillingDisk implements SegmentFiles {

  private volatile long freeBytes = Long.MAX_VALUE;
  private volatile boolean syncFails;

  public void leave(long bytes) {
    freeBytes = bytes;
  }

  public void failSync(boolean fails) {
    syncFails = fails;
  }

  @Override
  public FileChannel open(Path file) throws IOException {
    return new Channel(SegmentFiles.plain().open(file));
  }

  private final class Channel extends FileChannel {
    private final FileChannel below;

    Channel(FileChannel below) {
      this.below = below;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      if (freeBytes >= source.remaining()) {
        freeBytes -= freeBytes == Long.MAX_VALUE ? 0 : source.remaining();
        return below.write(source, position);
      }
      ByteBuffer part = source.slice(source.position(), (int) freeBytes);
      below.write(part, position);
      freeBytes = 0;
      throw new IOException("No space left on device");
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (syncFails) {
        throw new IOException("Input/output error");
      }
      below.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      below.truncate(size);
      return this;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return below.read(target, position);
    }

    @Override
    public long size() throws IOException {
      return below.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
      below.close();
    }

    @Override
    public int read(ByteBuffer target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long newPosition) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
