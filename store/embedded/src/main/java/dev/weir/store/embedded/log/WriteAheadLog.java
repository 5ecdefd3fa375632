// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.log;

import dev.weir.store.embedded.folder.FolderNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * The segments of one data folder. One thread appends; {@link #deleteThrough} may come from
 * another.
 *
 * <p>Only the last segment can end in a torn frame, and only after a crash.
 */
public final class WriteAheadLog implements AutoCloseable {

  /** Room for the frame's header at the start of each record that is handed to {@link #append}. */
  public static final int HEADER_BYTES = FrameFile.HEADER_BYTES;

  private static final String SUFFIX = ".log";

  private final Path folder;
  private final SegmentFiles files;
  private final TreeMap<Long, Path> segments = new TreeMap<>();
  private FrameFile current;
  private long number;

  private WriteAheadLog(Path folder, SegmentFiles files, long firstNumber) throws IOException {
    this.folder = folder;
    this.files = files;
    this.number = firstNumber;
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : found) {
        segments.put(numberOf(file), file);
      }
    }
    if (!segments.isEmpty()) {
      this.number = Math.max(segments.lastKey(), firstNumber);
    }
    Path file = segments.computeIfAbsent(number, this::fileOf);
    this.current = FrameFile.open(file, files);
  }

  /**
   * Opens the log of a folder. Segments up to {@code sealedThrough} are deleted unread; every frame
   * of the others is handed over with its segment's number, oldest first. Appends go on in the last
   * one.
   */
  public static WriteAheadLog open(
      Path folder, SegmentFiles files, long sealedThrough, ObjLongConsumer<ByteSource> frames)
      throws IOException {
    Files.createDirectories(folder);
    WriteAheadLog log = new WriteAheadLog(folder, files, sealedThrough + 1);
    log.deleteThrough(sealedThrough);
    log.refuseGaps(sealedThrough + 1);
    for (var entry : List.copyOf(log.segments.entrySet())) {
      boolean last = entry.getKey() == log.number;
      if (last) {
        long segment = entry.getKey();
        log.current.read(true, frame -> frames.accept(frame, segment));
      } else {
        readWhole(entry.getValue(), files, frame -> frames.accept(frame, entry.getKey()));
      }
    }
    FolderNames.sync(folder);
    return log;
  }

  /** The segment that appends go to. */
  public long currentSegment() {
    return number;
  }

  /** Bytes in the segment that appends go to. */
  public long currentBytes() {
    return current.size();
  }

  /** Bytes in all segments, as far as the file system tells. */
  public synchronized long totalBytes() {
    long total = 0;
    for (Path file : segments.values()) {
      try {
        total += Files.size(file);
      } catch (IOException e) {
        continue; // deleted meanwhile
      }
    }
    return total;
  }

  /** The files of all segments before the current one. */
  public synchronized List<Path> closedSegments() {
    return List.copyOf(segments.headMap(number).values());
  }

  /**
   * Writes a record and syncs it. Its first {@link #HEADER_BYTES} are overwritten.
   *
   * @throws IOException when it is not durable; nothing of it will be read at the next start
   */
  public void append(ByteSink record) throws IOException {
    current.append(record);
  }

  /** Starts a new segment; the current one will not be written again. */
  public void rotate() throws IOException {
    current.cutIfNeeded();
    long next = number + 1;
    Path file = fileOf(next);
    FrameFile opened = FrameFile.open(file, files);
    FolderNames.sync(folder);
    current.close();
    synchronized (this) {
      segments.put(next, file);
      current = opened;
      number = next;
    }
  }

  /** Deletes the segments up to that number, but never the current one. */
  public synchronized void deleteThrough(long sealed) throws IOException {
    var old = segments.headMap(Math.min(sealed, number - 1), true);
    for (Path file : old.values()) {
      Files.deleteIfExists(file);
    }
    old.clear();
  }

  @Override
  public void close() throws IOException {
    current.close();
  }

  private Path fileOf(long segment) {
    return folder.resolve("%012d%s".formatted(segment, SUFFIX));
  }

  private static long numberOf(Path file) {
    String name = file.getFileName().toString();
    try {
      return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    } catch (NumberFormatException e) {
      throw new CorruptLogException("log segment " + file + " has no number for a name");
    }
  }

  /** A segment that is gone, or a file that covers less than it did, is lost data, not a start. */
  private void refuseGaps(long firstNumber) {
    long expected = firstNumber;
    for (var found : segments.entrySet()) {
      if (found.getKey() != expected) {
        throw new CorruptLogException(
            "log segment %s is missing, and %s is there; restore the whole folder from a backup"
                .formatted(fileOf(expected), found.getValue().getFileName()));
      }
      expected++;
    }
  }

  private static void readWhole(Path file, SegmentFiles files, Consumer<ByteSource> frames)
      throws IOException {
    try (FrameFile segment = FrameFile.open(file, files)) {
      segment.read(false, frames);
    }
  }
}
