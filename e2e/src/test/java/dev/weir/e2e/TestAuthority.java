// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority for one test, made by the JDK's keytool: nobody else trusts it, and it
 * signs whatever name the test needs.
 */
final class TestAuthority {

  private static final String PASSWORD = "not-a-secret";
  private static final String AUTHORITY = "authority";

  private final Path folder;
  private final Path store;

  TestAuthority(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("keys.p12");
    keytool(
        "-genkeypair",
        "-alias",
        AUTHORITY,
        "-dname",
        "CN=Weir test authority",
        "-ext",
        "bc:critical=ca:true",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-validity",
        "2");
  }

  /** A key in {@code NAME.key} and a chain for these DNS names in {@code NAME.pem}. */
  void issue(String name, List<String> dnsNames) {
    String request = folder.resolve(name + ".csr").toString();
    String certificate = folder.resolve(name + ".crt").toString();
    String names = "san=" + String.join(",", dnsNames.stream().map(dns -> "dns:" + dns).toList());
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-dname",
        "CN=" + name,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-validity",
        "2");
    keytool("-certreq", "-alias", name, "-file", request);
    keytool(
        "-gencert",
        "-alias",
        AUTHORITY,
        "-infile",
        request,
        "-outfile",
        certificate,
        "-ext",
        names,
        "-validity",
        "2",
        "-rfc");
    keytool("-importcert", "-alias", name, "-file", certificate, "-noprompt");
    try {
      KeyStore keys = keys();
      StringBuilder chain = new StringBuilder();
      for (Certificate each : keys.getCertificateChain(name)) {
        chain.append(pem("CERTIFICATE", each.getEncoded()));
      }
      Files.writeString(chainFile(name), chain);
      byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
      Files.writeString(keyFile(name), pem("PRIVATE KEY", key));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Path chainFile(String name) {
    return folder.resolve(name + ".pem");
  }

  Path keyFile(String name) {
    return folder.resolve(name + ".key");
  }

  /** Trust in this authority and in no other. */
  TrustManager[] trust() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(AUTHORITY, keys().getCertificate(AUTHORITY));
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trusted);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What serves by these names, in this virtual machine. */
  SSLContext serving(String name) {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      char[] password = PASSWORD.toCharArray();
      own.setKeyEntry(
          name, keys().getKey(name, password), password, keys().getCertificateChain(name));
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(own, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same trust, as a file for {@code javax.net.ssl.trustStore}. */
  Path trustStore() {
    Path file = folder.resolve("trust.p12");
    if (Files.exists(file)) {
      return file;
    }
    Path certificate = folder.resolve("authority.crt");
    keytool("-exportcert", "-alias", AUTHORITY, "-file", certificate.toString());
    run(
        "-importcert",
        "-noprompt",
        "-alias",
        AUTHORITY,
        "-file",
        certificate.toString(),
        "-keystore",
        file.toString(),
        "-storepass",
        PASSWORD);
    return file;
  }

  /** The password of {@link #trustStore}. */
  static String trustStorePassword() {
    return PASSWORD;
  }

  private KeyStore keys() throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
  }

  private static String pem(String kind, byte[] der) {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind);
  }

  private void keytool(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    run(all.toArray(String[]::new));
  }

  private static void run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("%s%n%s", command, said).isZero();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
