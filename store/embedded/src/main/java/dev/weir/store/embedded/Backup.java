// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.log.WriteAheadLog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * Copies the store while it runs. The caller holds the sealer's lock, so nobody writes to the
 * engine's file; the log goes on in a new segment, so the segments that are copied do not change
 * either.
 */
final class Backup {

  private final DataFolder folder;
  private final WriteAheadLog log;

  Backup(DataFolder folder, WriteAheadLog log) {
    this.folder = folder;
    this.log = log;
  }

  /** Makes a checkpoint if it can; the copy is whole without one too. */
  @FunctionalInterface
  interface Checkpoint {
    boolean run() throws SQLException;
  }

  void copyTo(Path target, Runnable rotate, Checkpoint checkpoint, Consumer<Path> rest) {
    try {
      requireEmpty(target);
      Files.createDirectories(target.resolve("log"));
      rotate.run();
      checkpoint.run();
      copy(folder.databaseFile(), target);
      Path engineLog = Path.of(folder.databaseFile() + ".wal");
      if (Files.exists(engineLog)) {
        copy(engineLog, target);
      }
      for (Path segment : log.closedSegments()) {
        copy(segment, target.resolve("log"));
      }
      rest.accept(target);
      // Last, so that a copy that broke off is not taken for a store.
      DataFolder.writeFormat(target);
    } catch (IOException | SQLException e) {
      throw new StoreException(
          Kind.UNAVAILABLE, "backup to %s failed: %s".formatted(target, e.getMessage()), e);
    }
  }

  private static void requireEmpty(Path target) throws IOException {
    if (!Files.exists(target)) {
      Files.createDirectories(target);
      return;
    }
    if (!Files.isDirectory(target)) {
      throw new StoreException(Kind.BAD_REQUEST, "backup target " + target + " is not a folder");
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(target)) {
      if (files.iterator().hasNext()) {
        throw new StoreException(Kind.BAD_REQUEST, "backup target " + target + " is not empty");
      }
    }
  }

  private static void copy(Path file, Path folder) throws IOException {
    Files.copy(file, folder.resolve(file.getFileName()));
  }
}
