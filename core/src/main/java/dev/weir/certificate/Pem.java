// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.certificate;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads certificates and private keys from PEM text. What can't be read is an {@link
 * IllegalArgumentException} that names the place and nothing of the content.
 */
public final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private Pem() {}

  /** A block of a PEM text. */
  private record Block(String kind, String content) {

    byte[] der() {
      return Base64.getMimeDecoder().decode(content);
    }

    /** In either form: PKCS#8's own, or the headers of RFC 1421 before the older ones. */
    boolean encrypted() {
      return kind.equals("ENCRYPTED PRIVATE KEY")
          || (kind.endsWith(" PRIVATE KEY") && content.contains(",ENCRYPTED"));
    }
  }

  /** All certificates in order, at least one. */
  public static List<X509Certificate> certificates(String place, String text) {
    List<X509Certificate> all = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Block block : blocks(text)) {
        if (block.kind().equals("CERTIFICATE")) {
          all.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
        }
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException(place + ": a certificate in it can't be read", e);
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(place + ": no PEM certificate in it");
    }
    return all;
  }

  /** The first private key. */
  public static PrivateKey privateKey(String place, String text) {
    for (Block block : blocks(text)) {
      if (block.encrypted()) {
        throw new IllegalArgumentException(
            place + ": the private key is encrypted; openssl pkey writes it without a password");
      }
      try {
        switch (block.kind()) {
          case "PRIVATE KEY":
            return PrivateKeys.fromPkcs8(block.der());
          case "RSA PRIVATE KEY":
            return PrivateKeys.fromPkcs1(block.der());
          case "EC PRIVATE KEY":
            return PrivateKeys.fromSec1(block.der());
          default:
            break;
        }
      } catch (GeneralSecurityException | RuntimeException e) {
        throw new IllegalArgumentException(place + ": the private key in it can't be read", e);
      }
    }
    throw new IllegalArgumentException(
        place + ": no PEM private key in it (PKCS#8, PKCS#1 or SEC1 are read)");
  }

  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }
}
