// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * One Prometheus scrapes and writes to a receiver, another one reads back from it and nothing else:
 * both must answer alike.
 */
final class RoundTrip {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String ALL = "{__name__=~\".+\"}";
  private static final int TARGETS = 4;

  /** Long enough for the longest window of the queries, 20 s, with time to spare on both sides. */
  private static final long HALF_MILLIS = 11_500;

  private final Path folder;
  private final Receiver receiver;

  RoundTrip(Path folder, Receiver receiver) {
    this.folder = folder;
    this.receiver = receiver;
  }

  /** Goes all the way; halfway something may happen to the receiver. */
  void run(Runnable inTheMiddle) throws IOException {
    int prometheusPort = RealProcess.freePort();
    int nodePort = RealProcess.freePort();
    int vanishingPort = RealProcess.freePort();
    try (RealProcess node = nodeExporter(nodePort);
        RealProcess vanishing = nodeExporter(vanishingPort)) {
      Scraping scraping = new Scraping(prometheusPort, nodePort, vanishingPort, receiver);
      Files.createDirectories(folder.resolve("sender"));
      Files.writeString(folder.resolve("sender/rules.yml"), Scraping.rules());
      try (PrometheusProcess sender =
          PrometheusProcess.start(folder.resolve("sender"), prometheusPort, scraping.yaml())) {
        long start = awaitAllTargetsUp(sender);
        Patience.pause(HALF_MILLIS);
        vanishing.kill();
        inTheMiddle.run();
        Patience.pause(HALF_MILLIS);
        sender.reload(scraping.yamlWithoutTargets());
        long end = awaitEverythingStale(sender);
        sender.awaitDrained();
        assertThat(sender.failedSamples()).as("samples that Weir refused").isZero();
        assertThat(node.isAlive()).isTrue();
        compare(sender, start, end);
      }
    }
  }

  private RealProcess nodeExporter(int port) {
    return RealProcess.start(
        "node-exporter",
        folder.resolve("node-exporter-" + port + ".log"),
        List.of(RealClient.NODE_EXPORTER.binary(), "--web.listen-address=127.0.0.1:" + port));
  }

  private static long awaitAllTargetsUp(PrometheusProcess sender) {
    Patience.until(
        LIMIT,
        () -> "not all targets are up",
        () ->
            sender.promQl().instant("up == 1", System.currentTimeMillis()).size() == TARGETS
                && !sender.promQl().instant("job:up:sum", System.currentTimeMillis()).isEmpty());
    return System.currentTimeMillis();
  }

  private static long awaitEverythingStale(PrometheusProcess sender) {
    Patience.until(
        LIMIT,
        () -> "series live on: " + sender.promQl().instant(ALL, System.currentTimeMillis()),
        () -> sender.promQl().instant(ALL, System.currentTimeMillis()).isEmpty());
    return System.currentTimeMillis();
  }

  private void compare(PrometheusProcess sender, long start, long end) {
    try (PrometheusProcess reader =
        PrometheusProcess.start(
            folder.resolve("reader"), RealProcess.freePort(), Scraping.readerYaml(receiver))) {
      QueryComparison comparison =
          new QueryComparison(sender.promQl(), reader.promQl(), start, end);
      List<RoundTripQuery> queries =
          Stream.of(
                  RoundTripQuery.selectors(),
                  RoundTripQuery.functions(),
                  RoundTripQuery.staleness("vanishing"))
              .flatMap(List::stream)
              .toList();
      queries.forEach(comparison::compare);
      System.out.printf(
          "%d PromQL queries, %d comparisons, %d of them of empty answers%n",
          queries.size(), comparison.compared(), comparison.emptyAnswers());
      comparison.assertNoDifference();
    }
  }
}
