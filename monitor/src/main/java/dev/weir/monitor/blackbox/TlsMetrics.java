// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.blackbox;

import dev.weir.monitor.probe.Peer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What certificates and the handshake tell; also of a handshake that the certificates ended. */
final class TlsMetrics {

  /** The beginning of time in Go, which stands there where no chain was verified. */
  private static final long NEVER_SECONDS = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();

  private TlsMetrics() {}

  static List<ProbeMetric> of(@Nullable Peer peer) {
    List<ProbeMetric> all = new ArrayList<>();
    Peer.Chain chain = peer == null ? null : peer.chain();
    if (peer == null || chain == null) {
      return all;
    }
    Instant last = chain.lastChainExpiry();
    all.add(
        ProbeMetric.of(
            "probe_ssl_earliest_cert_expiry",
            "When the first of the certificates expires, in unix time.",
            chain.earliestExpiry().getEpochSecond()));
    all.add(
        ProbeMetric.of(
            "probe_ssl_last_chain_expiry_timestamp_seconds",
            "When the last of the verified chains expires, in unix time.",
            last == null ? NEVER_SECONDS : last.getEpochSecond()));
    all.add(
        new ProbeMetric(
            "probe_ssl_last_chain_info",
            "Says what the leaf certificate says.",
            List.of(
                new ProbeMetric.Value(
                    new TreeMap<>(
                        Map.of(
                            "fingerprint_sha256", chain.fingerprint(),
                            "subject", chain.subject(),
                            "issuer", chain.issuer(),
                            "subjectalternative", chain.alternativeNames(),
                            "serialnumber", chain.serialNumber())),
                    1))));
    info(all, "probe_tls_version_info", "version", version(peer.tlsVersion()));
    info(all, "probe_tls_cipher_info", "cipher", peer.tlsCipher());
    return all;
  }

  private static void info(
      List<ProbeMetric> all, String name, String label, @Nullable String text) {
    if (text != null) {
      all.add(
          new ProbeMetric(
              name,
              "The %s of TLS that was agreed on.".formatted(label),
              List.of(ProbeMetric.labelled(1, label, text))));
    }
  }

  /** Go's spelling. */
  private static @Nullable String version(@Nullable String version) {
    return version == null ? null : version.replace("TLSv", "TLS ");
  }
}
