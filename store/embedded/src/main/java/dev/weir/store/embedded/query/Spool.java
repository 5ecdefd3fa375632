// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.query;

import dev.weir.query.ColumnVector;
import dev.weir.query.ResultPage;
import dev.weir.query.ResultPage.Column;
import dev.weir.query.ValueType;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.log.ByteSink;
import dev.weir.store.embedded.log.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one result: the first in memory until it is handed out, the others in a file that is
 * gone when this is closed. Written by one thread, then read; callers take turns.
 */
public final class Spool implements PageSink, AutoCloseable {

  private static final int BUFFER_KEEP_BYTES = 1 << 20;

  private final Path file;
  private final long bytesMax;
  private final List<Long> ends = new ArrayList<>();
  private final ByteSink buffer = new ByteSink();
  private List<Column> shape = List.of();
  private @Nullable ResultPage first;
  private @Nullable FileChannel channel;
  private int pages;
  private boolean closed;

  public Spool(Path file, long bytesMax) {
    this.file = file;
    this.bytesMax = bytesMax;
  }

  /** How long its file is. */
  public long bytes() {
    return ends.isEmpty() ? 0 : ends.getLast();
  }

  public boolean isClosed() {
    return closed;
  }

  /** How many pages there are. */
  public int pages() {
    return pages;
  }

  @Override
  public void page(ResultPage page) {
    pages++;
    if (pages == 1) {
      first = page;
      return;
    }
    shape = page.columns().stream().map(Spool::withoutValues).toList();
    buffer.clear(BUFFER_KEEP_BYTES);
    buffer.putVarint(page.rowCount());
    page.columns().forEach(column -> VectorCodec.write(buffer, column.values()));
    long start = ends.isEmpty() ? 0 : ends.getLast();
    if (start + buffer.size() > bytesMax) {
      throw new StoreException(
          Kind.QUOTA, "the result is larger than %d bytes; ask for less".formatted(bytesMax));
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(buffer.array(), 0, buffer.size());
      FileChannel open = channel();
      while (bytes.hasRemaining()) {
        open.write(bytes, start + bytes.position());
      }
    } catch (ClosedByInterruptException e) {
      throw new StoreException(Kind.CANCELLED, "the query was interrupted", e);
    } catch (IOException e) {
      throw new StoreException(
          Kind.UNAVAILABLE, "the result can't be spooled (disk full or not writable?)", e);
    }
    ends.add(start + buffer.size());
  }

  /** Page {@code number}, from 0. The first can be taken once. */
  public ResultPage read(int number) {
    ResultPage inMemory = first;
    if (number == 0 && inMemory != null) {
      first = null;
      return inMemory;
    }
    long start = number == 1 ? 0 : ends.get(number - 2);
    int length = (int) (ends.get(number - 1) - start);
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try {
      FileChannel open = channel();
      while (bytes.hasRemaining()) {
        if (open.read(bytes, start + bytes.position()) < 0) {
          throw new IOException("spool file ends early");
        }
      }
    } catch (ClosedByInterruptException e) {
      throw new StoreException(Kind.CANCELLED, "the query was interrupted", e);
    } catch (IOException e) {
      throw new StoreException(Kind.UNAVAILABLE, "the rest of the result can't be read", e);
    }
    ByteSource source = new ByteSource(bytes.array(), 0, length);
    int rowCount = source.getInt();
    List<Column> columns = new ArrayList<>();
    for (Column column : shape) {
      columns.add(new Column(column.name(), column.type(), VectorCodec.read(source)));
    }
    return new ResultPage(columns, rowCount);
  }

  @Override
  public void close() {
    closed = true;
    FileChannel open = channel;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        channel = null; // It is deleted on close, or at the next start.
      }
    }
  }

  private FileChannel channel() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      channel = open;
    }
    return open;
  }

  private static Column withoutValues(Column column) {
    ValueType type = column.type();
    return new Column(column.name(), type, new ColumnVector.AllNull(0));
  }
}
