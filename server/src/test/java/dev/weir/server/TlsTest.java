// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Response;
import dev.weir.server.web.TlsFiles;
import dev.weir.store.kit.identity.TestIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {

  private static final TestIdentity SERVER = TestIdentity.authority("localhost");
  private static final TestIdentity CLIENTS = TestIdentity.authority("clients");
  private static final Map<String, TestIdentity> SHOWN =
      Map.of("good", CLIENTS.sign("scraper"), "self-signed", TestIdentity.authority("stranger"));

  @TempDir Path folder;
  private final Doorstep door = new Doorstep();

  @BeforeEach
  void files() throws IOException {
    SERVER.writeCertificate(folder.resolve("server.crt"));
    SERVER.writeKey(folder.resolve("server.key"));
    CLIENTS.writeCertificate(folder.resolve("clients.crt"));
    door.post("/write", _ -> Response.empty(204));
  }

  @AfterEach
  void close() {
    door.close();
  }

  @ParameterizedTest
  @CsvSource({"HTTP_1_1", "HTTP_2"})
  void servesOverTlsInBothVersions(HttpClient.Version version) throws Exception {
    openWithFlags();
    HttpResponse<String> answer = get(client(SERVER.client(null), version), "/here");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void servesTls12AndSpeaksOnlyHttp1WhenToldSo() throws Exception {
    openWithConfig(
        "  max_version: TLS12\n",
        "http_server_config:\n  http2: false\n  headers:\n" + "    X-Frame-Options: deny\n");
    HttpResponse<String> answer =
        get(client(SERVER.client(null), HttpClient.Version.HTTP_2), "/here");
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.2");
    assertThat(answer.headers().firstValue("X-Frame-Options")).contains("deny");
  }

  @Test
  void takesANewCertificateWhenTheFilesChange() throws Exception {
    openWithFlags();
    assertThat(shownBy(SERVER)).isEqualTo("CN=localhost");

    TestIdentity next = TestIdentity.authority("next.example");
    next.writeCertificate(folder.resolve("server.crt"));
    tick();
    // The certificate changed and the key did not yet: the old pair stays.
    assertThat(shownBy(SERVER)).isEqualTo("CN=localhost");

    next.writeKey(folder.resolve("server.key"));
    tick();
    assertThat(shownBy(next)).isEqualTo("CN=next.example");
  }

  @ParameterizedTest
  @CsvSource({
    "RequestClientCert, none, 204",
    "RequestClientCert, self-signed, 204",
    "RequireAnyClientCert, none, 401",
    "RequireAnyClientCert, self-signed, 204",
    "VerifyClientCertIfGiven, none, 204",
    "VerifyClientCertIfGiven, self-signed, 401",
    "VerifyClientCertIfGiven, good, 204",
    "RequireAndVerifyClientCert, none, 401",
    "RequireAndVerifyClientCert, self-signed, 401",
    "RequireAndVerifyClientCert, good, 204",
  })
  void asksForCertificatesAtThePrometheusDoorOnly(String type, String shown, int status)
      throws Exception {
    String authorities = type.contains("Verify") ? "  client_ca_file: clients.crt\n" : "";
    openWithConfig("  client_auth_type: " + type + "\n" + authorities, "");
    try (HttpClient client = client(SERVER.client(SHOWN.get(shown)), HttpClient.Version.HTTP_1_1)) {
      assertThat(post(client).statusCode()).isEqualTo(status);
      assertThat(get(client, "/here").statusCode()).isEqualTo(200);
      assertThat(get(client, "/-/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void holdsClientsToTheirNames() throws Exception {
    String verify =
        "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: clients.crt\n";
    openWithConfig(verify + "  client_allowed_sans: [scraper]\n", "");
    assertThat(post(client(SERVER.client(CLIENTS.sign("scraper")))).statusCode()).isEqualTo(204);
    HttpResponse<String> answer = post(client(SERVER.client(CLIENTS.sign("other"))));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("none of the allowed names");
  }

  @Test
  void survivesPlainTextOnTheTlsPort() throws Exception {
    openWithFlags();
    try (RawConnection raw = door.raw()) {
      raw.send("GET / HTTP/1.1\nHost: localhost\n\n").readToEnd();
    }
    assertThat(get(client(SERVER.client(null)), "/here").statusCode()).isEqualTo(200);
  }

  @Test
  void closesConnectionsThatSayNothingAndKeepsThoseThatSpoke() throws Exception {
    door.limits(Limits.standard().withHeadTimeout(Duration.ofSeconds(3)));
    openWithFlags();
    shownBy(SERVER); // The first handshake of a JVM takes its time.
    String request = "GET /-/healthy HTTP/1.1\nHost: localhost\n\n";
    try (RawConnection spoke =
            new RawConnection(
                SERVER.client(null).getSocketFactory().createSocket("127.0.0.1", door.port()));
        RawConnection silent = door.raw()) {
      assertThat(spoke.send(request).readHead()).startsWith("HTTP/1.1 200");
      spoke.read("Weir is healthy.\n".length());
      assertThat(silent.readToEnd()).doesNotContain("200");
      assertThat(spoke.send(request).readHead()).startsWith("HTTP/1.1 200");
    }
  }

  private void openWithFlags() {
    door.with(
            door.options()
                .withTls(new TlsFiles(folder.resolve("server.crt"), folder.resolve("server.key"))))
        .open();
  }

  private void openWithConfig(String tls, String more) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("web.yml"),
            "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n" + tls + more);
    door.with(
            ServerOptions.on("127.0.0.1:0")
                .withWebConfig(file)
                .withDoors(Set.of(Door.PROMETHEUS, Door.CONSOLE)))
        .open();
  }

  private void tick() {
    door.clock.updateAndGet(now -> now.plusSeconds(2));
  }

  private String shownBy(TestIdentity trusted) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            trusted.client(null).getSocketFactory().createSocket("127.0.0.1", door.port())) {
      socket.startHandshake();
      return socket.getSession().getPeerPrincipal().getName();
    }
  }

  private static HttpClient client(SSLContext context) {
    return client(context, HttpClient.Version.HTTP_1_1);
  }

  private static HttpClient client(SSLContext context, HttpClient.Version version) {
    return HttpClient.newBuilder().sslContext(context).version(version).build();
  }

  private HttpResponse<String> get(HttpClient client, String path) throws Exception {
    return send(client, path, null);
  }

  private HttpResponse<String> post(HttpClient client) throws Exception {
    return send(client, "/write", HttpRequest.BodyPublishers.ofString("x"));
  }

  private HttpResponse<String> send(
      HttpClient client, String path, HttpRequest.@Nullable BodyPublisher body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + door.port() + path));
    return client.send(
        body == null ? request.build() : request.POST(body).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
