// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.document;

import dev.weir.document.Document;
import dev.weir.document.DocumentChange;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.FollowedDocuments;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.folder.FolderLock;
import dev.weir.store.embedded.folder.FolderNames;
import dev.weir.store.embedded.log.CorruptLogException;
import dev.weir.store.embedded.log.SegmentFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Documents in the folder {@code documents} of a data folder. One process has them at a time.
 * Thread-safe.
 */
public final class FileDocuments implements FollowedDocuments, AutoCloseable {

  private final FolderLock lock;
  private final DocumentFile file;
  private final HeldDocuments held;

  /** Writes for whoever edits: an interrupt of the caller would close the file under everybody. */
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("weir-documents").factory());

  private FileDocuments(FolderLock lock, DocumentFile file, DocumentFrames read) {
    this.lock = lock;
    this.file = file;
    this.held = new HeldDocuments(this::write, read.documents(), read.sequence());
  }

  /**
   * Opens the documents of a data folder, and makes it where it is missing.
   *
   * @throws StoreException in one line for people, where they are in use, damaged or of a newer
   *     Weir, or can't be written
   */
  public static FileDocuments open(Path dataDir) {
    return open(dataDir, SegmentFiles.plain());
  }

  static FileDocuments open(Path dataDir, SegmentFiles files) {
    Path folder = folder(dataDir);
    try {
      Files.createDirectories(folder);
      FolderNames.sync(dataDir);
      FolderLock lock = FolderLock.take(folder, dataDir);
      try {
        DocumentFrames read = new DocumentFrames(folder.resolve(DocumentFile.NAME));
        return new FileDocuments(lock, DocumentFile.open(folder, files, read), read);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (CorruptLogException e) {
      throw new StoreException(Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new StoreException(
          Kind.UNAVAILABLE, "documents in %s can't be used: %s".formatted(folder, reason(e)), e);
    }
  }

  /** Whether a data folder has documents. */
  public static boolean areIn(Path dataDir) {
    return Files.exists(folder(dataDir).resolve(DocumentFile.NAME));
  }

  @Override
  public Optional<Document> get(DocumentKey key) {
    return held.get(key);
  }

  @Override
  public List<Document> list(String collection, @Nullable String afterId, int limit) {
    return held.list(collection, afterId, limit);
  }

  @Override
  public List<Document> apply(List<DocumentEdit> edits) {
    return held.apply(edits);
  }

  @Override
  public Subscription follow(String collection, Consumer<DocumentChange> listener) {
    return held.follow(collection, listener);
  }

  /**
   * Copies all documents as they are now. Edits wait meanwhile.
   *
   * @param dataDir the copy's data folder, without documents
   */
  public void backup(Path dataDir) {
    Path folder = folder(dataDir);
    held.read((documents, sequence) ->
        written(
            () -> {
              Files.createDirectories(folder);
              DocumentFile.write(folder, SegmentFiles.plain(), documents, sequence);
              FolderNames.sync(dataDir);
            },
            "documents can't be copied to " + folder));
  }

  /** Bytes of the file. */
  public long storedBytes() {
    return file.sizeBytes();
  }

  /** Ends after the edits that were taken are durable. */
  @Override
  public void close() {
    writer.close();
    held.close();
    try {
      file.close();
    } catch (IOException e) {
      throw new StoreException(Kind.INTERNAL, "the documents can't be closed", e);
    } finally {
      lock.close();
    }
  }

  private void write(List<DocumentChange> changes, Collection<Document> before) {
    written(() -> file.append(changes, before), "documents can't be written");
  }

  private void written(Work work, String failure) {
    try {
      CompletableFuture.runAsync(
              () -> {
                try {
                  work.run();
                } catch (IOException e) {
                  throw new StoreException(Kind.UNAVAILABLE, failure + ": " + reason(e), e);
                }
              },
              writer)
          .join();
    } catch (RejectedExecutionException e) {
      throw new StoreException(Kind.UNAVAILABLE, failure + ": Weir is stopping", e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException told) {
        throw told;
      }
      throw new StoreException(Kind.INTERNAL, failure, e.getCause());
    }
  }

  private static Path folder(Path dataDir) {
    return dataDir.resolve("documents");
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
  }

  /** Something that writes files. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }
}
