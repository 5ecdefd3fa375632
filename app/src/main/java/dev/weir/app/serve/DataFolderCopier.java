// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.backup.StoreCopier;
import dev.weir.store.StoreException;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import dev.weir.store.embedded.document.FileDocuments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Copies a data folder: the embedded store where it has one, and the documents. Progress is what
 * has arrived in the target.
 */
final class DataFolderCopier implements StoreCopier {

  private static final Duration PROGRESS_PAUSE = Duration.ofMillis(500);

  private final Consumer<Path> copy;
  private final Path dataDir;

  private DataFolderCopier(Consumer<Path> copy, Path dataDir) {
    this.copy = copy;
    this.dataDir = dataDir;
  }

  /** Copies a store and its documents, both open. */
  static StoreCopier of(EmbeddedStore store, FileDocuments documents, Path dataDir) {
    return new DataFolderCopier(folder -> store.backup(folder, documents::backup), dataDir);
  }

  /** Copies open documents, where points are kept elsewhere. */
  static StoreCopier of(FileDocuments documents, Path dataDir) {
    return new DataFolderCopier(documents::backup, dataDir);
  }

  /** Copies a folder that no Weir has open: opens it, with its locks, for the time of the copy. */
  static StoreCopier closed(Path dataDir) {
    return (folder, progress) -> {
      boolean points = Files.exists(dataDir.resolve("format"));
      if (!points && !FileDocuments.areIn(dataDir)) {
        throw new StoreException(
            StoreException.Kind.NOT_FOUND, dataDir + " holds no store; name one with --data-dir");
      }
      try (FileDocuments documents = FileDocuments.open(dataDir)) {
        if (!points) {
          return of(documents, dataDir).copyTo(folder, progress);
        }
        try (EmbeddedStore store = EmbeddedStore.open(EmbeddedStoreOptions.of(dataDir))) {
          return of(store, documents, dataDir).copyTo(folder, progress);
        }
      }
    };
  }

  @Override
  public Copied copyTo(Path folder, Progress progress) throws IOException {
    long total = size(dataDir).bytes();
    FutureTask<Boolean> copied = new FutureTask<>(() -> copy.accept(folder), true);
    Thread copier = Thread.ofPlatform().name("backup-copy").start(copied);
    try {
      while (!copier.join(PROGRESS_PAUSE)) {
        progress.copied(Math.min(size(folder).bytes(), total), total);
      }
      copied.get();
      sync(folder);
      return size(folder);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw new StoreException(
          StoreException.Kind.INTERNAL, "the backup failed inside the store", e.getCause());
    } catch (InterruptedException | CancellationException e) {
      copier.interrupt();
      throw new StoreException(StoreException.Kind.CANCELLED, "the backup was interrupted", e);
    }
  }

  /** Makes the copy survive a power cut, as what it is a copy of would. */
  private static void sync(Path folder) throws IOException {
    for (Path file : files(folder)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Copied size(Path folder) throws IOException {
    List<Path> files = files(folder);
    long bytes = 0;
    for (Path file : files) {
      try {
        bytes += Files.size(file);
      } catch (NoSuchFileException _) {
        // The running store may remove its files while they are counted.
      }
    }
    return new Copied(files.size(), bytes);
  }
}
