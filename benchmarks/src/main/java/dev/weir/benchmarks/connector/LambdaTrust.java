// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.connector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An identity for the stand-in, and the JDK's own certificates with that one among them: the
 * function reads as many as it does for Amazon's hosts. Made by the JDK's keytool.
 */
record LambdaTrust(Path identity, Path trusted) {

  private static final String PASSWORD = "changeit";

  static LambdaTrust make(Path folder) throws IOException, InterruptedException {
    LambdaTrust made = new LambdaTrust(folder.resolve("identity.p12"), folder.resolve("trusted"));
    Path certificate = folder.resolve("certificate.pem");
    List<String> identity =
        List.of("-alias", "stub", "-storepass", PASSWORD, "-keystore", made.identity.toString());
    keytool(
        identity,
        List.of("-genkeypair", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=stub"),
        List.of("-validity", "30", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12"));
    keytool(identity, List.of("-exportcert", "-rfc", "-file", certificate.toString()));
    Path authorities = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    Files.copy(authorities, made.trusted);
    // As the JDK has it, without a password: reading an encrypted one takes longer.
    keytool(
        List.of("-importcert", "-noprompt", "-alias", "stub", "-file", certificate.toString()),
        List.of("-keystore", made.trusted.toString(), "-storepass", PASSWORD),
        List.of("-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE"),
        List.of("-J-Dkeystore.pkcs12.macAlgorithm=NONE"));
    return made;
  }

  String flag() {
    return "-Djavax.net.ssl.trustStore=" + trusted;
  }

  @SafeVarargs
  private static void keytool(List<String>... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    for (List<String> some : arguments) {
      command.addAll(some);
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + said);
    }
  }
}
