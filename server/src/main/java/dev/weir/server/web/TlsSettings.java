// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * TLS as configured, not loaded yet.
 *
 * @param certificate the chain
 * @param key of its first certificate
 * @param clientAuth what is asked of clients
 * @param clientAuthorities who may sign clients' certificates
 * @param clientNames if there are any, a client's certificate must carry one of them
 * @param protocols JSSE names, oldest first
 * @param cipherSuites JSSE names; empty: the JDK's own choice
 * @param namedGroups JSSE names; empty: the JDK's own choice
 */
record TlsSettings(
    PemSource certificate,
    PemSource key,
    ClientAuth clientAuth,
    Optional<PemSource> clientAuthorities,
    Set<String> clientNames,
    List<String> protocols,
    List<String> cipherSuites,
    List<String> namedGroups) {

  static final List<String> DEFAULT_PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

  TlsSettings {
    clientNames = Set.copyOf(clientNames);
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
    namedGroups = List.copyOf(namedGroups);
  }

  static TlsSettings of(TlsFiles files) {
    return new TlsSettings(
        new PemSource.File(files.certificate()),
        new PemSource.File(files.key()),
        ClientAuth.NONE,
        Optional.empty(),
        Set.of(),
        DEFAULT_PROTOCOLS,
        List.of(),
        List.of());
  }
}
