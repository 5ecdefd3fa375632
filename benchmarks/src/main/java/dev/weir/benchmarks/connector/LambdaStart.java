// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import dev.weir.benchmarks.connector.LambdaProcess.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Starts the packaged function again and again: until it asks for an event, its first write, and
 * writes when it is warm.
 */
public final class LambdaStart {

  private static final Path ZIP = Path.of("lambda/connector/target/weir-lambda-connector.zip");

  /** Writes after the first that are not timed, and those that are. */
  private static final int WARMING = 200;

  private static final int WARM = 100;

  private final Setup setup;
  private final Path work;
  private final Path function;
  private final StubProcess timestream;
  private final Map<String, String> environment;
  private final Findings findings = new Findings();

  private LambdaStart(
      Setup setup, Path work, Path function, StubProcess timestream, LambdaTrust trust) {
    this.setup = setup;
    this.work = work;
    this.function = function;
    this.timestream = timestream;
    this.environment = new HashMap<>();
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("LANG", "en_US.UTF-8");
    environment.put("TZ", ":UTC");
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "AKIDBENCHMARK");
    environment.put("AWS_SECRET_ACCESS_KEY", "benchmark");
    environment.put("AWS_SESSION_TOKEN", "benchmark");
    environment.put("default_database", "metrics");
    environment.put("default_table", "prometheus");
    environment.put("write_base_endpoint", timestream.tlsAddress().toString());
    environment.put("query_base_endpoint", timestream.tlsAddress().toString());
    String more = System.getenv().getOrDefault("WEIR_JAVA_OPTS", "");
    environment.put("JAVA_TOOL_OPTIONS", (trust.flag() + " " + more).strip());
  }

  /** See {@link Setup#USAGE}. */
  public static void main(String[] arguments) throws Exception {
    Setup setup = Setup.parse(arguments);
    Path work = setup.freshWork().toAbsolutePath();
    Path function = Files.createDirectory(work.resolve("function"));
    unpack(ZIP, function);
    LambdaTrust trust = LambdaTrust.make(work);
    try (StubProcess timestream =
        StubProcess.start("--check=count", "--write-delay=10", "--identity=" + trust.identity())) {
      System.exit(new LambdaStart(setup, work, function, timestream, trust).run());
    }
  }

  private static void unpack(Path zip, Path folder) throws IOException {
    try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(entries, file);
        }
      }
    }
  }

  private int run() throws IOException, InterruptedException {
    for (String way : setup.ways().split(",", -1)) {
      switch (way) {
        case "plain" -> measure(new Way("as Lambda starts it", false, false, List.of()));
        case "cached" -> measure(cached(new Way("with an AOT cache", false, false, List.of())));
        case "class-path" ->
            measure(cached(new Way("AOT cache, on the class path", false, true, List.of())));
        case "primed" -> measure(new Way("primed, as for a snapshot", true, false, List.of()));
        default -> findings.fail("no such way: " + way);
      }
    }
    return findings.exitStatus();
  }

  /** The same with a cache that a run of it has left. */
  private Way cached(Way way) throws IOException, InterruptedException {
    Path cache = work.resolve(way.onClassPath() ? "class-path.aot" : "loader.aot");
    try (LambdaProcess training = start(way.with("-XX:AOTCacheOutput=" + cache))) {
      training.initMillis();
      for (int write = 0; write < WARMING; write++) {
        training.invoke(LambdaEvents.write(System.currentTimeMillis(), write));
      }
      training.stop();
    }
    Way cached = way.with("-XX:AOTCache=" + cache);
    return cached.named(way.name() + " of " + (Files.size(cache) >> 20) + " MB");
  }

  private LambdaProcess start(Way way) throws IOException {
    return LambdaProcess.start(function, work.resolve("function.log"), way, environment);
  }

  private void measure(Way way) throws IOException, InterruptedException {
    int runs = setup.runs();
    double[] init = new double[runs];
    double[] first = new double[runs];
    double[] both = new double[runs];
    double[] initCpu = new double[runs];
    double[] firstCpu = new double[runs];
    double[] warm = new double[runs * WARM];
    long peak = 0;
    try (LambdaProcess process = start(way)) { // brings the files into memory
      process.initMillis();
    }
    timestream.take();
    for (int run = 0; run < runs; run++) {
      byte[] event = LambdaEvents.write(System.currentTimeMillis(), 0);
      try (LambdaProcess process = start(way)) {
        init[run] = process.initMillis();
        initCpu[run] = process.cpuSeconds() * 1_000;
        first[run] = process.invoke(event);
        firstCpu[run] = process.cpuSeconds() * 1_000 - initCpu[run];
        both[run] = init[run] + first[run];
        for (int write = 0; write < WARMING + WARM; write++) {
          double millis = process.invoke(LambdaEvents.write(System.currentTimeMillis(), write + 1));
          if (write >= WARMING) {
            warm[run * WARM + write - WARMING] = millis;
          }
        }
        peak = Math.max(peak, process.peakResidentBytes());
        process.stop();
      }
    }
    findings.equal(
        way.name() + ", samples that arrived",
        (long) runs * (1 + WARMING + WARM) * LambdaEvents.SAMPLES,
        timestream.take().number("records"));
    FigureTable table = new FigureTable(way.name() + ", " + runs + " times");
    row(table, "", "start to the first question for an event", init);
    row(table, "1,500 ms", "first write, 500 samples", first);
    row(table, "", "both", both);
    row(table, "", "CPU until the first question", initCpu);
    row(table, "", "CPU of the first write", firstCpu);
    table.row("warm write, p50 / p95", "%.1f / %.1f ms", quantile(warm, 0.5), quantile(warm, 0.95));
    table.asked(LambdaProcess.MEMORY_MB + " MB", "resident, at its peak", "%d MB", peak >> 20);
    table.print();
  }

  private static void row(FigureTable table, String asked, String name, double[] millis) {
    table.asked(
        asked,
        name + ", median (fastest – slowest)",
        "%.0f (%.0f – %.0f) ms",
        quantile(millis, 0.5),
        quantile(millis, 0),
        quantile(millis, 1));
  }

  private static double quantile(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round((sorted.length - 1) * part)];
  }
}
