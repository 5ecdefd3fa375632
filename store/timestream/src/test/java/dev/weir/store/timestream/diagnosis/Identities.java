// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.store.timestream.diagnosis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** An authority and what it signs, made by the JDK's keytool: nobody else trusts it. */
final class Identities {

  private static final String PASSWORD = "not-a-secret";

  private final Path folder;

  Identities(Path folder) {
    this.folder = folder;
    keytool(
        "authority",
        "-genkeypair -dname CN=Authority -ext bc:critical=ca:true -validity 30".split(" "));
  }

  /**
   * Makes a certificate.
   *
   * @param begins as keytool has it, such as {@code -3d}
   * @param days for how long it is valid
   */
  void issue(String alias, String dnsName, String begins, int days) {
    keytool(
        alias,
        ("-genkeypair -signer authority -dname CN=%s -ext san=dns:%s -startdate %s -validity %d"
                .formatted(alias, dnsName, begins, days))
            .split(" "));
  }

  /** A server that shows one of them. */
  SSLContext server(String alias) {
    try {
      KeyStore one = KeyStore.getInstance("PKCS12");
      one.load(null, null);
      KeyStore all = keys();
      one.setKeyEntry(
          alias,
          all.getKey(alias, PASSWORD.toCharArray()),
          PASSWORD.toCharArray(),
          all.getCertificateChain(alias));
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(one, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Trust in this authority and in no other. */
  X509TrustManager trust() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", keys().getCertificate("authority"));
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trusted);
      return (X509TrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore keys() throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(store().toFile(), PASSWORD.toCharArray());
  }

  private Path store() {
    return folder.resolve("keys.p12");
  }

  private void keytool(String alias, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", alias, "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-keystore", store().toString(), "-storepass", PASSWORD));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(command + ": " + said);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
