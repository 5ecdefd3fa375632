// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import dev.weir.benchmarks.connector.StubProcess.Counted;
import dev.weir.benchmarks.load.LoadShape;
import dev.weir.benchmarks.load.RequestFile;
import dev.weir.benchmarks.load.ServerProcess;
import dev.weir.benchmarks.load.WriteLoad;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * Writes through the connector: first a warm-up in which every call is expanded and checked, then
 * one sender that waits for each answer while every upstream call takes 10 ms, then fifty senders
 * and no delay.
 */
public final class ConnectorWrite {

  private static final int SENDERS = 50;
  private static final int UPSTREAM_MILLIS = 10;
  private static final String CREDENTIALS = "AKIAWEIRBENCHMARKS00:secret-of-the-benchmarks";

  /** How threads of the JVM are called in /proc, which keeps 15 characters. */
  private static final String[] COLLECTOR = {"GC Thread", "G1 ", "VM Thread"};

  private static final String[] COMPILERS = {"C1 Compiler", "C2 Compiler"};

  private static final String BILLED_METRIC = "weir_timestream_billed_kib_total";

  private final Setup setup;
  private final LoadShape shape;
  private final Findings findings = new Findings();

  private ConnectorWrite(Setup setup) {
    this.setup = setup;
    this.shape =
        new LoadShape(
            SENDERS * LoadShape.SAMPLES_PER_REQUEST / LoadShape.SERIES_PER_TARGET,
            setup.warmUpSteps() + setup.sequentialSteps() + setup.parallelSteps(),
            0,
            System.currentTimeMillis() - 86_400_000);
  }

  /** See {@link Setup#USAGE}. */
  public static void main(String[] arguments) throws Exception {
    System.exit(new ConnectorWrite(Setup.parse(arguments)).run());
  }

  private int run() throws IOException, InterruptedException {
    Path work = setup.freshWork();
    Path collections = work.resolve("gc.log");
    String user =
        Base64.getEncoder().encodeToString(CREDENTIALS.getBytes(StandardCharsets.US_ASCII));
    try (RequestFile requests =
            RequestFile.make(
                shape, work.resolve("requests"), "/write", "Authorization: Basic " + user + "\n");
        StubProcess stub = StubProcess.start("--check=all", "--samples=1", "--series=1");
        ServerProcess connector =
            ServerProcess.connector(
                setup.command(), work, stub.address(), List.of(CollectionLog.flag(collections)))) {
      StubCheck.run(stub, findings);
      warmUp(requests, stub, connector);
      stub.set("check=sample&write-delay=" + UPSTREAM_MILLIS);
      sequential(requests, stub, connector);
      stub.set("check=" + setup.check() + "&write-delay=0");
      parallel(requests, stub, connector, collections);
      findings.equal("exit status after SIGTERM", 0, connector.stop());
    }
    return findings.exitStatus();
  }

  private void warmUp(RequestFile requests, StubProcess stub, ServerProcess connector)
      throws IOException, InterruptedException {
    int steps = setup.warmUpSteps();
    WriteLoad.Outcome outcome = send(requests, connector, SENDERS, 0, steps);
    Counted counted = judge("warm-up", outcome, steps, stub);
    findings.equal("calls checked", counted.number("write_calls"), counted.number("checked_calls"));
    findings.equal(
        "KiB that the connector counts as billed",
        counted.number("billed_kib"),
        billedBy(connector));
    FigureTable table = new FigureTable("warm-up, every call checked");
    table.row("samples", "%,d", outcome.samples());
    table.row("records a call", "%.1f", ratio(counted, "records", "write_calls"));
    table.row("bytes of JSON a record", "%.0f", ratio(counted, "write_bytes", "records"));
    table.row("billed, against no common attributes", "%.1f %%", billed(counted));
    table.print();
  }

  private void sequential(RequestFile requests, StubProcess stub, ServerProcess connector)
      throws IOException, InterruptedException {
    int from = setup.warmUpSteps();
    int to = from + setup.sequentialSteps();
    WriteLoad.Outcome outcome = send(requests, connector, 1, from, to);
    judge("one sender", outcome, to - from, stub);
    FigureTable table = new FigureTable("one sender, %d ms a call".formatted(UPSTREAM_MILLIS));
    table.asked("80,000", "samples/s", "%,.0f", outcome.samplesPerSecond());
    answers(table, outcome);
    table.print();
  }

  private void parallel(
      RequestFile requests, StubProcess stub, ServerProcess connector, Path collections)
      throws IOException, InterruptedException {
    int from = setup.warmUpSteps() + setup.sequentialSteps();
    CollectionLog before = CollectionLog.read(collections);
    double cpu = connector.cpuSeconds();
    double collector = connector.cpuSecondsOfThreads(COLLECTOR);
    double compiler = connector.cpuSecondsOfThreads(COMPILERS);
    WriteLoad.Outcome outcome = send(requests, connector, SENDERS, from, shape.steps());
    cpu = connector.cpuSeconds() - cpu;
    collector = connector.cpuSecondsOfThreads(COLLECTOR) - collector;
    compiler = connector.cpuSecondsOfThreads(COMPILERS) - compiler;
    CollectionLog after = CollectionLog.read(collections);
    Counted counted = judge("fifty senders", outcome, shape.steps() - from, stub);
    FigureTable table = new FigureTable(SENDERS + " senders, no delay");
    table.asked("120,000", "samples a second of CPU", "%,.0f", outcome.samples() / cpu);
    table.row("CPU of the connector a sample", "%.2f µs", cpu * 1e6 / outcome.samples());
    table.row("of it the collector", "%.2f µs", collector * 1e6 / outcome.samples());
    table.row("of it the compilers", "%.2f µs", compiler * 1e6 / outcome.samples());
    table.row("samples/s", "%,.0f", outcome.samplesPerSecond());
    answers(table, outcome);
    table.row(
        "collections",
        "%d, %.0f ms",
        after.collections() - before.collections(),
        after.pauseMillis() - before.pauseMillis());
    table.row("heap kept after a collection", "%d MB", after.largestKeptBytes() >> 20);
    table.row("resident memory", "%d MB", connector.residentBytes() >> 20);
    table.row("peak resident memory", "%d MB", connector.peakResidentBytes() >> 20);
    table.row("connections upstream so far", "%d", counted.number("connections"));
    table.row("CPU of the stub since its start", "%.1f s", counted.number("cpu_millis") / 1e3);
    table.print();
  }

  private WriteLoad.Outcome send(
      RequestFile requests, ServerProcess connector, int senders, int from, int to)
      throws InterruptedException {
    WriteLoad load = new WriteLoad(shape, requests, connector.address(), senders);
    load.start(from, to, 0);
    return load.await();
  }

  /** Everything was acknowledged at once, and came up there once and well formed. */
  private Counted judge(String phase, WriteLoad.Outcome outcome, int steps, StubProcess stub)
      throws IOException, InterruptedException {
    Counted counted = stub.take();
    long samples = (long) shape.series() * steps;
    findings.equal(phase + ", samples acknowledged", samples, outcome.samples());
    findings.equal(phase + ", requests refused", 0, outcome.refusedRequests());
    findings.equal(phase + ", requests repeated", 0, outcome.retries());
    findings.equal(phase + ", records that arrived", samples, counted.number("records"));
    findings.equal(phase + ", calls at fault", 0, counted.number("faults"));
    if (outcome.firstTrouble() != null) {
      findings.fail(phase + ": " + outcome.firstTrouble());
    }
    if (counted.number("faults") > 0) {
      findings.fail(phase + ": " + counted.json());
    }
    return counted;
  }

  private static void answers(FigureTable table, WriteLoad.Outcome outcome) {
    long[] nanos = outcome.answerNanos();
    table.row(
        "answers, p50 / p99",
        "%.1f / %.1f ms",
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6);
  }

  /** What the connector itself exports, since its start. */
  private static long billedBy(ServerProcess connector) throws IOException, InterruptedException {
    return connector.metrics(BILLED_METRIC).stream()
        .filter(line -> line.startsWith(BILLED_METRIC))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static double billed(Counted counted) {
    return 100 * ratio(counted, "billed_kib", "plain_kib");
  }

  private static double ratio(Counted counted, String part, String whole) {
    return (double) counted.number(part) / Math.max(1, counted.number(whole));
  }
}
