// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.notice.ChannelKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeirMetricsTest {

  private final WeirMetrics metrics = new WeirMetrics("1.2.3");

  @Test
  void hasTheSixNamesOfTheConnector() throws Exception {
    metrics.samplesReceived(10);
    metrics.samplesRejected("too_old", 3);
    metrics.storeWritten(2_000_000);
    metrics.pageRead();
    metrics.readFinished("ok", true, 100, 30_000_000);
    metrics.readFinished("failed", false, 0, 30_000_000);

    assertThat(text())
        .contains(
            "\ntimestream_connector_received_samples_total 10.0\n",
            "\ntimestream_connector_ignored_samples_total 3.0\n",
            "\ntimestream_connector_write_requests_total 1.0\n",
            "\ntimestream_connector_read_requests_total 1.0\n",
            "\ntimestream_connector_write_duration_seconds_bucket{le=\"0.005\"} 1\n",
            "\ntimestream_connector_write_duration_seconds_count 1\n",
            "\ntimestream_connector_read_duration_seconds_count 1\n",
            "\nweir_read_duration_seconds_count 2\n");
  }

  @Test
  void tellsChannelsOfOneNameApartByTheirCustomers() throws Exception {
    CheckMetrics notices = new CheckMetrics(metrics);
    ChannelKey acme = new ChannelKey("acme", "webhook-1");
    ChannelKey other = new ChannelKey("other", "webhook-1");
    notices.delivered(acme);
    notices.dead(other, "the receiver answered 404");
    notices.notRefreshed(other, "the receiver answered 401");
    notices.notRefreshed(other, "the receiver answered 401");
    notices.refreshed(other);

    String total = "\nweir_notices_total{channel=\"webhook-1\",customer=";
    assertThat(text())
        .contains(
            total + "\"acme\",outcome=\"delivered\"} 1.0\n",
            total + "\"other\",outcome=\"dead\"} 1.0\n",
            total + "\"other\",outcome=\"not_refreshed\"} 2.0\n")
        .doesNotContain(total + "\"other\",outcome=\"delivered\"");
  }

  @Test
  void countsWhatAnOperatorNeeds() throws Exception {
    metrics.watchStore(() -> new StoreFigures(5, 6, 7, 8));
    metrics.requestFinished("/write", 204, 1_500_000, 50_000, 0);
    metrics.requestFinished("/write", 0, 1_500_000, 50, 0);
    metrics.samplesStored(10, 4);
    metrics.samplesRejected("conflict", 2);
    metrics.committed(10, 3_000_000);

    assertThat(text())
        .contains(
            "weir_build_info{version=\"1.2.3\"} 1\n",
            "weir_http_requests_total{outcome=\"success\",path=\"/write\",status=\"204\"} 1.0\n",
            "weir_http_requests_total{outcome=\"cut_off\",path=\"/write\",status=\"none\"} 1.0\n",
            "weir_http_request_duration_seconds_bucket{path=\"/write\",le=\"0.0025\"} 2\n",
            "weir_http_request_size_bytes_sum{path=\"/write\"} 50050.0\n",
            "weir_samples_stored_total 6.0\n",
            "weir_samples_repeated_total 4.0\n",
            "weir_samples_rejected_total{reason=\"conflict\"} 2.0\n",
            "weir_store_commit_duration_seconds_count 1\n",
            "weir_store_series 5.0\n",
            "weir_store_queue_depth 8.0\n",
            "weir_store_data_bytes 6.0\n",
            "weir_store_log_bytes 7.0\n",
            "jvm_memory_used_bytes{",
            "process_cpu_seconds_total ");
  }

  @Test
  void countsWhatAnOperatorOfTimestreamNeeds() throws Exception {
    metrics.upstreamAttempted("write", "throttled", 20_000_000);
    metrics.upstreamAttempted("write", "done", 40_000_000);
    metrics.timestreamBilled(7);
    metrics.timestreamBilled(5);
    metrics.timestreamWriteLimit(64);
    metrics.timestreamWriteLimit(32);

    assertThat(text())
        .contains(
            "\nweir_upstream_attempts_total{ending=\"done\",side=\"write\"} 1.0\n",
            "\nweir_upstream_attempts_total{ending=\"throttled\",side=\"write\"} 1.0\n",
            "\nweir_upstream_attempt_duration_seconds_bucket{side=\"write\",le=\"0.025\"} 1\n",
            "\nweir_upstream_attempt_duration_seconds_count{side=\"write\"} 2\n",
            "\nweir_timestream_billed_kib_total 12.0\n",
            "\nweir_timestream_write_limit 32.0\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'', text/plain",
    "text/plain;version=0.0.4, text/plain",
    "'application/openmetrics-text;version=1.0.0,text/plain;q=0.5', application/openmetrics-text",
    "application/vnd.google.protobuf;q=0.7, text/plain",
  })
  void answersInTheFormThatIsAccepted(String accept, String type) throws Exception {
    Response response = scrape(Headers.of("Accept", accept));
    assertThat(response.headers().first("Content-Type").orElseThrow()).startsWith(type);
    boolean open = type.contains("openmetrics");
    assertThat(body(response).endsWith("# EOF\n")).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, true",
    "'deflate, GZIP;q=0.5', true",
    "gzip;q=0, false",
    "identity, false",
    "'', false"
  })
  void packsOnlyForWhoTakesIt(String accepted, boolean packed) throws Exception {
    Response response = scrape(Headers.of("Accept-Encoding", accepted));
    assertThat(response.headers().first("Content-Encoding").isPresent()).isEqualTo(packed);
    if (packed) {
      byte[] bytes = ((Response.Bytes) response.body()).bytes();
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        assertThat(new String(in.readAllBytes(), UTF_8)).contains("weir_build_info");
      }
    }
  }

  @Test
  void givesTheSameSamplesAsAScrape() throws Exception {
    metrics.requestFinished("/write", 204, 1_500_000, 50_000, 0);
    metrics.committed(10, 3_000_000);

    Set<String> scraped = new HashSet<>();
    for (String line : text().lines().filter(line -> !line.startsWith("#")).toList()) {
      scraped.add(line.substring(0, line.lastIndexOf(' ')));
    }
    Set<String> given = new HashSet<>();
    for (Sample sample : metrics.samples()) {
      given.add(sample.name() + labels(sample.labels()));
    }
    // The order of labels in the text is the library's own.
    assertThat(sorted(given)).isEqualTo(sorted(scraped));
  }

  @Test
  void makesHistogramsCumulative() {
    metrics.committed(1, 1_000_000);
    metrics.committed(1, 20_000_000);
    List<Sample> buckets =
        metrics.samples().stream()
            .filter(s -> s.name().equals("weir_store_commit_duration_seconds_bucket"))
            .toList();
    assertThat(buckets.getLast().labels()).isEqualTo(new TreeMap<>(Map.of("le", "+Inf")));
    assertThat(buckets.getLast().value()).isEqualTo(2);
    assertThat(buckets.getFirst().value()).isEqualTo(0);
  }

  private static Set<String> sorted(Set<String> series) {
    Set<String> all = new HashSet<>();
    for (String one : series) {
      int brace = one.indexOf('{');
      if (brace < 0) {
        all.add(one);
        continue;
      }
      String[] labels = one.substring(brace + 1, one.length() - 1).split("(?<=\"),");
      java.util.Arrays.sort(labels);
      all.add(one.substring(0, brace) + String.join(",", labels));
    }
    return all;
  }

  private static String labels(Map<String, String> labels) {
    if (labels.isEmpty()) {
      return "";
    }
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
        .collect(java.util.stream.Collectors.joining(",", "{", "}"));
  }

  private String text() throws IOException {
    return body(scrape(Headers.empty()));
  }

  private Response scrape(Headers headers) {
    return metrics
        .scrapeHandler()
        .handle(new Request("GET", "/metrics", "", headers, 0, InputStream.nullInputStream()));
  }

  private static String body(Response response) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    response.body().writeTo(out);
    return out.toString(UTF_8);
  }
}
