// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A Java runtime with what the connector needs, linked from the JDK that builds. A JDK links for
 * its own platform alone: the other architecture's comes from a build there.
 *
 * @param architecture as in the archive's name
 * @param release what the file {@code release} says, by key
 */
record RuntimeImage(Path folder, String architecture, Map<String, String> release) {

  /**
   * What is not said by the jars' own needs: {@code jdk.net} for keep-alive settings of sockets,
   * {@code java.security.jgss} for the HTTP client's classes, {@code jdk.management} for the JVM's
   * metrics. Jetty names {@code java.desktop} and {@code java.sql} in classes that are not used.
   */
  private static final String MODULES =
      "java.base,java.logging,java.management,java.naming,java.security.jgss,java.xml,"
          + "jdk.management,jdk.net,jdk.unsupported";

  private static final Map<String, String> ARCHITECTURES =
      Map.of("x86_64", "x64", "aarch64", "arm64");

  /** Links it, unless the same stands there already; empty where that is not possible. */
  static Optional<RuntimeImage> ofThisMachine(Path parent) throws Exception {
    Path home = Path.of(System.getProperty("java.home"));
    Map<String, String> release = release(home);
    String architecture = ARCHITECTURES.get(release.getOrDefault("OS_ARCH", ""));
    // The C library counts: a runtime for musl does not start on Amazon Linux.
    if (!release.getOrDefault("OS_NAME", "").equals("Linux")
        || !release.getOrDefault("LIBC", "gnu").equals("gnu")
        || architecture == null) {
      AssembleArchives.say("this JDK links no Java runtime for Linux: " + home);
      return Optional.empty();
    }
    Path folder = parent.resolve("runtime");
    List<String> command =
        List.of(
            home.resolve("bin/jlink").toString(),
            "--add-modules=" + MODULES,
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--compress=zip-6",
            "--release-info=" + home.resolve("release"),
            "--output=" + folder);
    Path stamp = parent.resolve("runtime.made");
    String made = String.join("\n", command) + Files.readString(home.resolve("release"));
    if (!Files.exists(stamp) || !Files.readString(stamp).equals(made)) {
      Files.deleteIfExists(stamp);
      delete(folder);
      Optional<String> failure = run(command);
      if (failure.isPresent()) {
        AssembleArchives.say("no Java runtime was linked: " + failure.get());
        return Optional.empty();
      }
      Files.writeString(stamp, made);
    }
    return Optional.of(new RuntimeImage(folder, architecture, release));
  }

  /** Its files by their name in the archive. Links to the same licence become that licence. */
  SortedMap<String, Path> files() throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put("runtime/" + folder.relativize(file), file);
      }
    }
    return files;
  }

  private static Map<String, String> release(Path home) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      properties.load(in);
    }
    Map<String, String> release = new TreeMap<>();
    properties.forEach(
        (key, value) -> release.put((String) key, ((String) value).replace("\"", "")));
    return release;
  }

  private static Optional<String> run(List<String> command)
      throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.empty() : Optional.of(output.strip());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(all::add);
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
