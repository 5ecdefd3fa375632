// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.certificate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * Private keys from their DER forms. The JDK reads PKCS#8 only; PKCS#1 (RFC 8017 A.1.2) and SEC1
 * (RFC 5915) are put into that envelope here.
 */
final class PrivateKeys {

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;

  /** Context tag 0 of an EC private key: the curve. */
  private static final int CURVE = 0xa0;

  /** Version 0. */
  private static final byte[] VERSION = {INTEGER, 1, 0};

  /** rsaEncryption (1.2.840.113549.1.1.1) with the NULL that goes with it. */
  private static final byte[] RSA = {
    SEQUENCE, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  /** ecPublicKey (1.2.840.10045.2.1). */
  private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  private PrivateKeys() {}

  static PrivateKey fromPkcs8(byte[] der) throws GeneralSecurityException {
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(der);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException _) {
        // Of another algorithm; the next one is tried.
      }
    }
    throw new InvalidKeyException("none of " + ALGORITHMS);
  }

  static PrivateKey fromPkcs1(byte[] der) throws GeneralSecurityException {
    return fromPkcs8(element(SEQUENCE, VERSION, RSA, element(OCTET_STRING, der)));
  }

  static PrivateKey fromSec1(byte[] der) throws GeneralSecurityException {
    byte[] algorithm = element(SEQUENCE, EC, curve(der));
    return fromPkcs8(element(SEQUENCE, VERSION, algorithm, element(OCTET_STRING, der)));
  }

  private static byte[] curve(byte[] der) throws GeneralSecurityException {
    ByteBuffer key = content(ByteBuffer.wrap(der), SEQUENCE);
    content(key, INTEGER);
    content(key, OCTET_STRING);
    if (!key.hasRemaining()) {
      throw new InvalidKeyException("the key does not name its curve");
    }
    ByteBuffer curve = content(key, CURVE);
    byte[] bytes = new byte[curve.remaining()];
    curve.get(bytes);
    return bytes;
  }

  /** The content of the next element, which must have this tag; moves behind it. */
  private static ByteBuffer content(ByteBuffer from, int tag) throws GeneralSecurityException {
    if (from.remaining() < 2 || (from.get() & 0xff) != tag) {
      throw new InvalidKeyException("unexpected element");
    }
    int length = from.get() & 0xff;
    if (length >= 0x80) {
      int count = length & 0x7f;
      if (count < 1 || count > 3 || count > from.remaining()) {
        throw new InvalidKeyException("unexpected length");
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = (length << 8) | (from.get() & 0xff);
      }
    }
    if (length > from.remaining()) {
      throw new InvalidKeyException("an element is cut off");
    }
    ByteBuffer content = from.slice(from.position(), length);
    from.position(from.position() + length);
    return content;
  }

  private static byte[] element(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      int count = (39 - Integer.numberOfLeadingZeros(length)) / 8;
      out.write(0x80 | count);
      for (int i = count - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
