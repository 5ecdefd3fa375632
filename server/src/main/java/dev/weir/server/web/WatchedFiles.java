// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Files that were read together, and how each looked just before. */
public final class WatchedFiles {

  /** Certificates and web configs are a few KiB; this only keeps a device or a log out. */
  private static final long FILE_BYTES_MAX = 4L << 20;

  private final Map<Path, String> seen = new LinkedHashMap<>();

  /**
   * Reads a text and remembers the file.
   *
   * @throws ServerConfigException when it can't be read
   */
  public String read(Path path) {
    seen.put(path, look(path));
    try {
      if (Files.size(path) > FILE_BYTES_MAX) {
        throw new ServerConfigException(path + " is larger than " + FILE_BYTES_MAX + " bytes");
      }
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new ServerConfigException(path + " does not exist", e);
    } catch (IOException e) {
      throw new ServerConfigException(path + " can't be read: " + e.getMessage(), e);
    }
  }

  String read(PemSource source) {
    return switch (source) {
      case PemSource.File(Path path) -> read(path);
      case PemSource.Inline inline -> inline.text();
    };
  }

  /** Whether a file looks different now. */
  boolean changed() {
    return seen.entrySet().stream().anyMatch(file -> !look(file.getKey()).equals(file.getValue()));
  }

  private static String look(Path path) {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return now.lastModifiedTime().toInstant()
          + " "
          + now.size()
          + " "
          + Objects.toString(now.fileKey());
    } catch (IOException _) {
      return "absent";
    }
  }
}
