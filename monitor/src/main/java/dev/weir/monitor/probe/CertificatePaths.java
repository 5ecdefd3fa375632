// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Describes chains, and knows when the paths to authorities end. Immutable. */
final class CertificatePaths {

  /** Longer chains are no longer followed; public ones have three or four certificates. */
  private static final int DEPTH_MAX = 10;

  private final Map<X500Principal, List<X509Certificate>> authorities = new HashMap<>();

  CertificatePaths(List<X509Certificate> authorities) {
    for (X509Certificate each : authorities) {
      this.authorities
          .computeIfAbsent(each.getSubjectX500Principal(), _ -> new ArrayList<>())
          .add(each);
    }
  }

  Peer.Chain describe(X509Certificate[] chain, boolean verified) {
    X509Certificate leaf = chain[0];
    Instant earliest =
        Arrays.stream(chain)
            .map(each -> each.getNotAfter().toInstant())
            .min(Instant::compareTo)
            .orElseThrow();
    return new Peer.Chain(
        earliest,
        verified ? latestEnd(leaf, chain, Instant.MAX, DEPTH_MAX) : null,
        fingerprint(leaf),
        leaf.getSubjectX500Principal().getName(),
        leaf.getIssuerX500Principal().getName(),
        String.join(",", HostNames.dnsNames(leaf)),
        HexFormat.of().formatHex(magnitude(leaf)));
  }

  /**
   * The latest end of all paths from this certificate to an authority; a path ends with the first
   * of its certificates that does.
   *
   * @param end of the path that leads here
   */
  private @Nullable Instant latestEnd(
      X509Certificate certificate, X509Certificate[] sent, Instant end, int depth) {
    Instant mine = earlier(end, certificate.getNotAfter().toInstant());
    Instant latest = null;
    List<X509Certificate> issuers =
        authorities.getOrDefault(certificate.getIssuerX500Principal(), List.of());
    for (X509Certificate issuer : issuers) {
      latest = later(latest, earlier(mine, issuer.getNotAfter().toInstant()));
    }
    if (issuers.contains(certificate)
        || authorities
            .getOrDefault(certificate.getSubjectX500Principal(), List.of())
            .contains(certificate)) {
      return later(latest, mine);
    }
    if (depth == 0) {
      return latest;
    }
    for (X509Certificate issuer : sent) {
      if (!issuer.equals(certificate)
          && issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
        Instant there = latestEnd(issuer, sent, mine, depth - 1);
        latest = there == null ? latest : later(latest, there);
      }
    }
    return latest;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(@Nullable Instant one, Instant other) {
    return one != null && one.isAfter(other) ? one : other;
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform has SHA-256 and encodes what it read", e);
    }
  }

  /** Without the sign's byte. */
  private static byte[] magnitude(X509Certificate certificate) {
    byte[] serial = certificate.getSerialNumber().abs().toByteArray();
    return serial.length > 1 && serial[0] == 0
        ? Arrays.copyOfRange(serial, 1, serial.length)
        : serial;
  }
}
