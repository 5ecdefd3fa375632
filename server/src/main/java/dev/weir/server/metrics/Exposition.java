// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.metrics;

import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.blackbox.ProbeMetric;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.zip.GZIPOutputStream;

/** Writes metrics in the form that a scrape accepts. Thread-safe. */
final class Exposition {

  private static final String INFO = "_info";

  private final ExpositionFormats formats = ExpositionFormats.init();

  /** The answer to a scrape. */
  Response answer(Request request, MetricSnapshots metrics) {
    ExpositionFormatWriter writer = writer(String.join(",", request.headers().all("Accept")));
    boolean gzip = acceptsGzip(String.join(",", request.headers().all("Accept-Encoding")));
    Headers headers =
        Headers.of("Content-Type", writer.getContentType(), "Vary", "Accept, Accept-Encoding");
    return Response.bytes(
        200,
        gzip ? headers.with("Content-Encoding", "gzip") : headers,
        write(writer, metrics, gzip));
  }

  /** In the plain text format. */
  byte[] text(MetricSnapshots metrics) {
    return write(formats.getPrometheusTextFormatWriter(), metrics, false);
  }

  private static byte[] write(
      ExpositionFormatWriter writer, MetricSnapshots metrics, boolean gzip) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
    try (OutputStream out = gzip ? new GZIPOutputStream(bytes, 8 * 1024) : bytes) {
      writer.write(out, metrics);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Never the protobuf form: its library is not among ours. */
  private ExpositionFormatWriter writer(String accept) {
    return accept.contains("application/openmetrics-text")
        ? formats.getOpenMetricsTextFormatWriter()
        : formats.getPrometheusTextFormatWriter();
  }

  /** What probes gave; a name that ends in {@code _info} is one of OpenMetrics' infos. */
  static MetricSnapshots of(List<ProbeMetric> metrics) {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    metrics.forEach(metric -> all.metricSnapshot(snapshot(metric)));
    return all.build();
  }

  private static MetricSnapshot snapshot(ProbeMetric metric) {
    if (metric.name().endsWith(INFO)) {
      InfoSnapshot.Builder info =
          InfoSnapshot.builder()
              .name(metric.name().substring(0, metric.name().length() - INFO.length()))
              .help(metric.help());
      metric
          .values()
          .forEach(value ->
              info.dataPoint(
                  InfoDataPointSnapshot.builder().labels(labels(value.labels())).build()));
      return info.build();
    }
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(metric.name()).help(metric.help());
    metric
        .values()
        .forEach(value ->
            gauge.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(labels(value.labels()))
                    .value(value.number())
                    .build()));
    return gauge.build();
  }

  private static Labels labels(SortedMap<String, String> labels) {
    Labels.Builder all = Labels.builder();
    labels.forEach(all::label);
    return all.build();
  }

  static boolean acceptsGzip(String accepted) {
    for (String coding : accepted.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = coding.strip().split(";", 2);
      if (parts[0].strip().equals("gzip")) {
        return parts.length == 1 || !parts[1].replace(" ", "").matches("q=0(\\.0*)?");
      }
    }
    return false;
  }
}
