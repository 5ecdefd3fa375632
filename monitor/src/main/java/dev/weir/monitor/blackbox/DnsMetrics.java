// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer of the DNS tells. */
final class DnsMetrics {

  private DnsMetrics() {}

  static List<ProbeMetric> of(@Nullable Measurement measurement) {
    List<ProbeMetric> all = new ArrayList<>();
    Reply.Dns reply =
        measurement != null && measurement.reply() instanceof Reply.Dns dns ? dns : null;
    all.add(
        ProbeMetric.of(
            "probe_dns_query_succeeded",
            "Whether the question was answered, whatever the answer.",
            reply == null ? 0 : 1));
    all.add(count("answer", reply == null ? 0 : reply.answers().size()));
    all.add(count("authority", reply == null ? 0 : reply.authorities()));
    all.add(count("additional", reply == null ? 0 : reply.additionals()));
    if (reply != null && reply.serial() >= 0) {
      all.add(ProbeMetric.of("probe_dns_serial", "The serial number of the zone.", reply.serial()));
    }
    if (measurement != null) {
      Phases phases = measurement.last().phases();
      List<ProbeMetric.Value> values = new ArrayList<>();
      if (ConnectionMetrics.resolved(measurement)) {
        values.add(phase("connect", phases.connect()));
        values.add(phase("request", phases.waiting()));
      }
      values.add(phase("resolve", phases.dns()));
      all.add(new ProbeMetric("probe_dns_duration_seconds", "How long each phase took.", values));
    }
    return all;
  }

  private static ProbeMetric count(String section, int number) {
    return ProbeMetric.of(
        "probe_dns_%s_rrs".formatted(section),
        "Records in the %s section.".formatted(section),
        number);
  }

  private static ProbeMetric.Value phase(String name, long nanos) {
    return ProbeMetric.labelled(ProbeResult.seconds(nanos), "phase", name);
  }
}
