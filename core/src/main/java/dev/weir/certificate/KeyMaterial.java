// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.certificate;

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
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** What TLS takes of certificates and keys. */
public final class KeyMaterial {

  private static final byte[] PROBE =
      "does the key belong to the certificate".getBytes(StandardCharsets.US_ASCII);

  /** JSSE names of signatures by the algorithm of the key. */
  private static final Map<String, String> SIGNATURES =
      Map.of(
          "RSA", "SHA256withRSA",
          "EC", "SHA256withECDSA",
          "EdDSA", "EdDSA");

  private KeyMaterial() {}

  /** Whether the key is the certificate's. */
  public static boolean belong(X509Certificate certificate, PrivateKey key) {
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

  /** Shows this chain, leaf first, with its key. */
  public static KeyManager[] identity(List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    char[] password = HexFormat.of().formatHex(random).toCharArray();
    KeyStore store = empty(password);
    store.setKeyEntry("weir", key, password, chain.toArray(Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  /** Trusts these authorities and no others. */
  public static X509ExtendedTrustManager trust(List<X509Certificate> authorities)
      throws GeneralSecurityException {
    KeyStore store = empty(null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    return trust(store);
  }

  /** Trusts the authorities of the system. */
  public static X509ExtendedTrustManager systemTrust() throws GeneralSecurityException {
    return trust((KeyStore) null);
  }

  private static X509ExtendedTrustManager trust(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }

  private static KeyStore empty(char @Nullable [] password) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, password);
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty key store can't be made", e);
    }
    return store;
  }
}
