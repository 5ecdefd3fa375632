// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Frames on disk, taken off at one end and added at the other; segments are numbered files of about
 * a mebibyte.
 *
 * <p>What was added is handed to the operating system at once, so that it outlives the process; a
 * loss of power takes what came after the last {@link #force}. The file {@code cursor} says what is
 * taken off already; when it is lost or older, frames come a second time. A segment that is damaged
 * ends where the damage begins. Thread-safe; a folder belongs to one log.
 *
 * <p>A thread that is interrupted closes the file that it works with (see {@link
 * java.nio.channels.InterruptibleChannel}), for everybody. What is added here must not be lost for
 * it: files are opened again, the work is done, and the thread is interrupted afterwards.
 */
final class QueueLog implements AutoCloseable {

  /** Where a frame begins. */
  record Place(long segment, long offset) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return segment != other.segment
          ? Long.compare(segment, other.segment)
          : Long.compare(offset, other.offset);
    }
  }

  /**
   * Frames from the cursor on, and the place behind them.
   *
   * @param damagedBytes that were passed over, since no frame could be read there
   */
  record Frames(List<byte[]> payloads, Place end, long damagedBytes) {}

  /** How frames are written; tests hand in a disk that is full. */
  @FunctionalInterface
  interface Writing {
    int write(FileChannel file, ByteBuffer bytes, long position) throws IOException;
  }

  static final int SEGMENT_BYTES = 1 << 20;

  private static final int CURSOR_BYTES = 20;
  private static final String SUFFIX = ".queue";

  private final Path folder;
  private final int segmentBytes;
  private final Writing writing;
  private final TreeMap<Long, Long> segments = new TreeMap<>(); // number -> bytes
  private FileChannel cursorFile;
  private FileChannel channel;
  private @Nullable FileChannel reader; // of a segment before the last
  private long readerSegment;
  private Place cursor;
  private boolean dirty;
  private boolean cutBeforeWrite;

  private QueueLog(Path folder, int segmentBytes, Writing writing) throws IOException {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.writing = writing;
    Files.createDirectories(folder);
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : found) {
        segments.put(numberOf(file), Files.size(file));
      }
    }
    if (segments.isEmpty()) {
      segments.put(1L, 0L);
    }
    this.channel = open(segments.lastKey());
    this.cursorFile = openCursor();
    Place first = new Place(segments.firstKey(), 0);
    Place stored = storedCursor();
    this.cursor = stored == null || stored.compareTo(first) < 0 ? first : stored;
  }

  /** Opens a folder, makes it where it is missing, and cuts a torn frame off its end. */
  static QueueLog open(Path folder, int segmentBytes) {
    return open(folder, segmentBytes, FileChannel::write);
  }

  static QueueLog open(Path folder, int segmentBytes, Writing writing) {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return begin(folder, segmentBytes, writing);
        } catch (ClosedByInterruptException _) {
          interrupted |= Thread.interrupted();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the queue of results in " + folder + " can't be opened", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static QueueLog begin(Path folder, int segmentBytes, Writing writing) throws IOException {
    QueueLog log = new QueueLog(folder, segmentBytes, writing);
    long last = log.segments.lastKey();
    long size = log.channel.size();
    boolean passed = log.cursor.segment == last && log.cursor.offset <= size;
    long end = passed ? log.cursor.offset : 0;
    for (byte[] payload = log.frame(last, end); payload != null; payload = log.frame(last, end)) {
      end += QueueFrame.HEADER_BYTES + payload.length;
    }
    if (QueueFrame.isTorn(log.channel, end, size)) {
      log.segments.put(last, end);
      log.channel.truncate(end);
    } else {
      log.startSegment(last + 1); // What is damaged stays, and is passed over and told.
    }
    if (log.cursor.segment > last || (log.cursor.segment == last && log.cursor.offset > end)) {
      log.moveCursor(new Place(last, end));
    }
    log.deletePassed();
    return log;
  }

  /** Adds a frame; returns how many bytes it takes. */
  synchronized int append(byte[] payload) throws IOException {
    return whole(() -> write(payload));
  }

  private int write(byte[] payload) throws IOException {
    if (payload.length > QueueFrame.PAYLOAD_BYTES_MAX) {
      throw new IOException("a result of %d bytes is too long to wait".formatted(payload.length));
    }
    long last = segments.lastKey();
    long end = segments.getOrDefault(last, 0L);
    if (cutBeforeWrite) {
      channel.truncate(end);
      cutBeforeWrite = false;
    }
    if (end >= segmentBytes) {
      startSegment(last + 1);
      last++;
      end = 0;
    }
    ByteBuffer frame = QueueFrame.of(payload);
    int bytes = frame.remaining();
    cutBeforeWrite = true; // until all of it is there: the disk may be full
    long position = end;
    while (frame.hasRemaining()) {
      position += writing.write(channel, frame, position);
    }
    cutBeforeWrite = false;
    segments.put(last, position);
    dirty = true;
    return bytes;
  }

  /** The next frames, at most so many; none when all are taken off. */
  synchronized Frames next(int framesMax) throws IOException {
    return whole(() -> read(framesMax));
  }

  private Frames read(int framesMax) throws IOException {
    List<byte[]> payloads = new ArrayList<>();
    Place place = cursor;
    long damaged = 0;
    while (payloads.size() < framesMax) {
      byte[] payload = frame(place.segment, place.offset);
      if (payload != null) {
        payloads.add(payload);
        place = new Place(place.segment, place.offset + QueueFrame.HEADER_BYTES + payload.length);
      } else {
        Long following = segments.higherKey(place.segment);
        if (following == null) {
          break;
        }
        damaged += segments.getOrDefault(place.segment, place.offset) - place.offset;
        place = new Place(following, 0);
      }
    }
    return new Frames(payloads, place, damaged);
  }

  /** All frames before that place are done with. */
  synchronized void takeOff(Place end) throws IOException {
    whole(() -> {
      pass(end);
      return end;
    });
  }

  private void pass(Place end) throws IOException {
    if (end.compareTo(cursor) > 0) {
      moveCursor(end);
      deletePassed();
    }
  }

  private void moveCursor(Place to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(CURSOR_BYTES);
    bytes.putLong(to.segment).putLong(to.offset);
    bytes.putInt(QueueFrame.checksum(bytes.array())).flip();
    cursorFile.write(bytes, 0);
    cursor = to;
  }

  /** Drops the oldest segment; returns how many frames in it had not been taken off. */
  synchronized long dropOldest() throws IOException {
    return whole(this::drop);
  }

  private long drop() throws IOException {
    long oldest = segments.firstKey();
    long frames = 0;
    long offset = cursor.segment == oldest ? cursor.offset : 0;
    for (byte[] each = frame(oldest, offset); each != null; each = frame(oldest, offset)) {
      frames++;
      offset += QueueFrame.HEADER_BYTES + each.length;
    }
    if (segments.size() == 1) {
      startSegment(oldest + 1);
    }
    pass(new Place(segments.higherKey(oldest), 0));
    return frames;
  }

  /** Bytes that are not taken off. */
  synchronized long waitingBytes() {
    long passed = segments.containsKey(cursor.segment) ? cursor.offset : 0;
    return segments.values().stream().mapToLong(Long::longValue).sum() - passed;
  }

  /** Makes what was added outlive a loss of power. */
  synchronized void force() throws IOException {
    if (dirty) {
      whole(() -> {
        channel.force(false);
        return dirty = false;
      });
    }
  }

  @Override
  public synchronized void close() throws IOException {
    force();
    closeReader();
    channel.close();
    cursorFile.close();
  }

  /** Work that may be done twice, done as a whole whoever interrupts the thread. */
  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> T whole(Work<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.run();
        } catch (ClosedByInterruptException _) {
          interrupted |= Thread.interrupted();
          openAgain();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void openAgain() throws IOException {
    closeReader();
    channel.close();
    cursorFile.close();
    channel = open(segments.lastKey());
    cursorFile = openCursor();
  }

  private void startSegment(long number) throws IOException {
    channel.force(false);
    FileChannel next = open(number);
    channel.close();
    channel = next;
    segments.put(number, 0L);
  }

  private void deletePassed() throws IOException {
    var passed = segments.headMap(Math.min(cursor.segment, segments.lastKey()));
    for (long number : passed.keySet()) {
      Files.deleteIfExists(fileOf(number));
    }
    passed.clear();
  }

  /** Null where no whole frame begins. */
  private byte @Nullable [] frame(long segment, long offset) throws IOException {
    if (segment == segments.lastKey()) {
      return QueueFrame.at(channel, offset);
    }
    if (reader == null || readerSegment != segment) {
      closeReader();
      reader = FileChannel.open(fileOf(segment));
      readerSegment = segment;
    }
    return QueueFrame.at(reader, offset);
  }

  private void closeReader() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  private @Nullable Place storedCursor() throws IOException {
    byte[] bytes = QueueFrame.read(cursorFile, 0, CURSOR_BYTES);
    if (bytes == null) {
      return null;
    }
    ByteBuffer fields = ByteBuffer.wrap(bytes);
    Place place = new Place(fields.getLong(), fields.getLong());
    int checksum = fields.getInt();
    fields.putInt(CURSOR_BYTES - Integer.BYTES, 0);
    return QueueFrame.checksum(bytes) == checksum ? place : null;
  }

  private FileChannel openCursor() throws IOException {
    return FileChannel.open(
        folder.resolve("cursor"),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  private FileChannel open(long number) throws IOException {
    return FileChannel.open(
        fileOf(number),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  private Path fileOf(long number) {
    return folder.resolve("%012d%s".formatted(number, SUFFIX));
  }

  private static long numberOf(Path file) throws IOException {
    String name = file.getFileName().toString();
    try {
      return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    } catch (NumberFormatException e) {
      throw new IOException(file + " is not a part of a queue of results; move it away", e);
    }
  }
}
