// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.metrics;

import dev.weir.exchange.Handler;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.monitor.blackbox.BlackboxProbe;
import dev.weir.monitor.blackbox.ProbeAnswer;
import dev.weir.monitor.blackbox.ProbeMetric;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /probe}, as a blackbox_exporter answers it. */
public final class ProbeHandler implements Handler {

  private static final String TIMEOUT = "X-Prometheus-Scrape-Timeout-Seconds";

  private final BlackboxProbe probe;
  private final Exposition exposition = new Exposition();

  public ProbeHandler(BlackboxProbe probe) {
    this.probe = probe;
  }

  @Override
  public Response handle(Request request) {
    if (!request.method().equals("GET")) {
      return Response.text(405, "a probe takes GET only").with("Allow", "GET");
    }
    Map<String, String> parameters;
    try {
      parameters = parameters(request.query());
    } catch (IllegalArgumentException _) {
      return Response.text(400, "the query can't be decoded: after % come two hex digits");
    }
    return switch (probe.probe(parameters, request.headers().first(TIMEOUT))) {
      case ProbeAnswer.Refused(int status, String text) ->
          status == 503
              ? Response.text(status, text).with("Retry-After", "1")
              : Response.text(status, text);
      case ProbeAnswer.Probed(List<ProbeMetric> metrics) ->
          exposition.answer(request, Exposition.of(metrics));
      case ProbeAnswer.Explained explained -> explained(explained);
    };
  }

  private Response explained(ProbeAnswer.Explained explained) {
    String text =
        "Logs for the probe:\n%s\n\n\nMetrics that would have been returned:\n%s\n\n\nModule configuration:\n%s\n"
            .formatted(
                String.join("\n", explained.log()),
                new String(
                    exposition.text(Exposition.of(explained.metrics())), StandardCharsets.UTF_8),
                explained.module());
    return Response.bytes(
        200,
        Headers.of("Content-Type", "text/plain; charset=utf-8"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** Of a name that is there twice the first counts. */
  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String each : query.split("&")) {
      int equals = each.indexOf('=');
      String name = equals < 0 ? each : each.substring(0, equals);
      String value = equals < 0 ? "" : each.substring(equals + 1);
      parameters.putIfAbsent(decoded(name), decoded(value));
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
