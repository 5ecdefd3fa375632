// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Names of files. */
public final class FolderNames {

  private FolderNames() {}

  /** Makes the names in a folder durable, as Linux wants it: made, changed and deleted ones. */
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }
}
