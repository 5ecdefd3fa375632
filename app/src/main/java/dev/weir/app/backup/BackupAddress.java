// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.backup;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the socket of a data folder is. */
final class BackupAddress {

  /** Socket addresses are short: 108 bytes with the closing zero on Linux, 104 on macOS. */
  private static final int SOCKET_PATH_BYTES_MAX = 100;

  private static final String NAME = "weir.sock";

  private BackupAddress() {}

  /** The file in the data folder: the socket, or a link to one elsewhere. */
  static Path file(Path dataDir) {
    return dataDir.toAbsolutePath().normalize().resolve(NAME);
  }

  static boolean fits(Path socket) {
    return socket.toString().getBytes(StandardCharsets.UTF_8).length <= SOCKET_PATH_BYTES_MAX;
  }

  /** The address to connect to. */
  static UnixDomainSocketAddress of(Path dataDir) throws IOException {
    Path file = file(dataDir);
    return UnixDomainSocketAddress.of(
        Files.isSymbolicLink(file) ? Files.readSymbolicLink(file) : file);
  }
}
