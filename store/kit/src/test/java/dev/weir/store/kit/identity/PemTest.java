// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.certificate.Pem;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

  private static final TestIdentity RSA = TestIdentity.rsa("localhost");
  private static final TestIdentity EC = TestIdentity.authority("localhost");

  @Test
  void readsKeysInAllThreeForms() {
    assertThat(Pem.privateKey("f", RSA.keyPem())).isEqualTo(RSA.keys().getPrivate());
    assertThat(Pem.privateKey("f", RSA.pkcs1Pem())).isEqualTo(RSA.keys().getPrivate());
    assertThat(Pem.privateKey("f", EC.keyPem())).isEqualTo(EC.keys().getPrivate());
    assertThat(((ECPrivateKey) Pem.privateKey("f", EC.sec1Pem())).getS())
        .isEqualTo(((ECPrivateKey) EC.keys().getPrivate()).getS());
  }

  @Test
  void readsEdwardsKeys() throws Exception {
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String pem = TestIdentity.pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    assertThat(Pem.privateKey("f", pem).getAlgorithm()).isEqualTo("EdDSA");
  }

  @Test
  void readsChainsInOrderAndIgnoresWhatIsAround() {
    String text = "Bag Attributes\n" + EC.certificatePem() + "text\n" + RSA.certificatePem();
    assertThat(Pem.certificates("f", text)).containsExactly(EC.certificate(), RSA.certificate());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "garbage", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"})
  void saysWhereNoKeyIs(String text) {
    assertThatThrownBy(() -> Pem.privateKey("/k.pem", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("/k.pem: no PEM private key");
    assertThatThrownBy(() -> Pem.certificates("/c.pem", text))
        .hasMessage("/c.pem: no PEM certificate in it");
  }

  @Test
  void saysWhenAKeyIsEncrypted() {
    assertThatThrownBy(
            () -> Pem.privateKey("/k", TestIdentity.pem("ENCRYPTED PRIVATE KEY", new byte[9])))
        .hasMessageContaining("is encrypted");
    String old =
        RSA.pkcs1Pem()
            .replace(
                "KEY-----\nM", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nM");
    assertThatThrownBy(() -> Pem.privateKey("/k", old)).hasMessageContaining("is encrypted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "CERTIFICATE"})
  void saysWhenTheContentIsBroken(String kind) {
    byte[][] broken = {{}, {0x30}, {0x30, (byte) 0x84, 1, 1, 1, 1}, {0x30, 3, 2, 1, 1}};
    for (byte[] der : broken) {
      String pem = TestIdentity.pem(kind, der);
      assertThatThrownBy(
              () -> {
                Pem.certificates("/f", pem);
                Pem.privateKey("/f", pem);
              })
          .isInstanceOf(IllegalArgumentException.class);
      if (!kind.equals("CERTIFICATE")) {
        assertThatThrownBy(() -> Pem.privateKey("/f", pem))
            .hasMessage("/f: the private key in it can't be read");
      }
    }
  }
}
