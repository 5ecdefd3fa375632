// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import dev.weir.benchmarks.connector.StubProcess.Counted;
import dev.weir.benchmarks.load.ReadQuery;
import dev.weir.benchmarks.load.ServerProcess;
import dev.weir.benchmarks.timestream.MadeTable;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Reads a million samples of 5,000 series through the connector as STREAMED_XOR_CHUNKS, from a stub
 * whose pages have a megabyte and take 20 ms each, in a heap of 256 MB.
 */
public final class ConnectorRead {

  private static final int SERIES = 5_000;
  private static final int SAMPLES = 1_000_000;
  private static final int PAGE_MILLIS = 20;
  private static final int WARM_UP_RUNS = 3;

  /** Less than the connector is started with. */
  private static final String HEAP = "-Xmx256m";

  private final MadeTable table = MadeTable.endingAt(System.currentTimeMillis(), SERIES, SAMPLES);
  private final Findings findings = new Findings();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ConnectorRead() {}

  /** See {@link Setup#USAGE}. */
  public static void main(String[] arguments) throws Exception {
    System.exit(new ConnectorRead().run(Setup.parse(arguments)));
  }

  private int run(Setup setup) throws IOException, InterruptedException {
    Path work = setup.freshWork();
    Path collections = work.resolve("gc.log");
    List<String> options = List.of(HEAP, CollectionLog.flag(collections));
    long end = table.startMillis() + (long) (table.samplesPerSeries() + 1) * MadeTable.STEP_MILLIS;
    try (StubProcess stub =
            StubProcess.start(
                "--page-delay=" + PAGE_MILLIS,
                "--series=" + SERIES,
                "--samples=" + SAMPLES,
                "--end=" + end);
        ServerProcess connector =
            ServerProcess.connector(setup.command(), work, stub.address(), options)) {
      HttpRequest request = request(connector);
      double[] millis = new double[setup.runs()];
      double first = 0;
      for (int run = -WARM_UP_RUNS; run < millis.length; run++) {
        double elapsed = ask(request);
        if (run == -WARM_UP_RUNS) {
          first = elapsed;
        }
        if (run < 0) {
          stub.take();
        } else {
          millis[run] = elapsed;
        }
      }
      double cpu = connector.cpuSeconds();
      ask(request);
      cpu = connector.cpuSeconds() - cpu;
      report(millis, first, cpu, connector, stub.take(), CollectionLog.read(collections));
      findings.equal("exit status after SIGTERM", 0, connector.stop());
    }
    return findings.exitStatus();
  }

  /** Gives the milliseconds from the request to the last byte of the answer. */
  private double ask(HttpRequest request) throws IOException, InterruptedException {
    long before = System.nanoTime();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    double millis = (System.nanoTime() - before) / 1e6;
    if (response.statusCode() != 200) {
      throw new IOException(
          response.statusCode() + ": " + new String(response.body(), StandardCharsets.UTF_8));
    }
    ReadSums.Sums sums = ReadSums.of(response.body());
    findings.equal("samples", table.samples(), sums.samples());
    findings.equal("sum of times", expected(true), sums.timeSum());
    findings.equal("sum of the bits of values", expected(false), sums.valueBitsSum());
    return millis;
  }

  private long expected(boolean times) {
    long sum = 0;
    for (int series = 0; series < table.series(); series++) {
      for (int sample = 0; sample < table.samplesPerSeries(); sample++) {
        sum +=
            times
                ? table.timeMillis(series, sample)
                : Double.doubleToRawLongBits(table.value(series, sample));
      }
    }
    return sum;
  }

  private HttpRequest request(ServerProcess connector) throws IOException {
    long end = table.startMillis() + (long) (table.samplesPerSeries() + 1) * MadeTable.STEP_MILLIS;
    ReadQuery query =
        new ReadQuery(
            "all",
            table.startMillis(),
            end,
            List.of(new ReadQuery.Matcher(ReadQuery.EQUAL, "__name__", MadeTable.METRIC)),
            true,
            table.samples());
    String user =
        Base64.getEncoder()
            .encodeToString("AKIAWEIRBENCHMARKS00:secret".getBytes(StandardCharsets.US_ASCII));
    return HttpRequest.newBuilder(connector.uri("/read"))
        .header("Authorization", "Basic " + user)
        .header("Content-Type", "application/x-protobuf")
        .header("Content-Encoding", "snappy")
        .header("X-Prometheus-Remote-Read-Version", "0.1.0")
        .POST(HttpRequest.BodyPublishers.ofByteArray(query.encode()))
        .build();
  }

  private void report(
      double[] millis,
      double first,
      double cpu,
      ServerProcess connector,
      Counted counted,
      CollectionLog collections)
      throws IOException {
    findings.equal("faults of the statements", 0, counted.number("faults"));
    if (counted.number("faults") > 0) {
      findings.fail(counted.json());
    }
    Arrays.sort(millis);
    long reads = millis.length + 1L;
    FigureTable figures =
        new FigureTable("%,d samples of %,d series, STREAMED".formatted(table.samples(), SERIES));
    figures.asked("3.0 s", "median of " + millis.length, "%.2f s", millis[millis.length / 2] / 1e3);
    figures.row(
        "fastest / slowest", "%.2f / %.2f s", millis[0] / 1e3, millis[millis.length - 1] / 1e3);
    figures.row("the first, before any warm-up", "%.2f s", first / 1e3);
    figures.row("CPU of the connector", "%.2f s", cpu);
    figures.row("statements a read", "%.1f", (double) counted.number("statements") / reads);
    figures.row("pages a read", "%.1f", (double) counted.number("pages") / reads);
    figures.row("bytes of pages a read", "%,d", counted.number("page_bytes") / reads);
    figures.asked("256 MB", "heap in use at its peak", "%d MB", collections.peakHeapBytes() >> 20);
    figures.row("heap kept after a collection", "%d MB", collections.largestKeptBytes() >> 20);
    figures.row("collections", "%d, %.0f ms", collections.collections(), collections.pauseMillis());
    figures.row("peak resident memory", "%d MB", connector.peakResidentBytes() >> 20);
    figures.print();
  }
}
