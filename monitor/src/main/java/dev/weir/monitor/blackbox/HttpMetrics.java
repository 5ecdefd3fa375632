// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Reply;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a request and its redirects tell. */
final class HttpMetrics {

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private HttpMetrics() {}

  static List<ProbeMetric> of(@Nullable Measurement measurement) {
    List<ProbeMetric> all = new ArrayList<>();
    Hop last = measurement == null ? null : measurement.last();
    Reply.Http reply =
        measurement != null && measurement.reply() instanceof Reply.Http http ? http : null;
    boolean encrypted = last != null && last.peer() != null && last.peer().tlsVersion() != null;
    boolean answered = last != null && last.status() != null;
    all.add(ProbeResult.dueToExpression(measurement));
    all.add(
        ProbeMetric.of(
            "probe_http_status_code",
            "The status of the last answer, 0 without one.",
            last == null || last.status() == null ? 0 : last.status()));
    all.add(
        ProbeMetric.of(
            "probe_http_content_length",
            "The length that the last answer announces, -1 where it announces none.",
            reply == null ? 0 : announced(reply)));
    all.add(
        ProbeMetric.of(
            "probe_http_uncompressed_body_length",
            "The length of the unpacked body.",
            reply == null ? 0 : reply.bodyBytes()));
    all.add(
        ProbeMetric.of(
            "probe_http_redirects",
            "How many redirects came, followed or not.",
            measurement == null ? 0 : measurement.hops().size() - 1 + notFollowed(reply)));
    all.add(
        ProbeMetric.of(
            "probe_http_ssl",
            "Whether the last request was over TLS.",
            answered && encrypted ? 1 : 0));
    all.add(
        ProbeMetric.of(
            "probe_http_version",
            "The version of HTTP of the last answer.",
            last == null ? 0 : version(last.version())));
    if (measurement != null) {
      all.add(phases(measurement));
      all.addAll(TlsMetrics.of(measurement.last().peer()));
    }
    modified(reply)
        .ifPresent(instant ->
            all.add(
                ProbeMetric.of(
                    "probe_http_last_modified_timestamp_seconds",
                    "What the last answer says of its change, in unix time.",
                    instant.getEpochSecond())));
    return all;
  }

  /** An answer that is a redirect was one that the module does not follow: it counts too. */
  private static int notFollowed(Reply.@Nullable Http reply) {
    return reply != null
            && REDIRECTS.contains(reply.status())
            && first(reply, "location").isPresent()
        ? 1
        : 0;
  }

  private static ProbeMetric phases(Measurement measurement) {
    List<ProbeMetric.Value> values = new ArrayList<>();
    if (ConnectionMetrics.resolved(measurement)) {
      values.add(phase(measurement, "connect", Phases::connect));
      values.add(
          phase(
              measurement,
              "processing",
              each -> Math.max(0, each.send()) + Math.max(0, each.waiting())));
    }
    values.add(phase(measurement, "resolve", Phases::dns));
    if (ConnectionMetrics.resolved(measurement)) {
      values.add(phase(measurement, "tls", Phases::tls));
      values.add(phase(measurement, "transfer", Phases::body));
    }
    return new ProbeMetric(
        "probe_http_duration_seconds", "How long each phase took, over all redirects.", values);
  }

  private static ProbeMetric.Value phase(
      Measurement measurement, String name, ToLongFunction<Phases> part) {
    return ProbeMetric.labelled(sum(measurement, part), "phase", name);
  }

  private static double sum(Measurement measurement, ToLongFunction<Phases> part) {
    return measurement.hops().stream()
        .mapToDouble(hop -> ProbeResult.seconds(part.applyAsLong(hop.phases())))
        .sum();
  }

  private static double announced(Reply.Http reply) {
    return first(reply, "content-length")
        .map(HttpMetrics::number)
        .orElse(OptionalDouble.empty())
        .orElse(-1);
  }

  private static Optional<String> first(Reply.Http reply, String name) {
    return reply.headers().getOrDefault(name, List.of()).stream().findFirst();
  }

  private static double version(@Nullable String version) {
    return version == null || !version.startsWith("HTTP/")
        ? 0
        : number(version.substring("HTTP/".length())).orElse(0);
  }

  private static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException _) {
      return OptionalDouble.empty();
    }
  }

  private static Optional<Instant> modified(Reply.@Nullable Http reply) {
    if (reply == null) {
      return Optional.empty();
    }
    try {
      return first(reply, "last-modified")
          .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
