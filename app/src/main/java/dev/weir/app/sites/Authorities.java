// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.sites;

import dev.weir.app.settings.UsageException;
import dev.weir.certificate.KeyMaterial;
import dev.weir.certificate.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** The authorities of a PEM file, trusted in place of the system's. */
final class Authorities {

  private Authorities() {}

  /**
   * For a client.
   *
   * @throws UsageException where the file can't be read, or has no certificate
   */
  static SSLContext trusted(Path file) {
    String place = "--ca: " + file;
    try {
      TrustManager trust = KeyMaterial.trust(Pem.certificates(place, Files.readString(file)));
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {trust}, null);
      return tls;
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (IOException _) {
      throw new UsageException(place + " can't be read");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // Every platform has what is asked for by name.
    }
  }
}
