// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sender of another make: vmagent writes, Prometheus reads back. */
class VmagentIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int SCRAPES = 6;

  @TempDir Path folder;

  @Test
  void prometheusReadsBackWhatVmagentScraped() throws IOException {
    int nodePort = RealProcess.freePort();
    try (WeirProcess weir = WeirProcess.start(folder);
        RealProcess node = nodeExporter(nodePort);
        RealProcess agent = agent(weir.web(), nodePort);
        PrometheusProcess reader =
            PrometheusProcess.start(
                folder.resolve("reader"), RealProcess.freePort(), Scraping.readerYaml(weir))) {
      long start = System.currentTimeMillis();
      Patience.until(
          LIMIT,
          agent::lastOutput,
          () -> value(reader, "count_over_time(up{job=\"node\"}[1m])") >= SCRAPES);
      assertThat(node.isAlive()).isTrue();
      assertThat(agent.terminate()).as(agent::lastOutput).isZero();
      checkCounts(reader, System.currentTimeMillis() - start);
    }
  }

  private static void checkCounts(PrometheusProcess reader, long scrapedMillis) {
    // All that was scraped must have arrived once the agent has ended: it flushes first.
    double scrapes = value(reader, "count_over_time(up{job=\"node\"}[5m])");
    assertThat(scrapes).isBetween((double) SCRAPES, scrapedMillis / 1_000.0 + 2);
    assertThat(value(reader, "min_over_time(up{job=\"node\"}[5m])")).isEqualTo(1);
    double exposed = value(reader, "max_over_time(scrape_samples_scraped{job=\"node\"}[5m])");
    assertThat(exposed).isGreaterThan(300);
    assertThat(
            value(reader, "count(last_over_time({job=\"node\",__name__!~\"up|scrape_.*\"}[5m]))"))
        .isEqualTo(exposed);
  }

  /** The value of an answer with one series, or -1. */
  private static double value(PrometheusProcess reader, String query) {
    return reader.promQl().instant(query, System.currentTimeMillis()).values().stream()
        .flatMap(series -> series.values().stream())
        .mapToDouble(Double::parseDouble)
        .findFirst()
        .orElse(-1);
  }

  private RealProcess nodeExporter(int port) {
    return RealProcess.start(
        "node-exporter",
        folder.resolve("node-exporter.log"),
        List.of(RealClient.NODE_EXPORTER.binary(), "--web.listen-address=127.0.0.1:" + port));
  }

  private RealProcess agent(Web weir, int nodePort) throws IOException {
    Path scrapes = folder.resolve("scrapes.yml");
    Files.writeString(
        scrapes,
        """
        global: {scrape_interval: 1s}
        scrape_configs:
          - {job_name: node, static_configs: [{targets: ['127.0.0.1:%d']}]}
        """
            .formatted(nodePort));
    return RealProcess.start(
        "vmagent",
        folder.resolve("vmagent.log"),
        List.of(
            RealClient.VMAGENT.binary(),
            "-promscrape.config=" + scrapes,
            "-remoteWrite.url=" + weir.uri("/api/v1/write"),
            "-remoteWrite.tmpDataPath=" + folder.resolve("vmagent-queue"),
            "-remoteWrite.flushInterval=200ms",
            "-httpListenAddr=127.0.0.1:" + RealProcess.freePort()));
  }
}
