// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.security.cert.CertificateException;

/** Ends a handshake, and carries what was learned of the peer out of it. */
final class RefusedCertificate extends CertificateException {

  private static final long serialVersionUID = 1;

  private final transient Failure failure;
  private final transient String version;
  private final transient String cipher;
  private final transient Peer.Chain chain;

  RefusedCertificate(Failure failure, String version, String cipher, Peer.Chain chain) {
    super(failure.sentence());
    this.failure = failure;
    this.version = version;
    this.cipher = cipher;
    this.chain = chain;
  }

  Failure failure() {
    return failure;
  }

  Peer peer(Peer connected) {
    return new Peer(connected.address(), connected.refusedAddress(), version, cipher, chain);
  }
}
