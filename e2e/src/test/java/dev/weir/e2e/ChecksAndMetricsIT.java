// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.house.Checkout;
import dev.weir.store.kit.site.FakeSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of {@code docs/checks-and-metrics.md}, asked of a real Weir which checks sites and
 * to which a real Prometheus writes.
 */
class ChecksAndMetricsIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String PAGE =
      Checkout.ofThisBuild().read(Path.of("docs/checks-and-metrics.md"));

  @TempDir Path folder;

  @Test
  void resultsOfChecksAndScrapedMetricsJoinInSqlAndInPromql() throws IOException {
    int nodePort = RealProcess.freePort();
    try (FakeSite site =
            FakeSite.of(v -> {
              if (v.path().equals("/down")) {
                v.reset();
              } else {
                v.answer("HTTP/1.1 200 OK", new byte[0]);
              }
            });
        RealProcess node = nodeExporter(nodePort);
        WeirProcess weir = WeirProcess.start(folder, "--sites.file=" + sites(site));
        PrometheusProcess sender = sender(weir, nodePort);
        PrometheusProcess reader =
            PrometheusProcess.start(
                folder.resolve("reader"), RealProcess.freePort(), Scraping.readerYaml(weir));
        CheckResults results = new CheckResults(weir.web())) {
      Patience.until(
          LIMIT,
          () -> weir.process().lastOutput() + node.lastOutput(),
          () -> results.rowsSoFar(example("sql")).size() >= 2);
      assertThat(sender.failedSamples()).isZero();
      List<List<String>> rows = results.rows(example("sql"));
      assertThat(rows)
          .allSatisfy(row -> {
            boolean down = row.get(1).equals("down");
            assertThat(row.get(2) == null).as("latency of %s", row).isEqualTo(down);
            assertThat(Integer.parseInt(row.get(3)) > 0).as("failures of %s", row).isEqualTo(down);
            assertThat(Double.parseDouble(row.get(4))).isNotNegative();
          });
      assertThat(rows).extracting(row -> row.get(1)).contains("down", "up");
      Patience.until(
          LIMIT,
          () -> "not the site that is down: " + asked(reader),
          () -> asked(reader).size() == 1);
      assertThat(asked(reader).keySet())
          .singleElement()
          .satisfies(labels -> assertThat(labels).contains("site=down", "customer=default"));
    }
  }

  private static Map<String, Map<String, String>> asked(PrometheusProcess reader) {
    return reader.promQl().instant(example("promql"), System.currentTimeMillis());
  }

  /** The one block of the page in this language. */
  private static String example(String language) {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)\n```", Pattern.DOTALL).matcher(PAGE);
    assertThat(block.find()).as("a block of %s", language).isTrue();
    return block.group(1);
  }

  private Path sites(FakeSite site) throws IOException {
    String one = "  - {id: %s, endpoint: '%s', interval: 1s, requests: 1, confirm: 1}\n";
    return Files.writeString(
        folder.resolve("sites.yaml"),
        "sites:\n"
            + one.formatted("up", site.url("/up"))
            + one.formatted("down", site.url("/down")));
  }

  private RealProcess nodeExporter(int port) {
    return RealProcess.start(
        "node-exporter",
        folder.resolve("node-exporter.log"),
        List.of(RealClient.NODE_EXPORTER.binary(), "--web.listen-address=127.0.0.1:" + port));
  }

  /** As the page says, each second. */
  private PrometheusProcess sender(WeirProcess weir, int nodePort) {
    String yaml =
        "global: {scrape_interval: 1s, scrape_timeout: 1s}\n"
            + example("yaml")
                .replace("9201", Integer.toString(weir.web().port()))
                .replace("9100", Integer.toString(nodePort))
            + "\n    queue_config: {batch_send_deadline: 100ms}\n";
    return PrometheusProcess.start(folder.resolve("sender"), RealProcess.freePort(), yaml);
  }
}
