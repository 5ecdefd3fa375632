// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** A zip file that is the same whenever its contents are: order, times and modes are given. */
final class ArchiveFile {

  private static final Set<String> SCRIPTS = Set.of("weir", "bootstrap");
  private static final int BUFFER_BYTES = 1 << 16;

  private ArchiveFile() {}

  /**
   * Writes it, in place of a former one once it is whole.
   *
   * @param root of all names in the archive: empty, or ending in a slash
   * @param contents the file behind each name
   */
  static void write(Path archive, String root, SortedMap<String, Path> contents, Instant time)
      throws IOException {
    Path fresh = archive.resolveSibling(archive.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Map<String, Object> options = Map.of("create", "true", "enablePosixFileAttributes", "true");
    try (FileSystem zip = FileSystems.newFileSystem(fresh, options)) {
      SortedSet<Path> folders = new TreeSet<>();
      for (Map.Entry<String, Path> content : contents.entrySet()) {
        Path entry = zip.getPath(root + content.getKey());
        for (Path up = entry.getParent(); up != null; up = up.getParent()) {
          folders.add(up);
        }
        if (entry.getParent() != null) {
          Files.createDirectories(entry.getParent());
        }
        Files.copy(content.getValue(), entry);
        boolean runs = isProgram(content.getKey(), content.getValue());
        Files.setPosixFilePermissions(
            entry, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
        setTimes(entry, time);
      }
      for (Path folder : folders) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        setTimes(folder, time);
      }
    }
    Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isProgram(String name, Path file) {
    return SCRIPTS.contains(name) || name.startsWith("runtime/") && Files.isExecutable(file);
  }

  private static void setTimes(Path entry, Instant time) throws IOException {
    FileTime stamp = FileTime.from(time);
    Files.getFileAttributeView(entry, BasicFileAttributeView.class).setTimes(stamp, stamp, stamp);
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
