// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.demo;

import dev.weir.app.cli.Terminal;
import dev.weir.app.cli.Verb;
import dev.weir.app.serve.ServeVerb;
import dev.weir.app.settings.Arguments;
import dev.weir.app.settings.DemoFlags;
import dev.weir.app.settings.Flag;
import dev.weir.app.settings.ServeSettings;
import dev.weir.app.settings.ServeSettings.Embedded;
import dev.weir.app.settings.Settings;
import dev.weir.app.settings.UsageException;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.store.StoreException;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import dev.weir.store.embedded.document.FileDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code weir demo}: {@code weir serve} with sites of its own to watch. */
public final class DemoVerb implements Verb {

  private static final Duration PAST = Duration.ofDays(7);

  private final InstantSource clock;

  public DemoVerb(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String operands() {
    return "";
  }

  @Override
  public String summary() {
    return "Runs Weir with demonstration sites on this machine, and prints the address to open.";
  }

  @Override
  public List<Flag<?>> flags() {
    return DemoFlags.ALL;
  }

  @Override
  public int run(Arguments arguments, Settings settings, Terminal terminal) {
    ServeSettings serve = ServeSettings.of(settings, terminal.environment());
    if (!(serve.store() instanceof Embedded files)) {
      throw new UsageException("weir demo keeps its own store: leave --store out");
    }
    if (serve.checks().sitesFile().isPresent()) {
      throw new UsageException("weir demo brings its own sites: leave --sites.file out");
    }
    List<DemoSite> sites = DemoSite.all();
    try {
      checkOwn(files);
      DemoCertificates certificates = new DemoCertificates(clock.instant());
      try (DemoServers servers = DemoServers.start(sites, certificates, clock)) {
        Path file = DemoFile.write(files.dataDir(), sites, servers, certificates.pem());
        writePast(serve, files, file, sites, terminal);
        return ServeVerb.run(
            serve.withSitesFile(file),
            terminal,
            address ->
                terminal
                    .out()
                    .printf("%nThe demonstration runs: open %s (Ctrl-C ends it)%n%n", address));
      }
    } catch (IOException | StoreException e) {
      throw new UsageException("the demonstration can't start: " + e.getMessage());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has elliptic curves", e);
    }
  }

  /** A made-up past is nothing for a folder that has something else, or that another Weir has. */
  private void checkOwn(Embedded files) {
    Path folder = files.dataDir();
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent() && !Files.exists(folder.resolve(DemoFile.NAME))) {
        throw new UsageException(
            "weir demo writes a made-up past, and %s has something else in it; name another folder"
                    .formatted(folder)
                + " with --data-dir");
      }
    } catch (IOException e) {
      throw new UsageException(folder + " can't be read: " + e.getMessage());
    }
    // One that is in use says so here, before its file of sites is written anew.
    FileDocuments.open(folder).close();
  }

  /** The first start writes a past; later ones go on from what there is. */
  private void writePast(
      ServeSettings serve, Embedded files, Path file, List<DemoSite> demos, Terminal terminal)
      throws IOException {
    Path mark = files.dataDir().resolve("demonstration-past.txt");
    if (Files.exists(mark)) {
      return;
    }
    String region = serve.checks().running().schedule().region();
    CheckTables tables = serve.checks().running().recorder().tables();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    Map<String, Site> sites = sites(file, region);
    terminal
        .out()
        .printf(
            "Writing a made-up past of %d days for %d sites ...%n", PAST.toDays(), sites.size());
    terminal.out().flush();
    try (EmbeddedStore store =
        EmbeddedStore.open(EmbeddedStoreOptions.of(files.dataDir()).withClock(clock))) {
      TableRules rules = TableRules.own(files.retention());
      for (DemoSite demo : demos) {
        Site site = Objects.requireNonNull(sites.get(demo.id()), demo.id());
        TableName results = tables.results(site.key().customer());
        store.createIfMissing(results, rules);
        if (site.enabled()) {
          new DemoPast(store, results, clock).write(site, demo, region, now.minus(PAST), now);
        }
      }
      TableName results = tables.results("default");
      new HourlyRollup(store, store, store, table -> store.createIfMissing(table, rules), clock)
          .rebuild(results, CheckTables.hourlyOf(results), now.minus(PAST), now);
    }
    Files.writeString(
        mark,
        "What these sites gave before %s is made up, for the demonstration.%n".formatted(now));
  }

  private static Map<String, Site> sites(Path file, String region) throws IOException {
    return switch (new SiteReader(region).read(file.toString(), Files.readString(file))) {
      case SiteReader.Reading.Sites(List<Site> read) ->
          read.stream().collect(Collectors.toMap(site -> site.key().id(), Function.identity()));
      case SiteReader.Reading.Refused refused ->
          throw new IllegalStateException("the demonstration's own sites: " + refused.problems());
    };
  }
}
