// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.checks;

import dev.weir.monitor.check.Check;
import dev.weir.monitor.check.Check.AddressFamily;
import dev.weir.monitor.check.Check.HttpVersion;
import dev.weir.monitor.check.Check.Redirects;
import dev.weir.monitor.check.Check.Timeouts;
import dev.weir.monitor.check.Secret;
import dev.weir.monitor.check.TlsSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The local site, started and ended, and checks of it. */
final class SiteProcess implements AutoCloseable {

  static final String PASSWORD = "benchmark";

  private final Process process;
  private final String certificatePem;
  private final int plainPort;
  private final int encryptedPort;

  private SiteProcess(Process process, String certificatePem, int plainPort, int encryptedPort) {
    this.process = process;
    this.certificatePem = certificatePem;
    this.plainPort = plainPort;
    this.encryptedPort = encryptedPort;
  }

  /** With a new certificate, ECDSA on P-256 as most sites have it today. */
  static SiteProcess start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("weir-site");
    Path keys = folder.resolve("keys.p12");
    Path certificate = folder.resolve("certificate.pem");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> store = List.of("-keystore", keys.toString(), "-storepass", PASSWORD);
    run(
        keytool,
        List.of("-genkeypair", "-alias", "site", "-keyalg", "EC", "-groupname", "secp256r1"),
        List.of("-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "30"),
        store);
    run(
        keytool,
        List.of("-exportcert", "-rfc", "-alias", "site", "-file", certificate.toString()),
        store);
    List<String> command = new ArrayList<>();
    String cores = System.getProperty("weir.site.cores");
    if (cores != null) {
      command.addAll(List.of("taskset", "-c", cores));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(LocalSite.class.getName(), keys.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader said = process.inputReader();
    String[] ports = String.valueOf(said.readLine()).split(" ");
    return new SiteProcess(
        process,
        Files.readString(certificate),
        Integer.parseInt(ports[0]),
        Integer.parseInt(ports[1]));
  }

  @SafeVarargs
  private static void run(String program, List<String>... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    for (List<String> some : arguments) {
      command.addAll(some);
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("%s failed: %s".formatted(program, said));
    }
  }

  int plainPort() {
    return plainPort;
  }

  /** A check whose answer is held back for so long. */
  Check.Http check(boolean encrypted, long heldMicros) {
    return new Check.Http(
        URI.create(
            "%s://127.0.0.1:%d/%d"
                .formatted(
                    encrypted ? "https" : "http",
                    encrypted ? encryptedPort : plainPort,
                    heldMicros)),
        "GET",
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        new TlsSettings(
            Optional.of("localhost"),
            Optional.of(new Secret(certificatePem)),
            Optional.empty(),
            Optional.empty(),
            TlsSettings.Version.TLS_1_2,
            true),
        Redirects.TEN,
        AddressFamily.PREFER_IPV4,
        HttpVersion.AUTOMATIC,
        Check.Http.BODY_LIMIT_BYTES,
        Timeouts.of(Duration.ofSeconds(10)));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
