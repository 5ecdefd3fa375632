// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Prometheus with a configuration that can be replaced while it runs. */
final class PrometheusProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

  /** The sender flushes after 100 ms; unchanged for so long means that nothing is under way. */
  private static final long QUIET_MILLIS = 1_500;

  private final RealProcess process;
  private final Path configuration;
  private final Web web;

  private PrometheusProcess(RealProcess process, Path configuration, Web web) {
    this.process = process;
    this.configuration = configuration;
    this.web = web;
  }

  /** The port is handed in because a Prometheus that scrapes itself must know it. */
  static PrometheusProcess start(Path folder, int port, String yaml, String... moreFlags) {
    Path configuration = folder.resolve("prometheus.yml");
    write(configuration, yaml);
    Web web = new Web(port);
    List<String> command =
        new ArrayList<>(
            List.of(
                RealClient.PROMETHEUS.binary(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=" + web.address(),
                "--web.enable-lifecycle",
                "--web.console.libraries=" + folder,
                "--web.console.templates=" + folder));
    command.addAll(List.of(moreFlags));
    RealProcess process =
        RealProcess.start("prometheus", folder.resolve("prometheus.log"), command);
    PrometheusProcess prometheus = new PrometheusProcess(process, configuration, web);
    Patience.until(START_LIMIT, process::lastOutput, () -> web.answers("/-/ready"));
    return prometheus;
  }

  /** Replaces the configuration; the process goes on. */
  void reload(String yaml) {
    write(configuration, yaml);
    assertThat(web.post("/-/reload", Map.of()).statusCode()).as(process::lastOutput).isEqualTo(200);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until remote write has nothing left to send. */
  void awaitDrained() {
    double[] before = {-1};
    long[] since = {System.currentTimeMillis()};
    Patience.until(
        DRAIN_LIMIT,
        () -> "remote write of Prometheus did not drain; " + process.lastOutput(),
        () -> {
          double sent = metric("samples_total");
          if (sent != before[0]) {
            before[0] = sent;
            since[0] = System.currentTimeMillis();
          }
          double highest = metric("highest_timestamp_in_seconds");
          return metric("samples_pending") == 0
              && metric("queue_highest_sent_timestamp_seconds") >= highest
              && System.currentTimeMillis() - since[0] >= QUIET_MILLIS;
        });
  }

  /** Samples that the receiver refused for good. */
  double failedSamples() {
    return metric("samples_failed_total");
  }

  private double metric(String name) {
    return web.metric("prometheus_remote_storage_" + name).orElse(0);
  }

  PromQl promQl() {
    return new PromQl(web);
  }

  Web web() {
    return web;
  }

  @Override
  public void close() {
    process.close();
  }
}
