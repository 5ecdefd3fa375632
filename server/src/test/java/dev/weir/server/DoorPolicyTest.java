// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.weir.exchange.Response;
import dev.weir.server.web.ServerConfigException;
import dev.weir.server.web.TlsFiles;
import dev.weir.store.kit.identity.TestIdentity;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorPolicyTest {

  private static final String PAIR = Base64.getEncoder().encodeToString("a:b".getBytes());

  @TempDir Path folder;
  private final Doorstep door = new Doorstep();

  @AfterEach
  void close() {
    door.close();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1:0", "localhost:0", "[::1]:0", "127.0.0.9:0"})
  void allowsEverythingOnLoopback(String listen) {
    assertThatCode(() -> ServerOptions.on(listen).check()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({":9201", "0.0.0.0:9201", "[::]:9201", "192.0.2.1:9201"})
  void refusesAnOpenDoorOffLoopback(String listen) {
    assertThatThrownBy(() -> ServerOptions.on(listen).check())
        .isInstanceOf(ServerConfigException.class)
        .hasMessageContaining("door prometheus on " + ListenAddress.parse(listen))
        .hasMessageContaining("--web.config.file")
        .message()
        .hasLineCount(1);
  }

  @Test
  void tlsIsNoSubstituteForCredentials() throws Exception {
    TestIdentity identity = TestIdentity.authority("localhost");
    TlsFiles files =
        new TlsFiles(
            identity.writeCertificate(folder.resolve("c")), identity.writeKey(folder.resolve("k")));
    assertThatThrownBy(() -> ServerOptions.on(":9201").withTls(files).check())
        .hasMessageContaining("TLS alone");
    identity.writeCertificate(folder.resolve("ca"));
    Path asked = config("RequireAnyClientCert", "");
    assertThatThrownBy(() -> prometheus(":9201").withWebConfig(asked).check())
        .hasMessageContaining("door prometheus");
    Path verified = config("RequireAndVerifyClientCert", "  client_ca_file: ca\n");
    assertThatCode(() -> prometheus(":9201").withWebConfig(verified).check())
        .doesNotThrowAnyException();
  }

  @Test
  void allowsUsersOffLoopbackButNoConsoleWithoutSignIn() throws Exception {
    ServerOptions withUsers = prometheus(":9201").withWebConfig(users());
    assertThatCode(withUsers::check).doesNotThrowAnyException();
    assertThatThrownBy(() -> withUsers.withDoors(Set.of(Door.PROMETHEUS, Door.CONSOLE)).check())
        .hasMessageContaining("door console on :9201")
        .hasMessageContaining("--doors=prometheus");
  }

  @Test
  void allowsTheTimestreamDoorOffLoopbackWithACredentialsFile() {
    ServerOptions alone = ServerOptions.on(":9201").withDoors(Set.of(Door.TIMESTREAM));
    assertThatThrownBy(alone::check)
        .hasMessageContaining("door timestream on :9201")
        .hasMessageContaining("--timestream.credentials-file")
        .message()
        .hasLineCount(1);
    assertThatCode(() -> alone.withTimestreamCredentials(folder.resolve("callers.ini")).check())
        .doesNotThrowAnyException();
  }

  @Test
  void allowsRequestsThatBringCredentialsOffLoopback() {
    assertThatCode(() -> prometheus(":9201").withRequestCredentials(true).check())
        .doesNotThrowAnyException();
  }

  @Test
  void asksForUsersAndThenTakesAnyHost() throws Exception {
    door.with(ServerOptions.on("127.0.0.1:0").withWebConfig(users()))
        .post("/write", _ -> Response.empty(204))
        .open();

    HttpResponse<String> refused = door.send("/write", new byte[9]);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("www-authenticate").orElseThrow())
        .startsWith("Basic realm=");
    assertThat(fetch("/metrics", "Basic nonsense").statusCode()).isEqualTo(401);
    assertThat(fetch("/metrics", "Basic " + PAIR).statusCode()).isEqualTo(200);
    assertThat(door.fetch("/-/ready").statusCode()).isEqualTo(200);
    assertThat(door.fetch("/here").statusCode()).isEqualTo(200);
    assertThat(head("/metrics", "weir.example.com")).startsWith("HTTP/1.1 200");
    assertThat(head("/here", "weir.example.com")).startsWith("HTTP/1.1 403");
    assertThat(head("/none", "weir.example.com")).startsWith("HTTP/1.1 403");
  }

  @Test
  void usersGuardOnlyTheMetricsWhereRequestsBringCredentials() throws Exception {
    door.with(prometheus("127.0.0.1:0").withWebConfig(users()).withRequestCredentials(true))
        .post("/write", _ -> Response.empty(204))
        .open();
    assertThat(door.send("/write", new byte[9]).statusCode()).isEqualTo(204);
    assertThat(door.fetch("/metrics").statusCode()).isEqualTo(401);
    assertThat(fetch("/metrics", "Basic " + PAIR).statusCode()).isEqualTo(200);
    assertThat(head("/none", "weir.example.com")).startsWith("HTTP/1.1 404");
  }

  @Test
  void metricsNeedNothingWhereRequestsBringCredentials() throws Exception {
    door.with(prometheus("127.0.0.1:0").withRequestCredentials(true)).open();
    assertThat(door.fetch("/metrics").statusCode()).isEqualTo(200);
    assertThat(head("/metrics", "connector.example.com")).startsWith("HTTP/1.1 200");
  }

  private static ServerOptions prometheus(String listen) {
    return ServerOptions.on(listen).withDoors(Set.of(Door.PROMETHEUS));
  }

  private Path users() throws IOException {
    String hash = BCrypt.withDefaults().hashToString(4, "b".toCharArray());
    return Files.writeString(folder.resolve("users.yml"), "basic_auth_users: {a: '" + hash + "'}");
  }

  private Path config(String type, String more) throws IOException {
    return Files.writeString(
        folder.resolve("web.yml"),
        "tls_server_config:\n  cert_file: c\n  key_file: k\n  client_auth_type: "
            + type
            + "\n"
            + more);
  }

  private HttpResponse<String> fetch(String path, String authorization) throws Exception {
    return door.send(HttpRequest.newBuilder(door.uri(path)).header("Authorization", authorization));
  }

  private String head(String path, String host) throws IOException {
    try (RawConnection raw = door.raw()) {
      return raw.send(
              "GET "
                  + path
                  + " HTTP/1.1\nHost: "
                  + host
                  + "\nAuthorization: Basic "
                  + PAIR
                  + "\n\n")
          .readHead();
    }
  }
}
