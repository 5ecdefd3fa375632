// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.document;

import dev.weir.document.Document;
import dev.weir.document.DocumentChange;
import dev.weir.store.embedded.folder.FolderNames;
import dev.weir.store.embedded.log.FrameFile;
import dev.weir.store.embedded.log.SegmentFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of changes. When it has doubled since it was last written anew, the documents that are
 * there are written to a new file, which takes its place. For one thread at a time.
 */
final class DocumentFile implements AutoCloseable {

  static final String NAME = "documents.log";

  /** Below this a file is never written anew. */
  static final long COMPACT_BYTES_MIN = 1L << 20;

  /** Text in one frame of a file that is written anew, give or take a document. */
  private static final int FRAME_CHARS = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(DocumentFile.class);

  private final Path folder;
  private final Path file;
  private final SegmentFiles files;
  private FrameFile frames;
  private long compactAboveBytes;

  /** False where the folder may still show an older file after a power cut. */
  private boolean nameIsDurable = true;

  private DocumentFile(Path folder, SegmentFiles files, FrameFile frames) {
    this.folder = folder;
    this.file = folder.resolve(NAME);
    this.files = files;
    this.frames = frames;
  }

  /**
   * Opens the file of a folder, makes it where it is missing, and cuts a torn tail off.
   *
   * @param read takes what it says
   */
  static DocumentFile open(Path folder, SegmentFiles files, DocumentFrames read)
      throws IOException {
    Path file = folder.resolve(NAME);
    Files.deleteIfExists(made(file));
    FrameFile frames = FrameFile.open(file, files);
    try {
      frames.read(true, read::read);
      if (!read.headRead()) {
        frames.append(DocumentFrames.head(0));
      }
      FolderNames.sync(folder);
    } catch (IOException | RuntimeException e) {
      frames.close();
      throw e;
    }
    DocumentFile opened = new DocumentFile(folder, files, frames);
    opened.compactAboveBytes = above(2 * chars(read.documents()));
    return opened;
  }

  /** Writes and syncs changes; when this throws, none of them is there. */
  void append(List<DocumentChange> changes, Collection<Document> before) throws IOException {
    if (frames.size() > compactAboveBytes) {
      compact(before, changes.getFirst().sequence() - 1);
    }
    if (!nameIsDurable) {
      FolderNames.sync(folder);
      nameIsDurable = true;
    }
    frames.append(DocumentFrames.changes(changes));
  }

  /** Writes documents, and nothing else, to the file of a folder that has none yet. */
  static void write(Path folder, SegmentFiles files, Collection<Document> documents, long sequence)
      throws IOException {
    write(FrameFile.open(folder.resolve(NAME), files), documents, sequence).close();
    FolderNames.sync(folder);
  }

  long sizeBytes() {
    return frames.size();
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }

  private void compact(Collection<Document> documents, long sequence) {
    Path made = made(file);
    try {
      Files.deleteIfExists(made);
      FrameFile fresh = write(FrameFile.open(made, files), documents, sequence);
      try {
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        fresh.close();
        throw e;
      }
      nameIsDurable = false;
      FrameFile old = frames;
      frames = fresh;
      old.close();
    } catch (IOException e) {
      // The file as it is will do; a full disk may be why, and the change itself needs less room.
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("Documents were not written anew");
      delete(made);
    }
    compactAboveBytes = above(2 * frames.size());
  }

  /** Gives the room back that a broken-off file takes. */
  private static void delete(Path made) {
    try {
      Files.deleteIfExists(made);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", made).setCause(e).log("A file could not be deleted");
    }
  }

  /** Returns the same file; closes it where that fails. */
  private static FrameFile write(FrameFile target, Collection<Document> documents, long sequence)
      throws IOException {
    try {
      target.append(DocumentFrames.head(sequence));
      List<Document> together = new ArrayList<>();
      long chars = 0;
      for (Document document : documents) {
        together.add(document);
        chars += document.json().length();
        if (chars >= FRAME_CHARS) {
          target.append(DocumentFrames.documents(together, sequence));
          together.clear();
          chars = 0;
        }
      }
      if (!together.isEmpty()) {
        target.append(DocumentFrames.documents(together, sequence));
      }
      return target;
    } catch (IOException e) {
      target.close();
      throw e;
    }
  }

  private static long above(long bytes) {
    return Math.max(COMPACT_BYTES_MIN, bytes);
  }

  private static long chars(Collection<Document> documents) {
    return documents.stream()
        .mapToLong(document -> document.key().id().length() + document.json().length())
        .sum();
  }

  private static Path made(Path file) {
    return file.resolveSibling(NAME + ".new");
  }
}
