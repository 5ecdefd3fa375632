// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server.web;

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

/** Reads certificates and private keys from PEM text; complaints name the place. */
final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private Pem() {}

  /** A block of a PEM text. */
  private record Block(String kind, String content) {

    byte[] der() {
      return Base64.getMimeDecoder().decode(content);
    }
  }

  /** All certificates in order, at least one. */
  static List<X509Certificate> certificates(String place, String text) {
    List<X509Certificate> all = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Block block : blocks(text)) {
        if (block.kind().equals("CERTIFICATE")) {
          all.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ServerConfigException(place + ": a certificate in it can't be read", e);
    }
    if (all.isEmpty()) {
      throw new ServerConfigException(place + ": no PEM certificate in it");
    }
    return all;
  }

  /** The first private key. */
  static PrivateKey privateKey(String place, String text) {
    try {
      for (Block block : blocks(text)) {
        switch (block.kind()) {
          case "PRIVATE KEY":
            return PrivateKeys.fromPkcs8(block.der());
          case "RSA PRIVATE KEY":
            if (block.content().contains("ENCRYPTED")) {
              throw encrypted(place);
            }
            return PrivateKeys.fromPkcs1(block.der());
          case "EC PRIVATE KEY":
            if (block.content().contains("ENCRYPTED")) {
              throw encrypted(place);
            }
            return PrivateKeys.fromSec1(block.der());
          case "ENCRYPTED PRIVATE KEY":
            throw encrypted(place);
          default:
            break;
        }
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      if (e instanceof ServerConfigException known) {
        throw known;
      }
      throw new ServerConfigException(place + ": the private key in it can't be read", e);
    }
    throw new ServerConfigException(
        place + ": no PEM private key in it (PKCS#8, PKCS#1 or SEC1 are read)");
  }

  private static ServerConfigException encrypted(String place) {
    return new ServerConfigException(
        place + ": the private key is encrypted; openssl pkey writes it without a password");
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
