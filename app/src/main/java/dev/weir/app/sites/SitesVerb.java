// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.sites;

import dev.weir.app.cli.Terminal;
import dev.weir.app.cli.Verb;
import dev.weir.app.settings.Arguments;
import dev.weir.app.settings.Flag;
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.SitesFlags;
import dev.weir.app.settings.UsageException;
import dev.weir.monitor.check.SiteKey;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code weir sites}: asks a running Weir. */
public final class SitesVerb implements Verb {

  private static final String STANDARD_INPUT = "-";
  private static final String PAGE = "1000";

  /** A variable, since command lines can be seen by others of the machine. */
  private static final String PASSWORD = "WEIR_PASSWORD";

  private final Prompt prompt;

  public SitesVerb(Prompt prompt) {
    this.prompt = prompt;
  }

  @Override
  public String name() {
    return "sites";
  }

  @Override
  public String operands() {
    return "ACTION [SITE]";
  }

  @Override
  public String summary() {
    return "The sites of a running Weir: apply, list, show SITE, export, delete SITE.";
  }

  @Override
  public List<Flag<?>> flags() {
    return SitesFlags.ALL;
  }

  @Override
  public int run(Arguments arguments, Settings settings, Terminal given) {
    // Whatever the locale says: what is exported is read again, and texts are not all ASCII.
    Terminal terminal =
        new Terminal(
            new PrintStream(given.out(), true, StandardCharsets.UTF_8),
            new PrintStream(given.error(), true, StandardCharsets.UTF_8),
            given.environment(),
            given.folder());
    String action = arguments.operands().getFirst();
    List<String> rest = arguments.operands().subList(1, arguments.operands().size());
    boolean takesSite = action.equals("show") || action.equals("delete");
    if (takesSite != !rest.isEmpty()) {
      throw new UsageException(
          takesSite
              ? "weir sites %s needs a site, as ID or CUSTOMER/ID".formatted(action)
              : "weir sites %s does not take \"%s\"".formatted(action, rest.getFirst()));
    }
    URI server = settings.value(SitesFlags.SERVER);
    try (SitesClient client =
        new SitesClient(
            server,
            credentials(settings, terminal),
            settings
                .value(SitesFlags.CA)
                .map(file -> Authorities.trusted(terminal.folder().resolve(file))))) {
      switch (action) {
        case "apply" -> apply(client, settings, terminal);
        case "list" -> list(client, settings, terminal);
        case "show" -> show(client, site(rest.getFirst()), settings, terminal);
        case "export" -> export(client, settings, terminal);
        case "delete" -> delete(client, site(rest.getFirst()), settings, terminal);
        default ->
            throw new UsageException(
                "weir sites does not know \"%s\": apply, list, show, export or delete"
                    .formatted(Shown.brief(action)));
      }
      return 0;
    } catch (SitesClient.RefusedSitesException e) {
      e.lines().forEach(terminal.error()::println);
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** Name and password of who asks; none where no name is given. */
  private Optional<SitesClient.Credentials> credentials(Settings settings, Terminal terminal) {
    Optional<String> user = settings.value(SitesFlags.USER);
    if (user.isEmpty()) {
      return Optional.empty();
    }
    if (user.get().indexOf(':') >= 0) {
      throw settings.fault(SitesFlags.USER, "has a colon, which no name has");
    }
    String given = terminal.environment().get(PASSWORD);
    String password =
        given != null
            ? given
            : prompt
                .password("Password of " + user.get() + ":")
                .orElseThrow(() ->
                    new UsageException(
                        "--user needs a password: put it into the variable " + PASSWORD));
    return Optional.of(new SitesClient.Credentials(user.get(), password));
  }

  // ---- apply ----

  private void apply(SitesClient client, Settings settings, Terminal terminal) {
    Path file =
        settings
            .value(SitesFlags.FILE)
            .orElseThrow(() -> new UsageException("weir sites apply needs a file: -f sites.yaml"));
    boolean json = settings.value(SitesFlags.JSON);
    byte[] sites = read(file, terminal);
    Map<String, String> query = customer(settings);
    query.put("prune", settings.value(SitesFlags.PRUNE).toString());
    Map<String, String> dry = new LinkedHashMap<>(query);
    dry.put("dryRun", "true");
    Object plan = client.put(sites, file.toString(), dry);
    PlanText text = new PlanText(plan);
    if (!json) {
      terminal.out().print(text.lines());
    }
    if (settings.value(SitesFlags.DRY_RUN) || text.isEmpty()) {
      if (json) {
        terminal.out().println(JsonTree.write(plan));
      }
      return;
    }
    confirm(settings, "Apply this plan?");
    query.put("plan", JsonTree.text(plan, "plan"));
    Object applied = client.put(sites, file.toString(), query);
    terminal.out().println(json ? JsonTree.write(applied) : "Applied.");
  }

  private static byte[] read(Path file, Terminal terminal) {
    try {
      byte[] bytes =
          file.toString().equals(STANDARD_INPUT)
              ? System.in.readAllBytes()
              : Files.readAllBytes(terminal.folder().resolve(file));
      // The server would refuse it too, but does not know the file.
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return bytes;
    } catch (NoSuchFileException _) {
      throw new UsageException("can't read %s: there is no such file".formatted(file));
    } catch (CharacterCodingException _) {
      throw new UsageException("can't read %s: it is not UTF-8".formatted(file));
    } catch (IOException e) {
      throw new UsageException("can't read %s: %s".formatted(file, e.getMessage()));
    }
  }

  // ---- the others ----

  private static void list(SitesClient client, Settings settings, Terminal terminal) {
    Map<String, String> query = customer(settings);
    settings.value(SitesFlags.STATE).ifPresent(state -> query.put("state", state));
    List<Object> items = new ArrayList<>();
    pages(client, query, items::add);
    if (settings.value(SitesFlags.JSON)) {
      terminal.out().println(JsonTree.write(Map.of("items", items)));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SITE", "STATE", "INTERVAL", "ENDPOINT"));
    for (Object item : items) {
      rows.add(
          List.of(
              Shown.text(JsonTree.text(item, "customer") + "/" + JsonTree.text(item, "id")),
              Shown.text(JsonTree.text(item, "state")),
              JsonTree.text(item, "interval_s") + "s",
              Shown.brief(JsonTree.text(item, "endpoint"))));
    }
    terminal.out().print(Shown.aligned(rows, ""));
  }

  private static void show(SitesClient client, SiteKey site, Settings settings, Terminal terminal) {
    Object found = client.site(site.toString());
    if (settings.value(SitesFlags.JSON)) {
      terminal.out().println(JsonTree.write(found));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("site", site.toString()));
    for (String name : List.of("endpoint", "state", "version")) {
      rows.add(List.of(name, Shown.text(JsonTree.text(found, name))));
    }
    rows.add(
        List.of("definition", Shown.text(JsonTree.write(JsonTree.member(found, "definition")))));
    terminal.out().print(Shown.aligned(rows, ""));
  }

  /** What {@code apply} takes, one site a line. */
  private static void export(SitesClient client, Settings settings, Terminal terminal) {
    Map<String, String> query = customer(settings);
    query.put("definitions", "true");
    terminal.out().print("{\"sites\":[");
    String[] between = {"\n"};
    pages(
        client,
        query,
        item -> {
          terminal.out().print(between[0] + JsonTree.write(JsonTree.member(item, "definition")));
          between[0] = ",\n";
        });
    terminal.out().println("\n]}");
  }

  private void delete(SitesClient client, SiteKey site, Settings settings, Terminal terminal) {
    confirm(settings, "Delete " + site + "?");
    client.delete(site.toString());
    terminal
        .out()
        .println(
            settings.value(SitesFlags.JSON)
                ? "{\"deleted\":\"" + site + "\"}"
                : "Deleted " + site + ".");
  }

  private static void pages(SitesClient client, Map<String, String> query, Consumer<Object> items) {
    Map<String, String> asked = new LinkedHashMap<>(query);
    asked.put("limit", PAGE);
    while (true) {
      Object page = client.page(asked);
      JsonTree.list(page, "items").forEach(items);
      if (!JsonTree.has(page, "next")) {
        return;
      }
      asked.put("after", JsonTree.text(page, "next"));
    }
  }

  private void confirm(Settings settings, String question) {
    if (!settings.value(SitesFlags.YES) && prompt.isThere() && !prompt.confirms(question)) {
      throw new UsageException("nothing was changed");
    }
  }

  private static Map<String, String> customer(Settings settings) {
    Map<String, String> query = new LinkedHashMap<>();
    settings.value(SitesFlags.CUSTOMER).ifPresent(customer -> query.put("customer", customer));
    return query;
  }

  private static SiteKey site(String name) {
    int slash = name.indexOf('/');
    try {
      return slash < 0
          ? new SiteKey(SiteKey.DEFAULT_CUSTOMER, name)
          : new SiteKey(name.substring(0, slash), name.substring(slash + 1));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
