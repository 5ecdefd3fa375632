// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Peer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** What all protocols tell of the first connection. */
final class ConnectionMetrics {

  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  private ConnectionMetrics() {}

  static List<ProbeMetric> of(Measurement measurement) {
    Hop first = measurement.hops().getFirst();
    Peer peer = first.peer();
    double protocol = 0;
    double hash = 0;
    if (peer != null) {
      InetAddress address = InetAddress.ofLiteral(peer.address());
      protocol = address instanceof Inet4Address ? 4 : 6;
      hash = hash(address.getAddress());
    }
    return List.of(
        ProbeMetric.of(
            "probe_dns_lookup_time_seconds",
            "How long the lookup of the address took.",
            ProbeResult.seconds(first.phases().dns())),
        ProbeMetric.of("probe_ip_protocol", "4 or 6, by the family of the address.", protocol),
        ProbeMetric.of(
            "probe_ip_addr_hash", "Changes when the address does: FNV-1a of its bytes.", hash));
  }

  /** Whether an address was found. */
  static boolean resolved(Measurement measurement) {
    return measurement.failure() == null
        || measurement.failure().errorClass() != ErrorClass.DNS
        || measurement.hops().getFirst().peer() != null;
  }

  private static double hash(byte[] bytes) {
    int hash = FNV_OFFSET;
    for (byte each : bytes) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    return Integer.toUnsignedLong(hash);
  }
}
