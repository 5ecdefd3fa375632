// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.embedded;

import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * DuckDB's driver unpacks its native library (70 MB) into the folder for temporary files each time
 * it is loaded, and leaves it there when the process is killed. So it is loaded while that folder
 * is the data folder's own, which is emptied at start.
 */
final class NativeLibrary {

  private static final String FOLDER_PROPERTY = "java.io.tmpdir";
  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads the library once per process. Only effective before the JDK has made a temporary file.
   */
  static synchronized void unpackInto(Path folder) {
    if (loaded) {
      return;
    }
    String before = System.getProperty(FOLDER_PROPERTY);
    System.setProperty(FOLDER_PROPERTY, folder.toString());
    try {
      DriverManager.getConnection("jdbc:duckdb:").close();
      loaded = true;
    } catch (SQLException | LinkageError e) {
      throw new StoreException(Kind.UNAVAILABLE, "DuckDB can't be loaded: " + e.getMessage(), e);
    } finally {
      System.setProperty(FOLDER_PROPERTY, before);
    }
  }
}
