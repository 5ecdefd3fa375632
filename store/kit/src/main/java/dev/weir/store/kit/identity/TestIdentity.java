// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit.identity;

import dev.weir.certificate.Der;
import dev.weir.certificate.KeyMaterial;
import dev.weir.certificate.MintedCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A key with a certificate, made at run time. */
public record TestIdentity(String name, KeyPair keys, X509Certificate certificate) {

  /** What a certificate says. */
  public record Request(
      String name, List<String> alternativeNames, Instant from, Instant until, boolean authority) {

    /** For localhost, 127.0.0.1 and the name; from an hour ago for a day. */
    public static Request of(String name, boolean authority) {
      Instant now = InstantSource.system().instant();
      return new Request(
          name,
          List.of("localhost", name, "127.0.0.1"),
          now.minus(Duration.ofHours(1)),
          now.plus(Duration.ofDays(1)),
          authority);
    }

    /** For these names only; an IPv4 literal becomes an address. */
    public Request only(String... names) {
      return new Request(name, List.of(names), from, until, authority);
    }

    public Request valid(Instant from, Instant until) {
      return new Request(name, alternativeNames, from, until, authority);
    }
  }

  /** Signs itself and may sign others; for localhost and 127.0.0.1. */
  public static TestIdentity authority(String name) {
    return make(Request.of(name, true), pair("EC"), null);
  }

  /** Signs itself. */
  public static TestIdentity selfSigned(Request request) {
    return make(request, pair("EC"), null);
  }

  /** Signed by this one. */
  public TestIdentity sign(String other) {
    return sign(Request.of(other, false));
  }

  /** Signed by this one. */
  public TestIdentity sign(Request request) {
    return make(request, pair("EC"), this);
  }

  public static TestIdentity rsa(String name) {
    return make(Request.of(name, true), pair("RSA"), null);
  }

  private static KeyPair pair(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(algorithm.equals("EC") ? 256 : 2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestIdentity make(Request request, KeyPair keys, @Nullable TestIdentity issuer) {
    try {
      X509Certificate certificate =
          MintedCertificate.of(
              new MintedCertificate.Request(
                  request.name(),
                  request.alternativeNames(),
                  request.from(),
                  request.until(),
                  request.authority()),
              keys.getPublic(),
              issuer == null ? request.name() : issuer.name,
              (issuer == null ? keys : issuer.keys).getPrivate());
      return new TestIdentity(request.name(), keys, certificate);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Serves with this certificate, and these of its issuers behind it. */
  public SSLContext server(TestIdentity... issuers) {
    try {
      List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
      for (TestIdentity issuer : issuers) {
        chain.add(issuer.certificate);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(KeyMaterial.identity(chain, keys.getPrivate()), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public Path writeCertificate(Path file) throws IOException {
    return Files.writeString(file, certificatePem());
  }

  public Path writeKey(Path file) throws IOException {
    return Files.writeString(file, keyPem());
  }

  public String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public String keyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** The key of an RSA identity in the form of PKCS#1: what PKCS#8 wraps. */
  String pkcs1Pem() {
    byte[] pkcs8 = keys.getPrivate().getEncoded();
    // SEQUENCE, version, algorithm (15 bytes), then an OCTET STRING with a long length.
    int start = 4 + 3 + 15 + 4;
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, start, pkcs8.length));
  }

  /** The key of an EC identity in the form of SEC1, with its curve before it as openssl writes. */
  String sec1Pem() {
    byte[] curve = Der.identifier("1.2.840.10045.3.1.7");
    byte[] scalar = ((ECPrivateKey) keys.getPrivate()).getS().toByteArray();
    byte[] fixed = new byte[32];
    int count = Math.min(scalar.length, 32);
    System.arraycopy(scalar, scalar.length - count, fixed, 32 - count, count);
    return pem("EC PARAMETERS", curve)
        + pem(
            "EC PRIVATE KEY",
            Der.sequence(Der.integer(BigInteger.ONE), Der.octets(fixed), Der.element(0xa0, curve)));
  }

  static String pem(String kind, byte[] der) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der)
        + "\n-----END "
        + kind
        + "-----\n";
  }

  /** A client that trusts this identity, and shows another where one is given. */
  public SSLContext client(@Nullable TestIdentity shown) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          shown == null ? null : new KeyManager[] {shown.pushy()},
          new TrustManager[] {KeyMaterial.trust(List.of(certificate))},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Offers its certificate whoever is asked for, as a stranger would. */
  private KeyManager pushy() {
    return new X509ExtendedKeyManager() {
      @Override
      public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
        return name;
      }

      @Override
      public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        return name;
      }

      @Override
      public String[] getClientAliases(String type, Principal[] issuers) {
        return new String[] {name};
      }

      @Override
      public String @Nullable [] getServerAliases(String type, Principal[] issuers) {
        return null;
      }

      @Override
      public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return null;
      }

      @Override
      public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {certificate};
      }

      @Override
      public PrivateKey getPrivateKey(String alias) {
        return keys.getPrivate();
      }
    };
  }
}
