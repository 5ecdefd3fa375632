// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A whole Weir that has people sign in, with the users of the docs' example. */
@Timeout(value = 150, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignInProcessTest {

  private static final Path USERS = Path.of("../docs/examples/users.yaml").toAbsolutePath();

  @TempDir Path folder;
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();
  private String url = "";

  @Test
  void peopleSignInAndDoSoAgainAfterARestart() throws Exception {
    String cookie;
    try (WeirProcess weir = serve()) {
      url = "http://" + weir.awaitReady();
      assertThat(send("GET", "/api/v1/me").statusCode()).isEqualTo(401);
      HttpResponse<String> begun = signIn();
      assertThat(begun.statusCode()).isEqualTo(204);
      cookie = begun.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
      assertThat(send("GET", "/api/v1/me", "Cookie", cookie).body())
          .contains("\"name\":\"ann\",\"auth\":\"local\"", "\"roles\":{\"*\":\"viewer\",");
      weir.terminate();
      assertThat(weir.awaitExit()).isZero();
      assertThat(String.join("\n", weir.errorLines()))
          .doesNotContain("open sesame", cookie.substring("weir_session=".length()));
    }
    try (WeirProcess weir = serve()) {
      url = "http://" + weir.awaitReady();
      assertThat(send("GET", "/api/v1/me", "Cookie", cookie).statusCode()).isEqualTo(401);
      assertThat(signIn().statusCode()).isEqualTo(204);
    }
  }

  /** Asked by a method that none has, each path says which it has. */
  @Test
  void answersWhatItsDescriptionSays() throws Exception {
    String basic =
        "Basic " + Base64.getEncoder().encodeToString("olaf:tell nobody".getBytes(UTF_8));
    try (WeirProcess weir = serve()) {
      url = "http://" + weir.awaitReady();
      String document = send("GET", "/api/v1/openapi.json", "Authorization", basic).body();
      Map<String, String> described = methods(document);
      Map<String, String> answered = new TreeMap<>();
      for (String path : described.keySet()) {
        HttpResponse<String> refused =
            send("PATCH", path.replaceAll("[{}]", ""), "Authorization", basic);
        answered.put(path, refused.headers().firstValue("Allow").orElse("nothing"));
      }
      assertThat(answered).isEqualTo(described);
      assertThat(described).containsKeys("/api/v1/me", "/api/v1/sites/{customer}/{id}");
    }
  }

  @Test
  void startsWithNoUsersThatItDoesNotUnderstand() throws Exception {
    Path users = Files.writeString(folder.resolve("users.yaml"), "users: {ann: {}}\n");
    try (WeirProcess weir =
        WeirProcess.run(folder, "serve", "--auth=local", "--auth.users-file=" + users)) {
      assertThat(weir.awaitExit()).isEqualTo(1);
      assertThat(weir.errorLines())
          .containsExactly(
              "weir: users file "
                  + users
                  + " line 1: ann has no password; htpasswd -nBC 10 ann makes one");
    }
  }

  private WeirProcess serve() throws Exception {
    return WeirProcess.serve(
        folder, folder.resolve("data"), "--auth=local", "--auth.users-file=" + USERS);
  }

  private HttpResponse<String> signIn() throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + "/api/v1/session"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"user\":\"ann\",\"password\":\"open sesame\"}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Methods by path, as Allow has them. */
  private static Map<String, String> methods(String document) {
    Map<String, String> methods = new TreeMap<>();
    try (JsonParser json =
        new JsonFactory().createParser(ObjectReadContext.empty(), document.getBytes(UTF_8))) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean paths = json.currentName().equals("paths");
        json.nextToken();
        if (!paths) {
          json.skipChildren();
          continue;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String path = json.currentName();
          TreeSet<String> own = new TreeSet<>();
          json.nextToken();
          while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            own.add(json.currentName().toUpperCase(java.util.Locale.ROOT));
            json.nextToken();
            json.skipChildren();
          }
          if (own.contains("GET")) {
            own.add("HEAD");
          }
          methods.put(path, String.join(", ", own));
        }
      }
    }
    return methods;
  }
}
