// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command line of the four programs.
 *
 * @param command the launcher of Weir
 * @param work an empty or new folder for logs and requests; what it held is removed
 * @param check how closely the stub looks at the calls of the fifty senders
 * @param warmUpSteps steps of 100,000 samples, by fifty senders
 * @param sequentialSteps the same, by one sender
 * @param parallelSteps the same, by fifty
 * @param runs how often reading or starting is measured
 * @param ways how the function is started, with commas in between
 */
record Setup(
    Path command,
    Path work,
    String check,
    int warmUpSteps,
    int sequentialSteps,
    int parallelSteps,
    int runs,
    String ways) {

  static final String USAGE =
      """
      usage: connector-write|connector-read|connector-start|lambda-start
                  [--command=FILE] [--work=DIR] [--runs=7]
                  [--check=count|sample|all] [--warm-up=10] [--sequential=8] [--parallel=40]
                  [--ways=plain,cached,class-path,primed]
      """;

  private static final String NAME = "connector-benchmark";

  static Setup parse(String[] arguments) {
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      given.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    try {
      Setup setup =
          new Setup(
              Path.of(take(given, "--command", "app/target/weir/weir")),
              Path.of(take(given, "--work", System.getProperty("java.io.tmpdir") + "/" + NAME)),
              take(given, "--check", "sample"),
              Integer.parseInt(take(given, "--warm-up", "10")),
              Integer.parseInt(take(given, "--sequential", "8")),
              Integer.parseInt(take(given, "--parallel", "40")),
              Integer.parseInt(take(given, "--runs", "7")),
              take(given, "--ways", "plain,cached,class-path,primed"));
      if (!given.isEmpty()) {
        throw new IllegalArgumentException("not understood: " + given.keySet());
      }
      return setup;
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(USAGE);
      System.exit(1);
      throw e;
    }
  }

  private static String take(Map<String, String> given, String name, String otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : value;
  }

  /** The work folder, emptied. Only a folder that an earlier run has made is removed. */
  Path freshWork() throws IOException {
    Path mark = work.resolve(NAME);
    if (Files.exists(work)) {
      if (!Files.exists(mark)) {
        throw new IOException(work + " exists and is not of an earlier run");
      }
      try (Stream<Path> paths = Files.walk(work)) {
        paths.sorted(Comparator.reverseOrder()).forEach(Setup::delete);
      }
    }
    Files.createDirectories(work);
    Files.createFile(mark);
    return work;
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
