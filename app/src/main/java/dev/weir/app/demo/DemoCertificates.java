// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.demo;

import dev.weir.certificate.KeyMaterial;
import dev.weir.certificate.MintedCertificate;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;

/** An authority that lives as long as the process, and certificates by it. Thread-safe. */
final class DemoCertificates {

  private static final String AUTHORITY = "Weir demonstration";
  private static final Duration LONG = Duration.ofDays(200);
  private static final Duration SHORT = Duration.ofDays(9).plusHours(12);
  private static final Duration AGO = Duration.ofDays(14);

  private final Instant now;
  private final KeyPair keys;
  private final X509Certificate authority;

  DemoCertificates(Instant now) throws GeneralSecurityException {
    this.now = now;
    this.keys = keys();
    this.authority =
        MintedCertificate.of(
            new MintedCertificate.Request(
                AUTHORITY, List.of(AUTHORITY), now.minus(LONG), now.plus(LONG), true),
            keys.getPublic(),
            AUTHORITY,
            keys.getPrivate());
  }

  /** The authority's certificate, as PEM. */
  String pem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(authority.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was just made has a form", e);
    }
  }

  /** What a server of that kind shows. */
  SSLContext server(DemoSite.Listener listener) {
    try {
      KeyPair own = keys();
      Instant until =
          switch (listener) {
            case ENDING -> now.plus(SHORT);
            case EXPIRED -> now.minus(AGO);
            default -> now.plus(LONG);
          };
      String name = listener == DemoSite.Listener.FOREIGN ? "elsewhere.example" : "localhost";
      X509Certificate certificate =
          MintedCertificate.of(
              new MintedCertificate.Request(name, List.of(name), now.minus(LONG), until, false),
              own.getPublic(),
              AUTHORITY,
              keys.getPrivate());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          KeyMaterial.identity(List.of(certificate, authority), own.getPrivate()), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has elliptic curves and TLS", e);
    }
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }
}
