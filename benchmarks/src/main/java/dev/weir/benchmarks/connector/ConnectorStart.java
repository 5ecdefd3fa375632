// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import dev.weir.benchmarks.load.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Starts the connector again and again, and looks at its memory after ten idle seconds. */
public final class ConnectorStart {

  private static final Duration IDLE = Duration.ofSeconds(10);

  /** Nobody is there; a connector that has no work asks nobody. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

  private ConnectorStart() {}

  /** See {@link Setup#USAGE}. */
  public static void main(String[] arguments) throws Exception {
    Setup setup = Setup.parse(arguments);
    System.exit(run(setup, setup.freshWork()));
  }

  private static int run(Setup setup, Path work) throws IOException, InterruptedException {
    Findings findings = new Findings();
    double[] millis = new double[setup.runs()];
    double cpu = 0;
    long resident = 0;
    start(setup, work).close(); // reads the files into the page cache
    for (int run = 0; run < millis.length; run++) {
      try (ServerProcess connector = start(setup, work)) {
        millis[run] = connector.readyAfter().toNanos() / 1e6;
        cpu += connector.cpuSeconds() / millis.length;
        if (run == millis.length - 1) {
          Thread.sleep(IDLE);
          resident = connector.residentBytes();
        }
        findings.equal("exit status after SIGTERM", 0, connector.stop());
      }
    }
    Arrays.sort(millis);
    Path cache = setup.command().toAbsolutePath().resolveSibling("connector.aot");
    FigureTable table = new FigureTable("start to ready, " + millis.length + " times");
    table.asked("700 ms", "median", "%.0f ms", millis[millis.length / 2]);
    table.row("fastest / slowest", "%.0f / %.0f ms", millis[0], millis[millis.length - 1]);
    table.row("CPU of a start", "%.2f s", cpu);
    table.row("AOT cache", "%s", Files.exists(cache) ? "used" : "not there");
    table.asked("200 MB", "resident memory, idle 10 s", "%d MB", resident >> 20);
    table.print();
    return findings.exitStatus();
  }

  private static ServerProcess start(Setup setup, Path work)
      throws IOException, InterruptedException {
    return ServerProcess.connector(setup.command(), work, NOWHERE, List.of());
  }
}
