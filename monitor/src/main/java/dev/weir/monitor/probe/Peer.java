// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who answered.
 *
 * @param address a literal, without a port
 * @param refusedAddress the address of the preferred family that was tried first and refused
 * @param tlsVersion such as {@code TLSv1.3}; null without TLS
 * @param chain what the certificates say, null without TLS
 */
public record Peer(
    String address,
    @Nullable String refusedAddress,
    @Nullable String tlsVersion,
    @Nullable String tlsCipher,
    @Nullable Chain chain) {

  /**
   * A certificate chain, as the peer sent it.
   *
   * @param earliestExpiry of all its certificates
   * @param lastChainExpiry the latest moment at which a verified chain ends; null where none was
   *     verified
   * @param fingerprint SHA-256 of the leaf, hex
   */
  public record Chain(
      Instant earliestExpiry,
      @Nullable Instant lastChainExpiry,
      String fingerprint,
      String subject,
      String issuer,
      String alternativeNames,
      String serialNumber) {}
}
