// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * DuckDB's driver unpacks its native library (70 MB) into the folder for temporary files each time
 * it is loaded, and would leave it there when the process is killed. On Linux a file that is in use
 * can be deleted, so it is deleted as soon as it is loaded.
 */
final class NativeLibrary {

  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final String UNPACKED_NAME = "libduckdb_java";
  private static boolean loaded;

  private NativeLibrary() {}

  /** Loads the library once per process. */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    try {
      DriverManager.getConnection("jdbc:duckdb:").close();
      loaded = true;
    } catch (SQLException | LinkageError e) {
      throw new StoreException(Kind.UNAVAILABLE, "DuckDB can't be loaded: " + e.getMessage(), e);
    }
    deleteUnpacked();
  }

  private static void deleteUnpacked() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().normalize();
    try (var lines = Files.lines(MAPS, StandardCharsets.ISO_8859_1)) {
      lines
          .filter(line -> line.contains(UNPACKED_NAME) && line.indexOf('/') >= 0)
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          // Not one that an operator has put beside the driver.
          .filter(file -> folder.equals(file.getParent()))
          .distinct()
          .forEach(NativeLibrary::delete);
    } catch (IOException e) {
      return; // Not Linux: the file goes away when the process ends well.
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
