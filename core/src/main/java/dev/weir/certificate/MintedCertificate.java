// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.certificate;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * Makes certificates for servers of our own: those of tests and of the demonstration. Version 3
 * with alternative names (RFC 5280); signed with SHA-256 by an EC or RSA key.
 */
public final class MintedCertificate {

  private static final int SERIAL_BITS = 120;
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * What a certificate says.
   *
   * @param name the common name
   * @param alternativeNames host names; an IPv4 literal becomes an address
   * @param authority whether it may sign others
   */
  public record Request(
      String name, List<String> alternativeNames, Instant from, Instant until, boolean authority) {

    public Request {
      alternativeNames = List.copyOf(alternativeNames);
    }
  }

  private MintedCertificate() {}

  /**
   * Makes one.
   *
   * @param owner the key that it is about
   * @param issuer the common name of who signs; its own name where it signs itself
   * @param signer the key of who signs
   */
  public static X509Certificate of(
      Request request, PublicKey owner, String issuer, PrivateKey signer)
      throws GeneralSecurityException {
    boolean ec = signer.getAlgorithm().equals("EC");
    byte[] algorithm =
        ec
            ? Der.sequence(Der.identifier("1.2.840.10045.4.3.2"))
            : Der.sequence(Der.identifier("1.2.840.113549.1.1.11"), Der.element(0x05, new byte[0]));
    byte[] body =
        Der.sequence(
            Der.element(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS)),
            algorithm,
            distinguished(issuer),
            Der.sequence(Der.time(request.from()), Der.time(request.until())),
            distinguished(request.name()),
            owner.getEncoded(),
            Der.element(0xa3, extensions(request)));
    Signature signature = Signature.getInstance(ec ? "SHA256withECDSA" : "SHA256withRSA");
    signature.initSign(signer);
    signature.update(body);
    byte[] der = Der.sequence(body, algorithm, Der.bits(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static byte[] distinguished(String name) {
    byte[] attribute = Der.sequence(Der.identifier("2.5.4.3"), Der.text(0x0c, name));
    return Der.sequence(Der.element(0x31, attribute));
  }

  private static byte[] extensions(Request request) {
    byte[] names =
        Der.sequence(
            request.alternativeNames().stream()
                .map(MintedCertificate::alternativeName)
                .toArray(byte[][]::new));
    byte[] alternative = Der.sequence(Der.identifier("2.5.29.17"), Der.octets(names));
    if (!request.authority()) {
      return Der.sequence(alternative);
    }
    byte[] yes = Der.element(0x01, new byte[] {(byte) 0xff});
    return Der.sequence(
        alternative, Der.sequence(Der.identifier("2.5.29.19"), yes, Der.octets(Der.sequence(yes))));
  }

  private static byte[] alternativeName(String name) {
    return name.matches("[0-9.]+")
        ? Der.element(0x87, InetAddress.ofLiteral(name).getAddress())
        : Der.text(0x82, name);
  }
}
