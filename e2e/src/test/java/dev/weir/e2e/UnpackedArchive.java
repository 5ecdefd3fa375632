// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An archive as an operator has it: unpacked into an empty folder, and started with nothing around
 * it but the few tools that every Linux has. There is no Maven, no JDK and no checkout on the path.
 */
final class UnpackedArchive {
  private static final Map<String, String> POSIX = Map.of("enablePosixFileAttributes", "true");

  /** All that the launcher calls. */
  private static final List<String> TOOLS =
      List.of(
          "basename",
          "cat",
          "cksum",
          "dirname",
          "env",
          "grep",
          "head",
          "mktemp",
          "mv",
          "nice",
          "readlink",
          "rm",
          "sed",
          "sync",
          "tr",
          "uname");

  private final Path folder;
  private final Path tools;

  private UnpackedArchive(Path folder, Path tools) {
    this.folder = folder;
    this.tools = tools;
  }

  /** Unpacks it with the modes that stand in it, which {@code unzip} sets too. */
  static UnpackedArchive of(Path archive, Path parent) throws IOException {
    Path folder = Files.createDirectories(parent.resolve("unpacked"));
    try (FileSystem zip = FileSystems.newFileSystem(archive, POSIX)) {
      for (String name : names(zip)) {
        Path file = zip.getPath(name);
        Path target = folder.resolve(name);
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
        Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
      }
    }
    Path tools = Files.createDirectories(parent.resolve("tools"));
    for (String tool : TOOLS) {
      Path found =
          Stream.of("/usr/bin", "/bin")
              .map(bin -> Path.of(bin, tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("this machine has no " + tool));
      Path program =
          Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return new UnpackedArchive(folder, tools);
  }

  /** The names of the files in an archive. */
  static SortedSet<String> names(Path archive) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(archive, POSIX)) {
      return names(zip);
    }
  }

  private static SortedSet<String> names(FileSystem zip) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    try (Stream<Path> all = Files.walk(zip.getPath("/"))) {
      all.filter(Files::isRegularFile).forEach(file -> names.add(file.toString().substring(1)));
    }
    return names;
  }

  Path folder() {
    return folder;
  }

  /** Where the launcher leaves what the JVM learned, once it has. */
  List<Path> startUpCaches() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".aot")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one of its programs in its folder; the environment holds these variables alone. */
  RealProcess start(Path log, Map<String, String> environment, String program, String... words) {
    List<String> command = new ArrayList<>(List.of("/usr/bin/env", "-i"));
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("PATH", tools.toString());
    variables.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(List.of("/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder.toString()));
    command.add("./" + program);
    command.addAll(List.of(words));
    return RealProcess.start(program, log, command);
  }
}
