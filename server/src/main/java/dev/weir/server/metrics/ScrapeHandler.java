// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.metrics;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Answers scrapes. */
final class ScrapeHandler implements Handler {

  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();

  ScrapeHandler(PrometheusRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Response handle(Request request) {
    String accept = String.join(",", request.headers().all("Accept"));
    ExpositionFormatWriter writer = writer(accept);
    boolean gzip = acceptsGzip(String.join(",", request.headers().all("Accept-Encoding")));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
    try (OutputStream out = gzip ? new GZIPOutputStream(bytes, 8 * 1024) : bytes) {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Headers headers =
        Headers.of("Content-Type", writer.getContentType(), "Vary", "Accept, Accept-Encoding");
    return Response.bytes(
        200, gzip ? headers.with("Content-Encoding", "gzip") : headers, bytes.toByteArray());
  }

  /** Never the protobuf form: its library is not among ours. */
  private ExpositionFormatWriter writer(String accept) {
    return accept.contains("application/openmetrics-text")
        ? formats.getOpenMetricsTextFormatWriter()
        : formats.getPrometheusTextFormatWriter();
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
