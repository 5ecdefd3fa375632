// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.benchmarks.checks;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.api.Api;
import dev.weir.api.overview.Overview;
import dev.weir.api.overview.OverviewStore;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.monitor.rollup.RecentHours;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.monitor.site.SiteBook;
import dev.weir.server.ServerOptions;
import dev.weir.server.WeirServer;
import dev.weir.server.console.ConsoleRoutes;
import dev.weir.server.metrics.WeirMetrics;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreHealth;
import dev.weir.store.TableName;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import dev.weir.store.embedded.document.FileDocuments;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The overview of many sites over a store with weeks of their hours: how long what is read from the
 * store takes, and how long answers do while results come in. Arguments: a folder for the store,
 * which is filled when it is new; sites (2000); days (30).
 */
final class OverviewLoad {

  private static final int ROUNDS = 5;
  private static final int WARM_UP = 300;
  private static final int ANSWERS = 500;

  /** As many runs as a strip shows. */
  private static final int RUNS = 50;

  private static final CheckTables TABLES = CheckTables.ORIGINAL;

  private OverviewLoad() {}

  public static void main(String... arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int sites = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
    int days = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 30;
    InstantSource clock = InstantSource.system();
    try (EmbeddedStore store = EmbeddedStore.open(EmbeddedStoreOptions.of(folder))) {
      Instant now = clock.instant();
      fill(store, sites, days, now);
      FileDocuments documents = FileDocuments.open(Files.createTempDirectory("overview-documents"));
      SiteBook book = book(documents, sites);
      HourlyRollup rollup = new HourlyRollup(store, store, store, _ -> {}, clock);
      QueryRunner queries = new TimedQueries(store);
      OverviewStore from = new OverviewStore(TABLES, queries, store, rollup);
      RecentHours hours = new RecentHours(queries, store);
      TableName hourly = TABLES.hourly("default");
      Instant day = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(1));
      for (int round = 1; round <= ROUNDS; round++) {
        timed(
            "hours of a day read",
            () -> hours.day(hourly, day, clock.instant().plusSeconds(60)).size());
        timed(
            "what was before, of 30 days",
            () -> hours.before(hourly, day, clock.instant().plusSeconds(60)).size());
      }
      try (Overview overview =
          new Overview(book, documents, StoredHours.REGION, List::of, from, clock)) {
        timed(
            "all read for the first time",
            () -> {
              overview.readAll();
              return overview.unread();
            });
        answers(overview, book, clock);
      }
    }
  }

  /** Tells how long each page took. */
  private record TimedQueries(QueryRunner queries) implements QueryRunner {
    @Override
    public QueryPage run(QueryRequest request) {
      long begin = System.nanoTime();
      long cpu = cpuNanos();
      QueryPage page = queries.run(request);
      if (request.resumeToken() == null) {
        System.out.printf(
            "  %s…: %.0f ms, %.0f ms of CPU to the first page%n",
            request.text().substring(0, Math.min(60, request.text().length())),
            (System.nanoTime() - begin) / 1e6,
            (cpuNanos() - cpu) / 1e6);
      }
      return page;
    }

    @Override
    public boolean cancel(String queryId) {
      return queries.cancel(queryId);
    }
  }

  private static void fill(EmbeddedStore store, int sites, int days, Instant now) {
    TableRules rules = TableRules.own(Duration.ofDays(days + 10L));
    TableName results = TABLES.results("default");
    TableName hourly = TABLES.hourly("default");
    if (store.describe(hourly).isPresent()) {
      return;
    }
    store.createIfMissing(results, rules);
    store.createIfMissing(hourly, rules);
    StoredHours stored = new StoredHours(store, sites);
    long begin = System.nanoTime();
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    for (int i = days * 24; i > 0; i--) {
      stored.hour(hourly, hour.minus(Duration.ofHours(i)));
    }
    Instant last = now.truncatedTo(ChronoUnit.MINUTES);
    for (int i = RUNS; i > 0; i--) {
      stored.runs(results, last.minus(StoredHours.INTERVAL.multipliedBy(i)));
    }
    System.out.printf(
        "%,d hours and %,d runs written: %.0f s%n",
        (long) sites * days * 24, (long) sites * RUNS, (System.nanoTime() - begin) / 1e9);
  }

  private static SiteBook book(FileDocuments documents, int sites) {
    StringBuilder text = new StringBuilder("sites:\n");
    for (int i = 0; i < sites; i++) {
      text.append(
          "- {id: %s, name: Site %d, endpoint: 'https://%d.example/', interval: 5m}\n"
              .formatted(StoredHours.id(i), i, i));
    }
    SiteBook book = new SiteBook(documents, StoredHours.REGION);
    switch (new SiteReader(StoredHours.REGION).read("sites", text.toString())) {
      case SiteReader.Reading.Sites read -> book.apply(book.plan(null, read.sites(), true));
      case SiteReader.Reading.Refused refused -> throw new IllegalStateException(refused + "");
    }
    return book;
  }

  /** Each site has a result every five minutes, beside the questions. */
  private static void answers(Overview overview, SiteBook book, InstantSource clock)
      throws Exception {
    List<Site> sites = new ArrayList<>();
    book.all(null).forEach(stored -> sites.add(stored.site()));
    ServerOptions options = ServerOptions.on("127.0.0.1:0");
    try (WeirServer server =
        WeirServer.start(
            options,
            ConsoleRoutes.of(new Api(overview.operations()), options, clock),
            () -> new StoreHealth.Health(true, ""),
            new WeirMetrics("benchmark"),
            clock)) {
      overview.start();
      Thread results = Thread.ofPlatform().daemon().start(() -> results(overview, sites, clock));
      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpRequest request =
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + server.port() + "/api/v1/overview?limit=2000"))
                .build();
        ask(client, request, WARM_UP);
        tell("answers", ask(client, request, ANSWERS));
        results.interrupt();
        results.join();
        String tag =
            client
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        HttpRequest known =
            HttpRequest.newBuilder(request.uri()).header("If-None-Match", tag).build();
        tell("answers that nothing or little has changed", ask(client, known, ANSWERS));
      }
    }
  }

  private static void results(Overview overview, List<Site> sites, InstantSource clock) {
    try {
      for (int i = 0; ; i++) {
        Site site = sites.get(i % sites.size());
        Instant now = clock.instant();
        overview.accept(
            new SlotResult(
                new Slot(site, StoredHours.REGION, now), now, new Miss(Miss.Reason.OVERLAP, 1)));
        Thread.sleep(StoredHours.INTERVAL.dividedBy(sites.size()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static double[] ask(HttpClient client, HttpRequest request, int times) throws Exception {
    double[] millis = new double[times];
    long bytes = 0;
    long cpu = cpuNanos();
    for (int i = 0; i < times; i++) {
      long begin = System.nanoTime();
      bytes = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body().length;
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    System.out.printf(
        "%,d answers, the last of %,d bytes, %.1f ms of CPU each with its client%n",
        times, bytes, (cpuNanos() - cpu) / 1e6 / times);
    return millis;
  }

  private static void tell(String what, double[] millis) {
    Arrays.sort(millis);
    System.out.printf(
        "%s: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
        what,
        millis[millis.length / 2],
        millis[millis.length * 95 / 100],
        millis[millis.length * 99 / 100],
        millis[millis.length - 1]);
  }

  /** Of the whole process. */
  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static void timed(String what, Callable<Integer> work) throws Exception {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    long begin = System.nanoTime();
    long cpu = cpuNanos();
    int figure = work.call();
    System.out.printf(
        "%s: %,d, %.0f ms, %.0f ms of CPU (load %.1f)%n",
        what, figure, (System.nanoTime() - begin) / 1e6, (cpuNanos() - cpu) / 1e6, load);
  }
}
