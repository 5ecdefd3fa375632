// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.api.Api;
import dev.weir.api.call.JsonAnswer;
import dev.weir.api.call.Operation;
import dev.weir.api.call.Role;
import dev.weir.server.console.ConsoleRoutes;
import dev.weir.server.web.ServerConfigException;
import dev.weir.server.web.TlsFiles;
import dev.weir.store.kit.identity.TestIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers of the console's door tell browsers. */
class ConsoleHeadersTest {

  private static final String CONSOLE = "https://console.example";
  private static final TestIdentity SERVER = TestIdentity.authority("127.0.0.1");

  /** Of "secret"; nobody signs in here. */
  private static final String USERS =
      "users: {ann: {password: \"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\","
          + " roles: {\"*\": viewer}}}";

  @TempDir Path folder;
  private final Doorstep door = new Doorstep();

  @AfterEach
  void close() {
    door.close();
  }

  private void open(ServerOptions options) {
    Api api =
        new Api(
            List.of(
                new Operation(
                    "PUT",
                    "/api/v1/thing",
                    Role.VIEWER,
                    _ -> JsonAnswer.of(200, json -> json.writeString("done")))));
    door.with(options);
    door.routes(ConsoleRoutes.of(api, options, door.clock::get)).open();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/thing", "/api/v1/thing/none", "/api/v1/session"})
  void answersOfTheApiAreKeptNowhereAndShownNowhere(String path) throws Exception {
    open(ServerOptions.on("127.0.0.1:0"));
    HttpResponse<String> answer =
        door.send(HttpRequest.newBuilder(door.uri(path)).PUT(BodyPublishers.noBody()));
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(answer, "Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    assertThat(header(answer, "Vary")).isEmpty();
    assertThat(header(answer, "Strict-Transport-Security")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/assets/index-a1.js", "/config.json"})
  void filesLetABrowserRunNothingButTheirOwn(String path) throws Exception {
    open(ServerOptions.on("127.0.0.1:0"));
    HttpResponse<String> file = door.fetch(path);
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(header(file, "Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .contains("frame-ancestors 'none'", "connect-src 'self'")
        .doesNotContain("unsafe");
    assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(file, "X-Frame-Options")).isEqualTo("DENY");
    assertThat(header(file, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(file, "Cache-Control"))
        .isEqualTo(
            path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
  }

  @Test
  void theConsoleFindsItsApiBesideIt() throws Exception {
    open(ServerOptions.on("127.0.0.1:0"));
    HttpResponse<String> place = door.fetch("/config.json");
    assertThat(header(place, "Content-Type")).isEqualTo("application/json");
    assertThat(place.body()).isEqualTo("{\"api\":\"\",\"issuer\":null}\n");
  }

  @Test
  void filesArePackedForWhoTakesThem() throws Exception {
    open(ServerOptions.on("127.0.0.1:0"));
    HttpResponse<String> packed =
        door.send(
            HttpRequest.newBuilder(door.uri("/assets/index-a1.js"))
                .header("Accept-Encoding", "br, gzip"));
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(door.fetch("/assets/index-a1.js"), "Content-Encoding")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v1/thing", "/api/v1/session"})
  void overTlsBrowsersComeOverTlsFromThenOn(String path) throws Exception {
    open(tls(ServerOptions.on("127.0.0.1:0")));
    assertThat(header(overTls(path, Optional.empty()), "Strict-Transport-Security"))
        .isEqualTo("max-age=31536000");
    assertThat(header(overTls("/metrics", Optional.empty()), "Strict-Transport-Security"))
        .isEmpty();
  }

  @Test
  void aConsoleOfAnotherOriginMayCallAndReadAndNobodyElse() throws Exception {
    open(
        ServerOptions.on("127.0.0.1:0")
            .withConsole(new ConsoleOptions(Optional.empty(), Set.of(CONSOLE))));
    HttpResponse<String> asked = preflight(CONSOLE);
    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(header(asked, "Access-Control-Allow-Origin")).isEqualTo(CONSOLE);
    assertThat(header(asked, "Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(header(asked, "Access-Control-Allow-Methods")).contains("PUT", "DELETE");
    assertThat(header(asked, "Access-Control-Allow-Headers")).contains("X-Weir-Token", "If-Match");
    assertThat(header(asked, "Vary")).isEqualTo("Origin");

    HttpResponse<String> done = put(CONSOLE);
    assertThat(done.body()).isEqualTo("\"done\"\n");
    assertThat(header(done, "Access-Control-Allow-Origin")).isEqualTo(CONSOLE);
    assertThat(header(done, "Access-Control-Expose-Headers")).contains("ETag");

    for (String other : List.of("https://console.example:8443", "http://console.example", "null")) {
      for (HttpResponse<String> refused : List.of(preflight(other), put(other))) {
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(header(refused, "Access-Control-Allow-Origin")).isEmpty();
      }
    }
    assertThat(header(door.fetch("/api/v1/thing"), "Vary")).isEqualTo("Origin");
    assertThat(
            door.send(HttpRequest.newBuilder(door.uri("/metrics")).header("Origin", CONSOLE))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void withoutOtherOriginsNobodyIsToldOfAny() throws Exception {
    open(ServerOptions.on("127.0.0.1:0"));
    HttpResponse<String> own = preflight("http://127.0.0.1:" + door.port());
    assertThat(own.statusCode()).isEqualTo(405);
    assertThat(header(own, "Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void aSessionOfAnotherOriginNeedsTls() throws Exception {
    Path users = Files.writeString(folder.resolve("users.yaml"), USERS);
    ServerOptions plain =
        ServerOptions.on("127.0.0.1:0")
            .withConsole(new ConsoleOptions(Optional.of(users), Set.of(CONSOLE)));
    assertThatThrownBy(plain::check)
        .isInstanceOf(ServerConfigException.class)
        .hasMessageContaining("--console.origin with --auth=local needs TLS")
        .hasMessageNotContaining("\n");

    open(tls(plain));
    HttpResponse<String> out =
        overTls(
            "/api/v1/session",
            Optional.of(HttpRequest.newBuilder().DELETE().header("Origin", CONSOLE)));
    assertThat(out.statusCode()).isEqualTo(204);
    assertThat(header(out, "Set-Cookie"))
        .isEqualTo("weir_session=; Max-Age=0; Path=/; HttpOnly; SameSite=None; Secure");
    assertThat(header(out, "Access-Control-Allow-Origin")).isEqualTo(CONSOLE);
  }

  @Test
  void overTlsACookieIsSentOverTlsAlone() throws Exception {
    Path users = Files.writeString(folder.resolve("users.yaml"), USERS);
    open(
        tls(ServerOptions.on("127.0.0.1:0"))
            .withConsole(new ConsoleOptions(Optional.of(users), Set.of())));
    HttpResponse<String> out =
        overTls("/api/v1/session", Optional.of(HttpRequest.newBuilder().DELETE()));
    assertThat(header(out, "Set-Cookie")).endsWith("SameSite=Strict; Secure");
  }

  private ServerOptions tls(ServerOptions options) throws IOException {
    return options.withTls(
        new TlsFiles(
            SERVER.writeCertificate(folder.resolve("server.crt")),
            SERVER.writeKey(folder.resolve("server.key"))));
  }

  private HttpResponse<String> overTls(String path, Optional<HttpRequest.Builder> request)
      throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(SERVER.client(null)).build()) {
      return client.send(
          request
              .orElseGet(HttpRequest::newBuilder)
              .uri(URI.create("https://127.0.0.1:" + door.port() + path))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private HttpResponse<String> preflight(String origin) throws Exception {
    return door.send(
        HttpRequest.newBuilder(door.uri("/api/v1/thing"))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "PUT"));
  }

  private HttpResponse<String> put(String origin) throws Exception {
    return door.send(
        HttpRequest.newBuilder(door.uri("/api/v1/thing"))
            .PUT(BodyPublishers.noBody())
            .header("Origin", origin));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return String.join(", ", answer.headers().allValues(name));
  }
}
