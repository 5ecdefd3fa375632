// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import dev.weir.store.embedded.folder.FolderLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folder that holds a store: {@code weir.lock} (locked while in use, holds the owner's pid),
 * {@code format} (a version number), {@code weir.duckdb}, {@code log/} and {@code tmp/}.
 */
final class DataFolder implements AutoCloseable {

  /**
   * What this program writes. 1 knew Weir's own tables only; 2 has databases, tables and settings
   * of an owner. An older folder is brought to this one when it is opened.
   */
  static final int FORMAT = 2;

  private final Path root;
  private final FolderLock lock;

  private DataFolder(Path root, FolderLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Opens a folder, makes it where it is missing, and locks it.
   *
   * @throws StoreException in one line for people, when it is in use, too new, or can't be written
   */
  static DataFolder open(Path root) {
    try {
      if (Files.exists(root) && !Files.isDirectory(root)) {
        throw new StoreException(
            Kind.UNAVAILABLE,
            "data folder %s can't be used: it is a file; name a folder".formatted(root));
      }
      Files.createDirectories(root);
      FolderLock lock = FolderLock.take(root, root);
      try {
        DataFolder folder = new DataFolder(root, lock);
        folder.checkFormat();
        Files.createDirectories(folder.temporary());
        folder.clearTemporary();
        return folder;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException(
          Kind.UNAVAILABLE, "data folder %s can't be used: %s".formatted(root, reason(e)), e);
    }
  }

  Path root() {
    return root;
  }

  Path databaseFile() {
    return root.resolve("weir.duckdb");
  }

  Path log() {
    return root.resolve("log");
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  long usableBytes() throws IOException {
    return Files.getFileStore(root).getUsableSpace();
  }

  @Override
  public void close() {
    lock.close();
  }

  static void writeFormat(Path root) throws IOException {
    // In one step: a half-made file would be taken for an unknown format.
    Path made = Files.writeString(root.resolve("format.new"), FORMAT + "\n");
    Files.move(made, root.resolve("format"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void checkFormat() throws IOException {
    Path file = root.resolve("format");
    if (!Files.exists(file)) {
      if (Files.exists(databaseFile())) {
        // A backup writes the version last.
        throw new StoreException(
            Kind.CONFLICT,
            "data folder %s has data but no file format: a backup that broke off? use a whole one"
                .formatted(root));
      }
      writeFormat(root);
      return;
    }
    String text = Files.readString(file).strip();
    int version;
    try {
      version = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new StoreException(
          Kind.CONFLICT, "file %s holds \"%s\" and no version number".formatted(file, text));
    }
    if (version > FORMAT) {
      throw new StoreException(
          Kind.CONFLICT,
          "data folder %s has format %d, this Weir knows up to %d: use a newer Weir"
              .formatted(root, version, FORMAT));
    }
    if (version < FORMAT) {
      // Before anything else changes: a Weir that knows only the old format must not open what
      // this one has begun to write. What the file lacks is made when it is opened.
      writeFormat(root);
    }
  }

  /** What queries of a killed process spilled. */
  private void clearTemporary() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary())) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          Files.delete(file);
        }
      }
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
  }
}
