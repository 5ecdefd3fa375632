// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit.script;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The scripts of the kit: every {@code *.script} among its resources. */
public final class Scripts {

  private static final String FOLDER = "/dev/weir/store/kit/scripts";

  private Scripts() {}

  /** All scripts, by name of file. */
  public static List<Script> all() {
    try {
      URI folder = requireNonNull(Scripts.class.getResource(FOLDER), FOLDER).toURI();
      if (!"jar".equals(folder.getScheme())) {
        return read(Path.of(folder));
      }
      try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
        return read(jar.getPath(FOLDER));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Script> read(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".script"))
          .sorted()
          .map(Scripts::readFile)
          .toList();
    }
  }

  private static Script readFile(Path file) {
    try {
      return ScriptReader.read(String.valueOf(file.getFileName()), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
