// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The command line.
 *
 * @param server weir or prometheus
 * @param command the launcher of Weir, or the binary of Prometheus
 * @param samples to load flat out
 * @param liveRate samples a second that are written while the queries run
 * @param queries how often the small query is asked; the large ones a fifth of that
 * @param work an empty or new folder for data, log and requests
 */
record Options(
    String server,
    Path command,
    int targets,
    long samples,
    int connections,
    int liveRate,
    int queries,
    Path work,
    boolean keep) {

  static final String USAGE =
      """
      usage: load [--server=weir|prometheus] [--command=FILE] [--targets=200] [--samples=20000000]
                  [--connections=10] [--live-rate=50000] [--queries=200] [--work=DIR] [--keep]
      """;

  static Options parse(String[] arguments) {
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      given.put(parts[0], parts.length == 2 ? parts[1] : "true");
    }
    String server = take(given, "--server", "weir");
    String command =
        switch (server) {
          case "weir" -> "./weir";
          case "prometheus" -> System.getenv().getOrDefault("WEIR_PROMETHEUS", "prometheus");
          default -> throw new IllegalArgumentException("--server is " + server);
        };
    Options options =
        new Options(
            server,
            Path.of(take(given, "--command", command)),
            Integer.parseInt(take(given, "--targets", "200")),
            Long.parseLong(take(given, "--samples", "20000000")),
            Integer.parseInt(take(given, "--connections", "10")),
            Integer.parseInt(take(given, "--live-rate", "50000")),
            Integer.parseInt(take(given, "--queries", "200")),
            Path.of(take(given, "--work", "benchmarks/target/load-" + server)),
            Boolean.parseBoolean(take(given, "--keep", "false")));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown: " + String.join(" ", given.keySet()));
    }
    return options;
  }

  private static String take(Map<String, String> given, String name, String otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : value;
  }
}
