// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.sites;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.weir.api.Api;
import dev.weir.api.site.SiteStates;
import dev.weir.api.site.SitesApi;
import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import dev.weir.monitor.site.SiteBook;
import dev.weir.server.ConsoleOptions;
import dev.weir.server.ServerOptions;
import dev.weir.server.WeirServer;
import dev.weir.server.console.ConsoleRoutes;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.StoreHealth;
import dev.weir.store.kit.MemoryDocuments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb against a Weir that has people sign in. */
class SitesUserTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private Optional<String> typed = Optional.empty();
  private WeirServer server;

  @BeforeEach
  void open() throws IOException {
    String hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, "s3cret".toCharArray());
    Path users =
        Files.writeString(
            folder.resolve("users.yaml"),
            "users: {ann: {password: '%s', roles: {acme: editor}}}".formatted(hash));
    Files.writeString(
        folder.resolve("sites.yaml"), "sites: [{id: shop, endpoint: 'https://shop.example/'}]");
    ServerOptions options =
        ServerOptions.on("127.0.0.1:0")
            .withConsole(new ConsoleOptions(Optional.of(users), Set.of()));
    Api api =
        new Api(
            new SitesApi(
                    new SiteBook(new MemoryDocuments(), "local"),
                    SiteStates.none(),
                    "local",
                    InstantSource.system())
                .operations());
    server =
        WeirServer.start(
            options,
            ConsoleRoutes.of(api, options, InstantSource.system()),
            () -> new StoreHealth.Health(true, "well"),
            new WeirMetrics("test"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void appliesWithThePasswordOfTheEnvironment() {
    Map<String, String> environment = Map.of("WEIR_PASSWORD", "s3cret");
    assertThat(run(environment, "apply", "-f", "sites.yaml", "--user=ann")).isZero();
    assertThat(run(environment, "list", "--user", "ann")).isZero();
    assertThat(text(out)).contains("acme/shop");
  }

  @Test
  void asksForThePasswordWhereThereIsATerminal() {
    typed = Optional.of("s3cret");
    assertThat(run(Map.of(), "list", "--user=ann")).isZero();
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(run(Map.of(), "list")).isEqualTo(1);
    assertThat(text(error))
        .isEqualTo(
            "weir: %s has people sign in: give --user, with the password in WEIR_PASSWORD%n"
                .formatted(server.url()));
    assertThat(run(Map.of(), "list", "--user=ann")).isEqualTo(1);
    assertThat(text(error))
        .isEqualTo(
            "weir: --user needs a password: put it into the variable WEIR_PASSWORD%n".formatted());
    assertThat(run(Map.of("WEIR_PASSWORD", "wr0ng"), "list", "--user=ann")).isEqualTo(1);
    assertThat(text(error)).contains("name or password is wrong").doesNotContain("wr0ng");
    assertThat(run(Map.of("WEIR_PASSWORD", "x"), "list", "--user=a:b")).isEqualTo(1);
    assertThat(text(error)).isEqualTo("weir: --user: has a colon, which no name has%n".formatted());
  }

  private int run(Map<String, String> environment, String... words) {
    out.reset();
    error.reset();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(error, true, StandardCharsets.UTF_8),
            environment,
            folder);
    Prompt prompt =
        new Prompt() {
          @Override
          public boolean isThere() {
            return typed.isPresent();
          }

          @Override
          public Optional<String> password(String question) {
            return typed;
          }

          @Override
          public boolean confirms(String question) {
            return true;
          }
        };
    List<String> line = new java.util.ArrayList<>(List.of("sites", "--server=" + server.url()));
    line.addAll(List.of(words));
    return new CommandLine(List.of(new SitesVerb(prompt)), terminal).run(line);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
