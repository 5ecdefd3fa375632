// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** A loaded identity with what it takes to judge clients' certificates. Immutable. */
final class TlsMaterial {

  private static final byte[] PROBE =
      "does the key belong to the certificate".getBytes(StandardCharsets.US_ASCII);

  /** JSSE names of signatures by the algorithm of the key. */
  private static final Map<String, String> SIGNATURES =
      Map.of(
          "RSA", "SHA256withRSA",
          "EC", "SHA256withECDSA",
          "EdDSA", "EdDSA");

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
    List<X509Certificate> chain =
        Pem.certificates(settings.certificate().place(), files.read(settings.certificate()));
    PrivateKey key = Pem.privateKey(settings.key().place(), files.read(settings.key()));
    if (!belong(chain.getFirst(), key)) {
      throw new ServerConfigException(
          "the key in "
              + settings.key().place()
              + " does not belong to the certificate in "
              + settings.certificate().place());
    }
    Optional<X509TrustManager> authorities =
        settings
            .clientAuthorities()
            .map(source -> trust(Pem.certificates(source.place(), files.read(source))));
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      X509Certificate[] issuers =
          authorities.map(X509TrustManager::getAcceptedIssuers).orElse(new X509Certificate[0]);
      context.init(
          keyManagers(chain, key).getKeyManagers(),
          new TrustManager[] {new LenientTrust(issuers)},
          null);
      TlsMaterial material = new TlsMaterial(settings, context, authorities.orElse(null));
      context.createSSLEngine().setSSLParameters(material.parameters(new SSLParameters()));
      return material;
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
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

  private static boolean belong(X509Certificate certificate, PrivateKey key) {
    try {
      String algorithm = SIGNATURES.get(key.getAlgorithm());
      if (algorithm == null) {
        return key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm());
      }
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static KeyManagerFactory keyManagers(List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    char[] password = HexFormat.of().formatHex(random).toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    store.setKeyEntry("weir", key, password, chain.toArray(Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, password);
    return factory;
  }

  private static X509TrustManager trust(List<X509Certificate> authorities) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return (X509TrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException e) {
      throw new ServerConfigException("client authorities can't be used: " + e.getMessage(), e);
    }
  }
}
