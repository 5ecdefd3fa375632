// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.document;

import dev.weir.document.Document;
import dev.weir.document.DocumentChange;
import dev.weir.document.DocumentKey;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.log.ByteSink;
import dev.weir.store.embedded.log.ByteSource;
import dev.weir.store.embedded.log.FrameFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the frames of the file say. The first one: format, sequence of the last change before the
 * file was made. Each other one: sequence of its last change, and documents that are there from now
 * on, or gone.
 */
final class DocumentFrames {

  /** What this program writes; a newer one is refused. */
  static final int FORMAT = 1;

  private static final int HEAD = 'W';
  private static final int EDITS = 'E';
  private static final int PUT = 1;
  private static final int GONE = 2;

  private final Path file;
  private final Map<DocumentKey, Document> documents = new TreeMap<>();
  private boolean headRead;
  private long sequence;

  DocumentFrames(Path file) {
    this.file = file;
  }

  /** What all frames together say. */
  Collection<Document> documents() {
    return documents.values();
  }

  /** Of the last change. */
  long sequence() {
    return sequence;
  }

  /** Whether the file has begun; a kill at the very first moment leaves it empty. */
  boolean headRead() {
    return headRead;
  }

  void read(ByteSource frame) {
    try {
      int kind = frame.getByte();
      if (headRead ? kind != EDITS : kind != HEAD) {
        throw damaged();
      }
      if (headRead) {
        readEdits(frame);
      } else {
        readHead(frame);
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      throw damaged();
    }
  }

  static ByteSink head(long sequence) {
    ByteSink sink = frame(HEAD);
    sink.putVarint(FORMAT);
    sink.putVarint(sequence);
    return sink;
  }

  static ByteSink changes(List<DocumentChange> changes) {
    ByteSink sink = frame(EDITS);
    sink.putVarint(changes.getLast().sequence());
    for (DocumentChange change : changes) {
      Document after = change.after();
      if (after == null) {
        sink.putByte(GONE);
        put(change.key(), sink);
      } else {
        put(after, sink);
      }
    }
    return sink;
  }

  /** Documents as they are, in a file that begins with that sequence. */
  static ByteSink documents(List<Document> documents, long sequence) {
    ByteSink sink = frame(EDITS);
    sink.putVarint(sequence);
    documents.forEach(document -> put(document, sink));
    return sink;
  }

  private static ByteSink frame(int kind) {
    ByteSink sink = new ByteSink();
    sink.skip(FrameFile.HEADER_BYTES);
    sink.putByte(kind);
    return sink;
  }

  private static void put(Document document, ByteSink sink) {
    sink.putByte(PUT);
    put(document.key(), sink);
    sink.putVarint(document.version());
    sink.putString(document.json());
  }

  private static void put(DocumentKey key, ByteSink sink) {
    sink.putString(key.collection());
    sink.putString(key.id());
  }

  private void readHead(ByteSource frame) {
    long format = frame.getVarint();
    if (format > FORMAT) {
      throw new StoreException(
          Kind.CONFLICT,
          "documents %s have format %d, this Weir knows up to %d: use a newer Weir"
              .formatted(file, format, FORMAT));
    }
    sequence = frame.getVarint();
    headRead = true;
  }

  private void readEdits(ByteSource frame) {
    sequence = frame.getVarint();
    while (frame.hasMore()) {
      int what = frame.getByte();
      DocumentKey key = new DocumentKey(frame.getString(), frame.getString());
      switch (what) {
        case PUT -> documents.put(key, new Document(key, frame.getVarint(), frame.getString()));
        case GONE -> documents.remove(key);
        default -> throw damaged();
      }
    }
  }

  private StoreException damaged() {
    return new StoreException(
        Kind.UNAVAILABLE,
        "documents %s are damaged: restore the data folder from a backup".formatted(file));
  }
}
