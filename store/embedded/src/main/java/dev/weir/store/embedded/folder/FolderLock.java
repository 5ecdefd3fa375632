// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded.folder;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that one process has locked; it holds the process' pid. A kill lets go of it. */
public final class FolderLock implements AutoCloseable {

  private static final String NAME = "weir.lock";

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a folder that is there.
   *
   * @param dataDir what the person named, for the message
   * @throws StoreException {@code CONFLICT} in one line where another process has it
   */
  public static FolderLock take(Path folder, Path dataDir) throws IOException {
    Path file = folder.resolve(NAME);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null; // by this very process
    }
    if (lock == null) {
      channel.close();
      throw new StoreException(
          Kind.CONFLICT,
          "data folder %s is in use by process %s: stop it, or name another folder with --data-dir"
              .formatted(dataDir, Files.readString(file).strip()));
    }
    channel.truncate(0);
    String pid = ProcessHandle.current().pid() + "\n";
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    return new FolderLock(file, channel);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException(Kind.INTERNAL, "the lock " + file + " can't be released", e);
    }
  }
}
