// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.check;

import java.util.Optional;

/**
 * How a TLS connection is made and judged.
 *
 * @param serverName for SNI and the certificate instead of the endpoint's host
 * @param authority PEM of the authorities that are trusted instead of the system's
 * @param certificate PEM of the client's certificate chain; with {@code key}
 * @param key PEM of its key: PKCS#1, SEC1 or PKCS#8
 * @param minimum oldest version that is offered
 * @param verified false where neither chain nor host name count; a certificate that has expired is
 *     still told by its days
 */
public record TlsSettings(
    Optional<String> serverName,
    Optional<Secret> authority,
    Optional<Secret> certificate,
    Optional<Secret> key,
    Version minimum,
    boolean verified) {

  /** The system's authorities, TLS 1.2 or newer. */
  public static final TlsSettings SYSTEM =
      new TlsSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Version.TLS_1_2,
          true);

  public TlsSettings {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("a client certificate and its key go together");
    }
  }

  /** Versions that are offered; older ones are gone from the platform. */
  public enum Version {
    TLS_1_2,
    TLS_1_3
  }
}
