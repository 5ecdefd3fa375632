// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.sites;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import dev.weir.store.kit.identity.TestIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb against a Weir with a certificate of an authority of one's own. */
final class SitesTrustTest {

  private static final byte[] NONE =
      "{\"items\":[],\"next\":null}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private HttpsServer server;

  @BeforeEach
  void open() throws IOException {
    TestIdentity authority = TestIdentity.authority("Weir test authority");
    authority.writeCertificate(folder.resolve("authority.pem"));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(authority.sign("localhost").server()));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, NONE.length);
          exchange.getResponseBody().write(NONE);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void trustsTheAuthorityThatIsNamed() {
    assertThat(list("--ca=authority.pem")).isZero();
  }

  @Test
  void saysWhatToDoAboutACertificateThatIsNotTrusted() {
    assertThat(list()).isEqualTo(1);
    assertThat(error())
        .isEqualTo(
            ("weir: the certificate of %s is not trusted here, not valid now, or for another"
                    + " name; --ca names a file with its authority%n")
                .formatted(url()));
  }

  @Test
  void refusesAFileWithoutAuthorities() throws IOException {
    Files.writeString(folder.resolve("none.pem"), "-----BEGIN NOTHING-----");
    assertThat(list("--ca=none.pem")).isEqualTo(1);
    assertThat(error()).contains("none.pem: no PEM certificate in it");
    assertThat(list("--ca=missing.pem")).isEqualTo(1);
    assertThat(error()).contains("missing.pem can't be read");
  }

  private String url() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  private String error() {
    return error.toString(StandardCharsets.UTF_8);
  }

  private int list(String... words) {
    error.reset();
    Terminal terminal =
        new Terminal(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(error, true, StandardCharsets.UTF_8),
            Map.of(),
            folder);
    List<String> line = new ArrayList<>(List.of("sites", "list", "--server=" + url()));
    line.addAll(List.of(words));
    return new CommandLine(List.of(new SitesVerb(Prompt.terminal())), terminal).run(line);
  }
}
