// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How segment files are opened; tests hand in one whose channels run out of space. */
@FunctionalInterface
public interface SegmentFiles {

  /** Opens a file to read and write, and makes it where it is missing. */
  FileChannel open(Path file) throws IOException;

  /** Plain files. */
  static SegmentFiles plain() {
    return file ->
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
