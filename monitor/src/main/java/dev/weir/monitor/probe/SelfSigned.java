// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.probe;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for localhost, made in memory and gone with it: the platform reads certificates and
 * has no way to make one.
 */
record SelfSigned(KeyPair keys, byte[] certificate) {

  private static final Duration AROUND = Duration.ofDays(1);

  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int BIT_STRING = 0x03;
  private static final int GENERALIZED_TIME = 0x18;

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] ECDSA_WITH_SHA256 = HEX.parseHex("300a06082a8648ce3d040302");
  private static final byte[] VERSION_3 = HEX.parseHex("a003020102");
  private static final byte[] SERIAL_1 = HEX.parseHex("020101");
  private static final byte[] COMMON_NAME = HEX.parseHex("0603550403");
  private static final byte[] ALTERNATIVE_NAMES = HEX.parseHex("0603551d11");

  /** Valid a day before and after the moment. */
  static SelfSigned localhost(Instant now) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    byte[] host = "localhost".getBytes(StandardCharsets.US_ASCII);
    byte[] name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(0x0c, host))));
    byte[] names = der(SEQUENCE, der(0x82, host));
    byte[] signed =
        der(
            SEQUENCE,
            VERSION_3,
            SERIAL_1,
            ECDSA_WITH_SHA256,
            name,
            der(SEQUENCE, time(now.minus(AROUND)), time(now.plus(AROUND))),
            name,
            keys.getPublic().getEncoded(),
            der(0xa3, der(SEQUENCE, der(SEQUENCE, ALTERNATIVE_NAMES, der(0x04, names)))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(signed);
    byte[] none = {0};
    return new SelfSigned(
        keys, der(SEQUENCE, signed, ECDSA_WITH_SHA256, der(BIT_STRING, none, signature.sign())));
  }

  String certificatePem() {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }

  /** TLS as the server who has this certificate. */
  SSLContext server() throws GeneralSecurityException, IOException {
    Certificate parsed =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("localhost", keys.getPrivate(), new char[0], new Certificate[] {parsed});
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static byte[] time(Instant moment) {
    String text =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC).format(moment);
    return der(GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A value of ASN.1, of fewer than 65,536 bytes. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    if (length < 0x80) {
      value.write(length);
    } else if (length < 0x100) {
      value.write(0x81);
      value.write(length);
    } else {
      value.write(0x82);
      value.write(length >> 8);
      value.write(length);
    }
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }

  @Override
  public String toString() {
    return "SelfSigned[…]";
  }
}
