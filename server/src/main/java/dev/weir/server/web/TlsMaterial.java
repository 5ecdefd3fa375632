// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import dev.weir.certificate.KeyMaterial;
import dev.weir.certificate.Pem;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A loaded identity with what it takes to judge clients' certificates. Immutable. */
final class TlsMaterial {

  private final TlsSettings settings;
  private final SSLContext context;
  private final @Nullable X509TrustManager authorities;

  private TlsMaterial(
      TlsSettings settings, SSLContext context, @Nullable X509TrustManager authorities) {
    this.settings = settings;
    this.context = context;
    this.authorities = authorities;
  }

  /** Reads all files. */
  static TlsMaterial load(TlsSettings settings, WatchedFiles files) {
    try {
      return read(settings, files);
    } catch (IllegalArgumentException e) {
      throw new ServerConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  private static TlsMaterial read(TlsSettings settings, WatchedFiles files) {
    List<X509Certificate> chain =
        Pem.certificates(settings.certificate().place(), files.read(settings.certificate()));
    PrivateKey key = Pem.privateKey(settings.key().place(), files.read(settings.key()));
    if (!KeyMaterial.belong(chain.getFirst(), key)) {
      throw new ServerConfigException(
          "the key in "
              + settings.key().place()
              + " does not belong to the certificate in "
              + settings.certificate().place());
    }
    Optional<List<X509Certificate>> authorities =
        settings
            .clientAuthorities()
            .map(source -> Pem.certificates(source.place(), files.read(source)));
    try {
      X509TrustManager trust =
          authorities.isPresent() ? KeyMaterial.trust(authorities.get()) : null;
      SSLContext context = SSLContext.getInstance("TLS");
      X509Certificate[] issuers =
          trust == null ? new X509Certificate[0] : trust.getAcceptedIssuers();
      context.init(
          KeyMaterial.identity(chain, key), new TrustManager[] {new LenientTrust(issuers)}, null);
      TlsMaterial material = new TlsMaterial(settings, context, trust);
      context.createSSLEngine().setSSLParameters(material.parameters(new SSLParameters()));
      return material;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ServerConfigException("TLS can't be set up: " + e.getMessage(), e);
    }
  }

  SSLContext context() {
    return context;
  }

  ClientAuth clientAuth() {
    return settings.clientAuth();
  }

  /** Settings of one connection. */
  SSLParameters parameters(SSLParameters parameters) {
    parameters.setProtocols(settings.protocols().toArray(String[]::new));
    if (!settings.cipherSuites().isEmpty()) {
      parameters.setCipherSuites(settings.cipherSuites().toArray(String[]::new));
    }
    if (!settings.namedGroups().isEmpty()) {
      parameters.setNamedGroups(settings.namedGroups().toArray(String[]::new));
    }
    parameters.setUseCipherSuitesOrder(true);
    if (settings.clientAuth().asked) {
      parameters.setWantClientAuth(true);
    }
    return parameters;
  }

  /** Why a client's certificate is not good enough, or nothing. */
  Optional<String> clientRefusal(X509Certificate @Nullable [] chain) {
    ClientAuth auth = settings.clientAuth();
    if (chain == null || chain.length == 0) {
      return auth.required ? Optional.of("a client certificate is needed") : Optional.empty();
    }
    if (!auth.verified || authorities == null) {
      return Optional.empty();
    }
    try {
      authorities.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
      return ClientNames.carriesOneOf(chain[0], settings.clientNames())
          ? Optional.empty()
          : Optional.of("the client certificate carries none of the allowed names");
    } catch (GeneralSecurityException _) {
      return Optional.of(
          "the client certificate is not signed by an authority of ours, or not valid");
    }
  }
}
