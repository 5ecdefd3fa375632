// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Subject alternative names of client certificates. */
final class ClientNames {

  private ClientNames() {}

  /** Whether a certificate carries one of these as DNS name, address, e-mail or URI; none: any. */
  static boolean carriesOneOf(X509Certificate certificate, Set<String> allowed)
      throws CertificateParsingException {
    if (allowed.isEmpty()) {
      return true;
    }
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names != null
        && names.stream()
            .anyMatch(name -> name.get(1) instanceof String text && allowed.contains(text));
  }
}
