// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What packaging left for download, in the folder of {@code app}. */
final class BuiltArchives {
  private BuiltArchives() {}

  static Path folder() {
    return Path.of(System.getProperty("weir.e2e.archives", "../app/target"));
  }

  /** Each with the sum that stands beside it, by name. */
  static Map<String, String> sums() throws IOException {
    Map<String, String> sums = new TreeMap<>();
    for (String line : Files.readAllLines(folder().resolve("SHA256SUMS"))) {
      String[] parts = line.split(" {2}");
      sums.put(parts[1], parts[0]);
    }
    return sums;
  }

  static Path weir() throws IOException {
    return sums().keySet().stream()
        .filter(name -> !name.contains("connector"))
        .map(name -> folder().resolve(name))
        .findFirst()
        .orElseThrow();
  }

  static Path connector(String architecture) {
    return only("weir-connector-linux-" + architecture + "-");
  }

  static Path connectorOfThisMachine() {
    return connector(architecture());
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
  }

  static boolean hasRuntimeForThisMachine() {
    try {
      return UnpackedArchive.names(connectorOfThisMachine()).contains("runtime/bin/java");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the environment: nothing where the archive brings a Java. */
  static Map<String, String> javaIfItNeedsOne() {
    return hasRuntimeForThisMachine()
        ? Map.of()
        : Map.of("JAVA_HOME", System.getProperty("java.home"));
  }

  /** The sums name what the last build made; others may lie beside it. */
  private static Path only(String start) {
    try {
      return sums().keySet().stream()
          .filter(name -> name.startsWith(start))
          .map(name -> folder().resolve(name))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
