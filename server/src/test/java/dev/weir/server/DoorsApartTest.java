// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.weir.api.Api;
import dev.weir.api.call.Operation;
import dev.weir.api.call.Role;
import dev.weir.exchange.Response;
import dev.weir.server.console.ConsoleRoutes;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opens one door opens no other. */
class DoorsApartTest {

  private static final int BODY_BYTES = 1_000;

  @TempDir Path folder;
  private final Doorstep door = new Doorstep();

  @BeforeEach
  void open() throws IOException {
    Path users =
        Files.writeString(
            folder.resolve("users.yaml"),
            "users: {ann: {password: '%s', roles: {'*': admin}}}".formatted(hash("console")));
    Path web =
        Files.writeString(
            folder.resolve("web.yml"), "basic_auth_users: {ann: '%s'}".formatted(hash("scrape")));
    ServerOptions options =
        ServerOptions.on("127.0.0.1:0")
            .withWebConfig(web)
            .withLimits(Limits.standard().withBodyBytes(BODY_BYTES))
            .withConsole(new ConsoleOptions(Optional.of(users), Set.of()));
    Api api =
        new Api(
            List.of(
                new Operation("GET", "/api/v1/who", Role.VIEWER, _ -> Response.empty(204)),
                new Operation(
                    "GET",
                    "/api/v1/broken",
                    Role.VIEWER,
                    _ -> {
                      throw new IllegalStateException("broken");
                    })));
    door.with(options)
        .get(Door.PROMETHEUS, "/metrics/sites", _ -> Response.text(200, "weir_site_up 1"))
        .routes(ConsoleRoutes.of(api, options, door.clock::get))
        .open();
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void aSessionOfTheConsoleOpensNothingAtPrometheusDoor() throws Exception {
    HttpResponse<String> begun =
        door.send(
            HttpRequest.newBuilder(door.uri("/api/v1/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"user\":\"ann\",\"password\":\"console\"}")));
    String cookie = begun.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    assertThat(get("/api/v1/who", "Cookie", cookie).statusCode()).isEqualTo(204);
    for (String path : List.of("/metrics", "/metrics/sites")) {
      assertThat(get(path, "Cookie", cookie).statusCode()).isEqualTo(401);
      assertThat(get(path, "Authorization", basic("console")).statusCode()).isEqualTo(401);
      assertThat(get(path, "Authorization", basic("scrape")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whatPrometheusBringsOpensNothingAtTheConsole() throws Exception {
    assertThat(get("/api/v1/who", "Authorization", basic("scrape")).statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/who", "Authorization", basic("console")).statusCode()).isEqualTo(204);
  }

  @Test
  void whatTheServerItselfRefusesAtTheConsoleIsAProblemToo() throws Exception {
    HttpResponse<String> large =
        door.send(
            HttpRequest.newBuilder(door.uri("/api/v1/who"))
                .POST(BodyPublishers.ofByteArray(new byte[BODY_BYTES + 1])));
    assertProblem(large, 413, "too_large");
    assertProblem(get("/api/v1/broken", "Authorization", basic("console")), 500, "internal");
    HttpResponse<String> foreign = get("/api/v1/who", "Origin", "https://evil.example");
    assertProblem(foreign, 403, "denied");
    HttpResponse<String> method =
        door.send(HttpRequest.newBuilder(door.uri("/config.json")).DELETE());
    assertProblem(method, 405, "method");
    assertThat(method.headers().firstValue("allow")).contains("GET, HEAD");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String kind) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(answer.body()).startsWith("{\"status\":" + status).contains("\"kind\":\"" + kind);
  }

  private HttpResponse<String> get(String path, String header, String value) throws Exception {
    return door.send(HttpRequest.newBuilder(door.uri(path)).header(header, value));
  }

  private static String basic(String password) {
    return "Basic " + Base64.getEncoder().encodeToString(("ann:" + password).getBytes(UTF_8));
  }

  private static String hash(String password) {
    return BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, password.toCharArray());
  }
}
