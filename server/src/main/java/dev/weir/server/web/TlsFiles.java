// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * PEM files of the server's own identity.
 *
 * @param certificate the certificate first, then those that signed it
 * @param key PKCS#8, PKCS#1 or SEC1, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {

  public TlsFiles {
    requireNonNull(certificate, "certificate");
    requireNonNull(key, "key");
  }
}
