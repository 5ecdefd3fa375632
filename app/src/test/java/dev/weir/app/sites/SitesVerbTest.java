// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.sites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.site.SiteStates;
import dev.weir.api.site.SitesApi;
import dev.weir.app.cli.CommandLine;
import dev.weir.app.cli.Terminal;
import dev.weir.monitor.site.SiteBook;
import dev.weir.server.Door;
import dev.weir.server.Route;
import dev.weir.server.ServerOptions;
import dev.weir.server.WeirServer;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.StoreHealth;
import dev.weir.store.kit.MemoryDocuments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb against a real server with the real API, over documents in memory. */
class SitesVerbTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-10T12:00:00Z"));

  private static final String TWO =
      """
      sites:
        - id: shop
          endpoint: https://shop.example/
        - id: mail-of-acme
          customer: acme
          endpoint: tcp://mail.example:25
          interval: 10s
      """;

  @TempDir Path folder;

  private final Api api =
      new Api(
          new SitesApi(
                  new SiteBook(new MemoryDocuments(), "local"),
                  _ -> SiteStates.State.UP,
                  "local",
                  CLOCK)
              .operations());
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private final Person person = new Person();
  private WeirServer server;

  /** Someone at the terminal, or nobody. */
  private static final class Person implements Prompt {
    boolean there;
    boolean answer;
    final List<String> asked = new ArrayList<>();

    @Override
    public boolean isThere() {
      return there;
    }

    @Override
    public Optional<String> password(String question) {
      asked.add(question);
      return Optional.empty();
    }

    @Override
    public boolean confirms(String question) {
      asked.add(question);
      return answer;
    }
  }

  @BeforeEach
  void open() {
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        Route.tree(Door.CONSOLE, SitesApi.PATH, request -> api.handle(request, Caller.operator())));
    server =
        WeirServer.start(
            ServerOptions.on("127.0.0.1:0"),
            routes,
            () -> new StoreHealth.Health(true, "well"),
            new WeirMetrics("test"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void showsThePlanAppliesItAndHasNothingToDoAfterwards() throws IOException {
    write(TWO);
    assertThat(run("apply", "-f", "sites.yaml")).isZero();
    assertThat(text(out))
        .isEqualTo(
            """
              + acme/mail-of-acme  tcp://mail.example:25
              + default/shop       https://shop.example/

            2 to add, 0 to change, 0 to remove, 0 unchanged.
            Applied.
            """);
    assertThat(run("apply", "-f", "sites.yaml")).isZero();
    assertThat(text(out)).isEqualTo("Nothing to change, 2 unchanged.\n");

    write("sites: [{id: shop, endpoint: 'https://shop.example/', interval: 5s, requests: 1}]");
    assertThat(run("apply", "-f", "sites.yaml", "--prune", "--dry-run")).isZero();
    assertThat(text(out))
        .isEqualTo(
            """
              ~ default/shop
                  interval  1m → 5s
                  requests  5 → 1
              - acme/mail-of-acme

            0 to add, 1 to change, 1 to remove, 0 unchanged.
            """);
    assertThat(run("list")).isZero();
    assertThat(text(out))
        .isEqualTo(
            """
            SITE               STATE  INTERVAL  ENDPOINT
            acme/mail-of-acme  up     10s       tcp://mail.example:25
            default/shop       up     60s       https://shop.example/
            """);
  }

  @Test
  void asksThePersonAtTheTerminalUnlessItIsTold() throws IOException {
    write(TWO);
    person.there = true;
    assertThat(run("apply", "-f", "sites.yaml")).isEqualTo(1);
    assertThat(person.asked).containsExactly("Apply this plan?");
    assertThat(text(error)).isEqualTo("weir: nothing was changed\n");
    assertThat(listed()).isEqualTo("[]");

    assertThat(run("apply", "-f", "sites.yaml", "--yes")).isZero();
    assertThat(run("delete", "shop")).isEqualTo(1);
    person.answer = true;
    assertThat(run("delete", "shop")).isZero();
    assertThat(text(out)).isEqualTo("Deleted default/shop.\n");
    assertThat(person.asked)
        .containsExactly("Apply this plan?", "Delete default/shop?", "Delete default/shop?");
    assertThat(listed()).contains("mail-of-acme").doesNotContain("shop");
  }

  @Test
  void tellsWhatIsWrongWithAFileByItsNameAndLine() throws IOException {
    write(
        "sites:\n  - id: shop\n    endpoint: https://shop.example/\n    colour: \"\\e[31mred\"\n");
    assertThat(run("apply", "-f", "sites.yaml")).isEqualTo(1);
    assertThat(text(error))
        .startsWith("sites.yaml:4: shop: colour: ")
        .endsWith("\nweir: 1 problem; nothing was changed\n")
        .doesNotContain("\u001b");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void namesAFileThatIsNotUtf8() throws IOException {
    Files.write(
        folder.resolve("latin.yaml"),
        "sites: [] # caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(run("apply", "-f", "latin.yaml")).isEqualTo(1);
    assertThat(text(error)).isEqualTo("weir: can't read latin.yaml: it is not UTF-8\n");
    assertThat(text(out)).isEmpty();
    assertThat(listed()).isEqualTo("[]");
  }

  @Test
  void pagesOfOthersCanNeitherReadNorChangeSites() throws Exception {
    write(TWO);
    run("apply", "-f", "sites.yaml");
    try (HttpClient browser = HttpClient.newHttpClient()) {
      for (String method : List.of("GET", "PUT", "DELETE")) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(server.url() + SitesApi.PATH + "/default/shop"))
                .header("Origin", "http://evil.example")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(browser.send(request, HttpResponse.BodyHandlers.ofString()))
            .extracting(HttpResponse::statusCode, HttpResponse::body)
            .containsExactly(
                403,
                "{\"status\":403,\"title\":\"Denied\",\"kind\":\"denied\",\"detail\":"
                    + "\"requests from pages of another origin are refused\"}\n");
      }
    }
    assertThat(listed()).contains("shop");
  }

  @Test
  void exportsWhatCanBeAppliedAgain() throws IOException {
    write(TWO);
    run("apply", "-f", "sites.yaml");
    assertThat(run("export")).isZero();
    String exported = text(out);
    assertThat(exported).startsWith("{\"sites\":[\n{\"id\":\"mail-of-acme\"").endsWith("\n]}\n");
    write(exported);
    assertThat(run("apply", "-f", "sites.yaml", "--prune")).isZero();
    assertThat(text(out)).isEqualTo("Nothing to change, 2 unchanged.\n");
    assertThat(run("export", "--customer=nobody")).isZero();
    assertThat(text(out)).isEqualTo("{\"sites\":[\n]}\n");
  }

  @Test
  void listsAllPages() throws IOException {
    StringBuilder sites = new StringBuilder("sites:\n");
    for (int i = 0; i < 1_203; i++) {
      sites.append("  - {id: s%04d, endpoint: 'https://s.example/'}%n".formatted(i));
    }
    write(sites.toString());
    assertThat(run("apply", "-f", "sites.yaml", "--json")).isZero();
    assertThat(text(out)).startsWith("{\"applied\":true,").endsWith("\"unchanged\":0}\n");
    run("list");
    assertThat(text(out).lines()).hasSize(1_204).isSortedAccordingTo(this::headFirst);
    assertThat(run("list", "--state=down")).isZero();
    assertThat(text(out).lines()).hasSize(1);
  }

  @Test
  void showsOneSite() throws IOException {
    write(TWO);
    run("apply", "-f", "sites.yaml");
    assertThat(run("show", "acme/mail-of-acme")).isZero();
    assertThat(text(out))
        .startsWith(
            """
            site        acme/mail-of-acme
            endpoint    tcp://mail.example:25
            state       up
            version     1
            definition  {"id":"mail-of-acme",\
            """);
    assertThat(run("show", "shop", "--json")).isZero();
    assertThat(text(out)).startsWith("{\"id\":\"shop\",\"customer\":\"default\",");
  }

  @Test
  void saysInOneLineWhatIsWrong() throws IOException {
    fails("weir sites needs ACTION [SITE]");
    fails("weir sites apply needs a file: -f sites.yaml", "apply");
    fails("can't read gone.yaml: there is no such file", "apply", "-f", "gone.yaml");
    fails("weir sites show needs a site, as ID or CUSTOMER/ID", "show");
    fails("weir sites list does not take \"x\"", "list", "x");
    fails("there is no such site", "show", "gone");
    fails("there is no such site", "delete", "gone");
    fails("a site id is 1 to 63", "delete", "no/such/site");
    fails("weir sites does not know \"stop\": apply, list, show, export or delete", "stop");
    fails(
        "state is one of [up, down, doubtful, unknown, disabled, maintenance]",
        "list",
        "--state=x");
    String url = server.url();
    server.close();
    fails(
        "no Weir answers at " + url + "; start weir serve, or name another with --server", "list");
  }

  private int headFirst(String left, String right) {
    boolean leftHead = left.startsWith("SITE");
    return leftHead || right.startsWith("SITE")
        ? Boolean.compare(!leftHead, !right.startsWith("SITE"))
        : left.compareTo(right);
  }

  private String listed() {
    run("list", "--json");
    String json = text(out);
    return json.substring("{\"items\":".length(), json.length() - 2);
  }

  private void fails(String message, String... words) {
    assertThat(run(words)).isEqualTo(1);
    assertThat(text(error)).startsWith("weir: ").contains(message).hasLineCount(1);
    assertThat(text(out)).isEmpty();
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("sites.yaml"), text);
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--server=" + server.url());
    return runWords(all);
  }

  private int runWords(List<String> words) {
    out.reset();
    error.reset();
    List<String> line = new ArrayList<>(List.of("sites"));
    line.addAll(words);
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(error, true, StandardCharsets.UTF_8),
            Map.of(),
            folder);
    return new CommandLine(List.of(new SitesVerb(person)), terminal).run(line);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
