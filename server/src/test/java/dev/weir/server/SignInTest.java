// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.weir.api.Api;
import dev.weir.api.call.JsonAnswer;
import dev.weir.api.call.Operation;
import dev.weir.api.call.Role;
import dev.weir.exchange.Response;
import dev.weir.server.console.ConsoleRoutes;
import dev.weir.server.logs.RecordedLogs;
import dev.weir.server.web.ServerConfigException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {

  private static final String SESSION = "/api/v1/session";

  @TempDir Path folder;
  private final Doorstep door = new Doorstep();
  private Path file = Path.of("");

  @BeforeEach
  void open() throws IOException {
    file = Files.writeString(folder.resolve("users.yaml"), users("ann", "open sesame", "editor"));
    door.with(
        ServerOptions.on("127.0.0.1:0")
            .withConsole(new ConsoleOptions(Optional.of(file), Set.of())));
    door.clock.set(Instant.parse("2026-03-10T12:00:00Z"));
    door.routes(ConsoleRoutes.of(api(), door.options(), door.clock::get)).open();
  }

  @AfterEach
  void close() {
    door.close();
  }

  private static Api api() {
    return new Api(
        List.of(
            new Operation(
                "GET",
                "/api/v1/who",
                Role.VIEWER,
                call ->
                    JsonAnswer.of(
                        200,
                        json -> {
                          json.writeStartArray();
                          json.writeString(call.caller().name());
                          json.writeString(call.caller().token().orElse("-"));
                          json.writeEndArray();
                        })),
            new Operation("POST", "/api/v1/change", Role.EDITOR, _ -> Response.empty(204))));
  }

  @Test
  void aSessionBeginsAndEnds() throws Exception {
    assertThat(who(Optional.empty()).statusCode()).isEqualTo(401);

    HttpResponse<String> begun = signIn("ann", "open sesame");
    assertThat(begun.statusCode()).isEqualTo(204);
    String set = begun.headers().firstValue("set-cookie").orElseThrow();
    assertThat(set)
        .matches(
            "weir_session=[A-Za-z0-9_-]{43}; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict");
    Optional<String> cookie = cookie(begun);
    HttpResponse<String> me = who(cookie);
    assertThat(me.body()).matches("\\[\"ann\",\"[A-Za-z0-9_-]{43}\"]\n");

    HttpResponse<String> ended =
        send(cookie, request(SESSION).DELETE().header("X-Weir-Token", token(me)));
    assertThat(ended.statusCode()).isEqualTo(204);
    assertThat(ended.headers().firstValue("set-cookie").orElseThrow())
        .startsWith("weir_session=; Max-Age=0; Path=/;");
    assertThat(who(cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void whatChangesSomethingNeedsTheSessionsToken() throws Exception {
    Optional<String> cookie = cookie(signIn("ann", "open sesame"));
    String token = token(who(cookie));
    String other = token(who(cookie(signIn("ann", "open sesame"))));

    assertThat(change(cookie, token).statusCode()).isEqualTo(204);
    for (String wrong : List.of("", other, token.substring(1))) {
      HttpResponse<String> refused = change(cookie, wrong);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("\"kind\":\"token\"").doesNotContain(token);
    }
    assertThat(send(cookie, request(SESSION).DELETE()).statusCode()).isEqualTo(403);
    assertThat(who(cookie).statusCode()).isEqualTo(200);
  }

  @Test
  void pagesOfOtherOriginsNeitherSignInNorCall() throws Exception {
    Optional<String> cookie = cookie(signIn("ann", "open sesame"));
    String token = token(who(cookie));
    for (String origin : List.of("https://evil.example", "null")) {
      HttpResponse<String> refused =
          send(
              cookie,
              request("/api/v1/change")
                  .POST(BodyPublishers.noBody())
                  .header("X-Weir-Token", token)
                  .header("Origin", origin));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.headers().firstValue("content-type")).contains("application/problem+json");
      assertThat(refused.headers().firstValue("access-control-allow-origin")).isEmpty();
      assertThat(
              send(
                      Optional.empty(),
                      form("{\"user\":\"ann\",\"password\":\"open sesame\"}")
                          .header("Origin", origin))
                  .statusCode())
          .isEqualTo(403);
    }
    assertThat(
            send(cookie, request("/api/v1/who").header("Origin", "http://127.0.0.1:" + door.port()))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void programsBringNameAndPasswordWithEachCallAndGetNoCookie() throws Exception {
    HttpResponse<String> me = basic("ann:open sesame", request("/api/v1/who"));
    assertThat(me.body()).isEqualTo("[\"ann\",\"-\"]\n");
    assertThat(me.headers().firstValue("set-cookie")).isEmpty();
    assertThat(
            basic("ann:open sesame", request("/api/v1/change").POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void aSessionGoesBeforeWhatABrowserSendsUnasked() throws Exception {
    Optional<String> cookie = cookie(signIn("ann", "open sesame"));
    String token = token(who(cookie));
    for (int i = 0; i < 6; i++) {
      assertThat(send(cookie, withPair("ann:scrape" + i, "/api/v1/who")).statusCode())
          .isEqualTo(200);
    }
    HttpRequest.Builder change =
        withPair("ann:open sesame", "/api/v1/change").POST(BodyPublishers.noBody());
    assertThat(send(cookie, change).statusCode()).isEqualTo(403);
    assertThat(send(cookie, change.header("X-Weir-Token", token)).statusCode()).isEqualTo(204);
    assertThat(signIn("ann", "open sesame").statusCode()).isEqualTo(204);
  }

  @Test
  void aPairThatABrowserSendsWithoutASessionIsNoGuessAndNoWayIn() throws Exception {
    for (String pair : List.of("ann:1", "ann:2", "ann:3", "ann:4", "ann:5", "ann:open sesame")) {
      HttpResponse<String> refused =
          send(
              Optional.empty(),
              withPair(pair, "/api/v1/who").header("Sec-Fetch-Site", "same-origin"));
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).contains("\"kind\":\"not_signed_in\"");
    }
    assertThat(signIn("ann", "open sesame").statusCode()).isEqualTo(204);
    assertThat(
            send(
                    Optional.empty(),
                    withPair("ann:open sesame", "/api/v1/who").header("Sec-Fetch-Mode", "cors"))
                .statusCode())
        .as("a program of a browser's engine")
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer x", "Basic !", "Basic YW5u", "Basic"})
  void refusesOtherCredentials(String value) throws Exception {
    HttpResponse<String> refused =
        send(Optional.empty(), request("/api/v1/who").header("Authorization", value));
    assertThat(refused.statusCode()).isEqualTo(401);
  }

  @Test
  void neverAsksBrowsersForPasswordsThatTheyWouldKeep() throws Exception {
    for (HttpResponse<String> refused :
        List.of(
            who(Optional.empty()),
            signIn("ann", "wrong"),
            basic("ann:wrong", request("/api/v1/who")))) {
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).contains("\"kind\":\"not_signed_in\"");
      assertThat(String.join("", refused.headers().allValues("www-authenticate")))
          .doesNotContainIgnoringCase("basic");
    }
  }

  @Test
  void anUnknownUserIsToldWhatAWrongPasswordIs() throws Exception {
    HttpResponse<String> wrong = signIn("ann", "wrong");
    HttpResponse<String> unknown = signIn("nobody", "wrong");
    HttpResponse<String> long_ = signIn("n".repeat(1_000), "wrong");
    assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode()).isEqualTo(401);
    assertThat(unknown.body()).isEqualTo(wrong.body()).isEqualTo(long_.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "nobody"})
  void whoGuessesWaitsLongerAndLonger(String user) throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(signIn(user, "wrong" + i).statusCode()).isEqualTo(401);
    }
    HttpResponse<String> locked = signIn(user, "open sesame");
    assertThat(locked.statusCode()).isEqualTo(429);
    assertThat(locked.headers().firstValue("retry-after")).contains("1");
    assertThat(locked.body()).contains("\"kind\":\"too_many_attempts\"");

    later(Duration.ofSeconds(1));
    assertThat(basic(user + ":wrong", request("/api/v1/who")).statusCode()).isEqualTo(401);
    HttpResponse<String> longer = basic(user + ":open sesame", request("/api/v1/who"));
    assertThat(longer.statusCode()).isEqualTo(429);
    assertThat(longer.headers().firstValue("retry-after")).contains("2");
  }

  @Test
  void anAddressThatTriesManyNamesWaitsToo() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(signIn("name" + i, "wrong").statusCode()).isEqualTo(401);
    }
    assertThat(signIn("ann", "open sesame").statusCode()).isEqualTo(429);
    later(Duration.ofSeconds(1));
    assertThat(signIn("ann", "open sesame").statusCode()).isEqualTo(204);
    assertThat(signIn("name9", "wrong").statusCode()).isEqualTo(401);
    assertThat(signIn("ann", "open sesame").statusCode()).isEqualTo(204);
  }

  @Test
  void whoIsSignedInStaysSoWhileOthersGuess() throws Exception {
    Optional<String> cookie = cookie(signIn("ann", "open sesame"));
    for (int i = 0; i < 6; i++) {
      signIn("ann", "wrong" + i);
    }
    assertThat(who(cookie).statusCode()).isEqualTo(200);
  }

  @Test
  void aChangedUserSignsInAgain() throws Exception {
    Optional<String> cookie = cookie(signIn("ann", "open sesame"));
    Files.writeString(file, users("ann", "open sesame", "viewer"));
    later(Duration.ofSeconds(1));
    assertThat(who(cookie).statusCode()).isEqualTo(401);
    cookie = cookie(signIn("ann", "open sesame"));
    HttpResponse<String> change = change(cookie, token(who(cookie)));
    assertThat(change.statusCode()).isEqualTo(403);
    assertThat(change.body()).contains("\"kind\":\"denied\"");
  }

  @Test
  void signingInAgainEndsTheSessionThatTheBrowserHad() throws Exception {
    Optional<String> first = cookie(signIn("ann", "open sesame"));
    HttpResponse<String> again =
        send(first, form("{\"user\":\"ann\",\"password\":\"open sesame\"}"));
    assertThat(who(first).statusCode()).isEqualTo(401);
    assertThat(who(cookie(again)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"user\":\"ann\"}",
        "{\"user\":\"ann\",\"password\":1}",
        "{\"user\":\"ann\",\"password\":\"x\",\"more\":\"y\"}",
        "{\"user\":\"ann\",\"user\":\"ann\",\"password\":\"x\"}",
        "{\"user\":\"ann\",\"password\":\"x\"} {}",
        "{\"user\":\"ann\",\"password\":\"x"
      })
  void refusesWhatIsNoNameAndPassword(String body) throws Exception {
    HttpResponse<String> refused = send(Optional.empty(), form(body));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("\"kind\":\"bad_request\"");
  }

  @Test
  void refusesFormsOfOtherTypesAndSizes() throws Exception {
    String right = "{\"user\":\"ann\",\"password\":\"open sesame\"}";
    assertThat(
            send(
                    Optional.empty(),
                    request(SESSION)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString(right)))
                .statusCode())
        .isEqualTo(415);
    assertThat(send(Optional.empty(), form(right + " ".repeat(4_096))).statusCode()).isEqualTo(413);
    assertThat(send(Optional.empty(), request(SESSION).GET()).statusCode()).isEqualTo(405);
  }

  @Test
  void aLongFormIsRefusedBeforeAnyOfItCame() throws Exception {
    try (RawConnection raw = door.raw()) {
      raw.send(
          """
          POST /api/v1/session HTTP/1.1
          Host: localhost
          Content-Type: application/json
          Content-Length: 33554432

          """);
      assertThat(raw.readHead()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void logsNeitherPasswordsNorSessions() throws Exception {
    Optional<String> cookie = cookie(signIn("ann", "open sesame"));
    String token = token(who(cookie));
    signIn("ann", "hunter2");
    basic("ann:hunter2", request("/api/v1/who"));
    String id = cookie.orElseThrow().substring("weir_session=".length());
    assertThat(
            RecordedLogs.matching(line -> {
              String all = line + String.join(" ", line.pairs());
              return all.contains(id)
                  || all.contains(token)
                  || all.contains("hunter2")
                  || all.contains("open sesame");
            }))
        .isEmpty();
  }

  @Test
  void filesAndHealthNeedNobody() throws Exception {
    assertThat(door.fetch("/").statusCode()).isNotEqualTo(401);
    assertThat(door.fetch("/-/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void offLoopbackTheConsoleIsOpenWithUsersAndOtherwiseNot() {
    ServerOptions outside = ServerOptions.on("0.0.0.0:0").withDoors(Set.of(Door.CONSOLE));
    outside.withConsole(new ConsoleOptions(Optional.of(file), Set.of())).check();
    assertThatThrownBy(outside::check)
        .isInstanceOf(ServerConfigException.class)
        .hasMessageContaining("--auth=local with --auth.users-file");
  }

  @Test
  void brokenUsersAreFoundBeforeTheStart() throws Exception {
    Files.writeString(file, "users: {}\n");
    assertThatThrownBy(() -> door.options().check())
        .isInstanceOf(ServerConfigException.class)
        .hasMessageContaining("users has nobody");
  }

  private void later(Duration time) {
    door.clock.updateAndGet(now -> now.plus(time));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(door.uri(path));
  }

  private HttpRequest.Builder form(String body) {
    return request(SESSION)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> signIn(String user, String password) throws Exception {
    return send(
        Optional.empty(), form("{\"user\":\"%s\",\"password\":\"%s\"}".formatted(user, password)));
  }

  private HttpResponse<String> who(Optional<String> cookie) throws Exception {
    return send(cookie, request("/api/v1/who"));
  }

  private HttpResponse<String> change(Optional<String> cookie, String token) throws Exception {
    return send(
        cookie,
        request("/api/v1/change").POST(BodyPublishers.noBody()).header("X-Weir-Token", token));
  }

  private HttpResponse<String> basic(String pair, HttpRequest.Builder request) throws Exception {
    return send(Optional.empty(), request.header("Authorization", authorization(pair)));
  }

  private HttpRequest.Builder withPair(String pair, String path) {
    return request(path).header("Authorization", authorization(pair));
  }

  private static String authorization(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private HttpResponse<String> send(Optional<String> cookie, HttpRequest.Builder request)
      throws Exception {
    cookie.ifPresent(value -> request.header("Cookie", "other=1; " + value));
    return door.send(request);
  }

  private static Optional<String> cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("set-cookie").map(set -> set.split(";", 2)[0]);
  }

  private static String token(HttpResponse<String> who) {
    return who.body().split("\"", -1)[3];
  }

  private static String users(String user, String password, String role) {
    String hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, password.toCharArray());
    return "users: {%s: {password: '%s', roles: {acme: %s}}}\n".formatted(user, hash, role);
  }
}
