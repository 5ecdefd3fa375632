// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import dev.weir.monitor.blackbox.ProbeModule.Prober;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Reply;
import dev.weir.monitor.probe.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A run as the metrics of its protocol, and as lines for a person. */
final class ProbeResult {

  private static final Pattern GROUP = Pattern.compile("\\$\\{(\\w+)\\}");

  private final ProbeModule module;
  private final Duration timeout;
  private final @Nullable Run run;

  /**
   * Of one probe.
   *
   * @param run null where the target was none
   */
  ProbeResult(ProbeModule module, Duration timeout, @Nullable Run run) {
    this.module = module;
    this.timeout = timeout;
    this.run = run;
  }

  /** Sorted by name. */
  List<ProbeMetric> metrics() {
    Measurement measurement = run == null ? null : run.measurements().getFirst();
    List<ProbeMetric> all = new ArrayList<>(run(failure() == null, measurement));
    all.add(
        ProbeMetric.of(
            "probe_timeout_seconds",
            "How long the probe might have taken.",
            seconds(timeout.toNanos())));
    switch (module.prober()) {
      case Prober.Http _ -> all.addAll(HttpMetrics.of(measurement));
      case Prober.Tcp tcp -> all.addAll(tcp(tcp, measurement));
      case Prober.Dns _ -> all.addAll(DnsMetrics.of(measurement));
      case Prober.Unsupported _ -> {}
    }
    all.sort(Comparator.comparing(ProbeMetric::name));
    return all;
  }

  /** What every probe tells. */
  static List<ProbeMetric> run(boolean success, @Nullable Measurement measurement) {
    List<ProbeMetric> all = new ArrayList<>();
    all.add(
        ProbeMetric.of(
            "probe_success", "Whether all was as it is expected to be.", success ? 1 : 0));
    all.add(
        ProbeMetric.of(
            "probe_duration_seconds",
            "How long the probe took.",
            measurement == null ? 0 : seconds(measurement.latencyNanos())));
    if (measurement != null) {
      all.addAll(ConnectionMetrics.of(measurement));
    }
    return all;
  }

  /** Of the run, or of what only this way of probing asks for; null where there is none. */
  private @Nullable String failure() {
    if (run == null) {
      return "the target is none that this module can probe";
    }
    if (run.failure() != null) {
      return run.failure().sentence();
    }
    if (module.prober() instanceof Prober.Dns dns
        && run.measurements().getFirst().reply() instanceof Reply.Dns reply) {
      return DnsRules.failure(dns, reply.answers());
    }
    if (!(module.prober() instanceof Prober.Http http)) {
      return null;
    }
    Hop last = run.measurements().getFirst().last();
    boolean encrypted = last.peer() != null && last.peer().tlsVersion() != null;
    if (!http.versions().isEmpty() && !http.versions().contains(String.valueOf(last.version()))) {
      return "the answer is %s, not one of %s".formatted(last.version(), http.versions());
    }
    if (encrypted ? http.failsWithTls() : http.failsWithoutTls()) {
      return encrypted ? "the last request was over TLS" : "the last request was not over TLS";
    }
    return null;
  }

  private static List<ProbeMetric> tcp(Prober.Tcp tcp, @Nullable Measurement measurement) {
    List<ProbeMetric> all = new ArrayList<>();
    all.add(dueToExpression(measurement));
    all.add(ProbeMetric.of("probe_failed_due_to_bytes", "Whether expected bytes did not come.", 0));
    if (measurement == null) {
      return all;
    }
    all.addAll(TlsMetrics.of(measurement.last().peer()));
    if (measurement.reply() instanceof Reply.Connection(Map<String, String> captured)
        && !tcp.labels().isEmpty()) {
      TreeMap<String, String> labels = new TreeMap<>();
      tcp.labels().forEach((name, value) -> labels.put(name, filled(value, captured)));
      all.add(
          new ProbeMetric(
              "probe_expect_info",
              "What the last expression captured.",
              List.of(new ProbeMetric.Value(labels, 1))));
    }
    return all;
  }

  static ProbeMetric dueToExpression(@Nullable Measurement measurement) {
    boolean mismatch =
        measurement != null
            && measurement.failure() != null
            && (measurement.failure().errorClass() == ErrorClass.BODY_MISMATCH
                || measurement.failure().errorClass() == ErrorClass.HEADER_MISMATCH);
    return ProbeMetric.of(
        "probe_failed_due_to_regex",
        "Whether an expression made the probe fail.",
        mismatch ? 1 : 0);
  }

  private static String filled(String text, Map<String, String> captured) {
    return GROUP
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(captured.getOrDefault(found.group(1), "")));
  }

  /** What happened, in order. */
  List<String> log(String target) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Beginning probe of %s with module %s, within %ss"
            .formatted(target, module.name(), seconds(timeout.toNanos())));
    if (run != null) {
      for (Hop hop : run.measurements().getFirst().hops()) {
        lines.add(hop(hop));
      }
    }
    String failure = failure();
    lines.add(failure == null ? "Probe succeeded" : "Probe failed: " + failure);
    return lines;
  }

  private static String hop(Hop hop) {
    StringBuilder line = new StringBuilder(hop.target());
    if (hop.peer() != null) {
      line.append(" at ").append(hop.peer().address());
    }
    Phases phases = hop.phases();
    append(line, "dns", phases.dns());
    append(line, "connect", phases.connect());
    append(line, "tls", phases.tls());
    append(line, "send", phases.send());
    append(line, "wait", phases.waiting());
    append(line, "body", phases.body());
    return hop.status() == null
        ? line.toString()
        : line.append(", status ").append(hop.status()).toString();
  }

  private static void append(StringBuilder line, String phase, long nanos) {
    if (nanos != Phases.NOT_REACHED) {
      line.append(", %s %.6fs".formatted(phase, seconds(nanos)));
    }
  }

  static double seconds(long nanos) {
    return Math.max(0, nanos) / 1e9;
  }
}
