// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import dev.weir.app.backup.BackupServer;
import dev.weir.app.backup.StoreCopier;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where {@code weir backup} asks a running Weir for a copy; the connector has none. */
final class BackupSocket {

  private static final Logger LOG = LoggerFactory.getLogger(BackupSocket.class);

  private BackupSocket() {}

  /** Lets {@code weir backup} ask for a copy of a data folder, until the parts stop. */
  static void open(RunningParts parts, Path dataDir, StoreCopier copier) {
    try {
      BackupServer backups = BackupServer.open(dataDir, copier);
      parts.add(backups::close);
    } catch (IOException | UnsupportedOperationException e) {
      // A full disk may be why, or a file system without sockets or modes; what is kept can still
      // be read, so that is no reason not to start.
      LOG.warn("There is no backup socket; weir backup will not work until a restart", e);
    }
  }
}
