// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folder that a backup goes into. */
final class BackupFolder {

  private BackupFolder() {}

  /** A folder can't take a backup; the message is for the operator. */
  static final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitException(String message) {
      super(message);
    }
  }

  /** Makes the folder, or sees that it is empty. */
  static void prepare(Path folder) throws UnfitException {
    try {
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw new UnfitException(folder + " is a file; name a new or empty folder");
      }
      Files.createDirectories(folder);
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new UnfitException(folder + " is not empty; name a new or empty folder");
        }
      }
    } catch (IOException e) {
      throw new UnfitException(folder + " cannot be made or read: " + e.getClass().getSimpleName());
    }
  }
}
