// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckVerbTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> environment = new HashMap<>();
  private HttpServer server;
  private String url;

  @TempDir private Path folder;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().get("Authorization"));
          byte[] body = "Grüße ☂".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    url = "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void exits0WhereTheSiteIsUp() {
    assertThat(run("check", url, "--bearer=token")).isZero();
    assertThat(out()).startsWith(url + " is up: status 200 in ").doesNotContain("\u001b");
    assertThat(seen).containsExactly("GET [Bearer token]");
    assertThat(error()).isEmpty();
  }

  @Test
  void exits1WhereItIsDown() {
    assertThat(run("check", url, "--contains=good bye ☂", "--json", "--requests=2")).isEqualTo(1);
    assertThat(out())
        .startsWith("{\"url\":\"" + url + "\",\"up\":false,\"status\":200,")
        .contains("\"error\":\"the body does not contain 'good bye ☂'")
        .endsWith("]}\n");
    assertThat(seen).hasSize(1);
    assertThat(error()).isEmpty();
  }

  @Test
  void exits2WhereItCanNotBeMade() throws IOException {
    Path notPem = Files.writeString(folder.resolve("not.pem"), "hunter2");
    fails("weir: unknown flag --jso (did you mean --json?)\n", url, "--jso");
    fails("weir: weir check needs URL\n");
    fails("weir: --requests: \"0\" is not a whole number from 1 to 100\n", url, "--requests=0");
    fails(
        "weir: the check can't be made: ${env:NOT_SET} is not set in the environment of Weir\n",
        url,
        "--bearer=${env:NOT_SET}");
    fails("weir: the check can't be made: ", "https://127.0.0.1:1", "--ca=" + notPem);
    assertThat(seen).isEmpty();
  }

  @Test
  void exits2WhereAFileOfTlsCanNotBeReadWhateverTheScheme() throws IOException {
    Path there = Files.writeString(folder.resolve("there.pem"), "hunter2");
    for (String each : List.of(url, "https://127.0.0.1:1")) {
      fails("weir: --ca: ${file:missing.pem} is not there\n", each, "--ca=missing.pem");
      fails(
          "weir: --client-cert: ${file:missing.pem} is not there\n",
          each,
          "--client-cert=missing.pem",
          "--client-key=" + there);
      fails(
          "weir: --client-key: ${file:missing.key} is not there\n",
          each,
          "--client-cert=" + there,
          "--client-key=missing.key");
      fails("weir: --ca: ${file:.} can't be read\n", each, "--ca=.");
    }
    assertThat(seen).isEmpty();
    assertThat(run("check", url, "--ca=" + there)).isZero(); // Read, and not needed.
  }

  @Test
  void readsTheEnvironmentAndTheFileAsOtherVerbsDo() throws IOException {
    Files.writeString(
        folder.resolve("weir.yaml"), "header: ['A: b, c', 'Cookie: d']\njson: true\n");
    environment.put("WEIR_REQUESTS", "2");
    assertThat(run("check", url)).isZero();
    assertThat(out()).startsWith("{").contains("\"requests\":[{").contains("},{");
    assertThat(seen).hasSize(2);
  }

  private void fails(String message, String... words) {
    error.reset();
    List<String> all = new ArrayList<>(List.of("check"));
    all.addAll(List.of(words));
    assertThat(run(all.toArray(String[]::new))).as(message).isEqualTo(2);
    assertThat(error()).startsWith(message).doesNotContain("hunter2");
    assertThat(error().lines()).hasSize(1);
    assertThat(out()).isEmpty();
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String error() {
    return error.toString(StandardCharsets.UTF_8);
  }

  private int run(String... words) {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.US_ASCII),
            new PrintStream(error, true, StandardCharsets.UTF_8),
            environment,
            folder);
    return new CommandLine(List.of(new CheckVerb(InstantSource.system(), () -> false)), terminal)
        .run(List.of(words));
  }
}
