// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** Loads a server, asks it while more is written, and prints a report. */
public final class Load {
  /** Long enough for all queries at the speed of a slow server. */
  private static final int LIVE_SECONDS = 120;

  private final Options options;
  private final LoadShape shape;

  private Load(Options options) {
    this.options = options;
    int liveSteps =
        LIVE_SECONDS * options.liveRate() / (options.targets() * LoadShape.SERIES_PER_TARGET);
    this.shape =
        LoadShape.endingAt(
            System.currentTimeMillis(), options.targets(), options.samples(), liveSteps);
  }

  /** See {@link Options#USAGE}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(Options.USAGE);
      System.exit(1);
      return;
    }
    new Load(options).run();
  }

  private void run() throws IOException, InterruptedException {
    Path work = options.work().toAbsolutePath();
    removeAll(work);
    Files.createDirectories(work);
    System.out.printf(Locale.ROOT, "making %,d samples%n", shape.loadedSamples());
    try (RequestFile requests = RequestFile.make(shape, work.resolve("requests"));
        ServerProcess server = startServer(work)) {
      load(requests, server);
      ask(requests, server);
      System.out.printf(
          Locale.ROOT, "peak resident memory     %,d MB%n", server.peakResidentBytes() >> 20);
      metricsOf(server);
      System.out.printf("exit status after SIGTERM %d%n", server.stop());
    } finally {
      if (!options.keep()) {
        removeAll(work);
      }
    }
  }

  private ServerProcess startServer(Path work) throws IOException, InterruptedException {
    return options.server().equals("weir")
        ? ServerProcess.weir(options.command(), work)
        : ServerProcess.prometheus(options.command(), work);
  }

  private void load(RequestFile requests, ServerProcess server)
      throws IOException, InterruptedException {
    double serverBefore = server.cpuSeconds();
    double ownBefore = ownCpuSeconds();
    WriteLoad writes = new WriteLoad(shape, requests, server.address(), options.connections());
    writes.start(0, shape.steps(), 0);
    WriteLoad.Outcome outcome = writes.await();
    double serverCpu = server.cpuSeconds() - serverBefore;
    double ownCpu = ownCpuSeconds() - ownBefore;
    Report.writes("load", outcome);
    Report.cpu("server", serverCpu, outcome.samples());
    Report.cpu("generator", ownCpu, outcome.samples());
    Report.disk("files after the load", server.fileBytes(), outcome.samples());
    System.out.printf(
        Locale.ROOT, "resident memory, peak    %,d MB%n", server.peakResidentBytes() >> 20);
    metricsOf(server);
  }

  private void ask(RequestFile requests, ServerProcess server)
      throws IOException, InterruptedException {
    if (options.queries() == 0) {
      return;
    }
    WriteLoad writes = new WriteLoad(shape, requests, server.address(), options.connections());
    writes.start(shape.steps(), shape.steps() + shape.liveSteps(), options.liveRate());
    ReadLoad reads = new ReadLoad(server);
    int few = Math.max(1, options.queries() / 5);
    Report.reads(
        reads.run(
            100, options.queries(), run -> ReadQuery.oneHour(shape, run * 37 % options.targets())));
    Report.reads(reads.run(10, few, run -> ReadQuery.sixHours(shape, false)));
    Report.reads(reads.run(10, few, run -> ReadQuery.sixHours(shape, true)));
    writes.stop();
    Report.writes("written meanwhile", writes.await());
    Report.disk("files at the end", server.fileBytes(), shape.loadedSamples());
  }

  private static void metricsOf(ServerProcess server) throws IOException, InterruptedException {
    OwnMetrics.summary(server.metrics("weir_store", "prometheus_tsdb_head_series "))
        .forEach(line -> System.out.println("  " + line));
  }

  private static double ownCpuSeconds() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  private static void removeAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      paths
          .sorted(Comparator.reverseOrder())
          .forEach(path -> {
            try {
              Files.delete(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
