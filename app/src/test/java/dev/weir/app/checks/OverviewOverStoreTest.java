// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.app.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.api.Api;
import dev.weir.api.call.Caller;
import dev.weir.api.overview.Overview;
import dev.weir.api.overview.OverviewStore;
import dev.weir.exchange.Headers;
import dev.weir.exchange.Request;
import dev.weir.exchange.Response;
import dev.weir.model.Point;
import dev.weir.model.PointBatch;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.probe.Failure;
import dev.weir.monitor.probe.Hop;
import dev.weir.monitor.probe.Measurement;
import dev.weir.monitor.probe.Peer;
import dev.weir.monitor.probe.Phases;
import dev.weir.monitor.probe.Run;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecordLayout;
import dev.weir.monitor.rollup.HourlyRollup;
import dev.weir.monitor.schedule.Miss;
import dev.weir.monitor.schedule.Slot;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.monitor.site.SiteBook;
import dev.weir.store.QueryPage;
import dev.weir.store.QueryRequest;
import dev.weir.store.QueryRunner;
import dev.weir.store.StoreException;
import dev.weir.store.TableRules;
import dev.weir.store.embedded.EmbeddedStore;
import dev.weir.store.embedded.EmbeddedStoreOptions;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the overview reads from a store, by the SQL of the embedded engine. */
class OverviewOverStoreTest {

  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final CheckTables TABLES = CheckTables.ORIGINAL;
  private static final String SITES =
      """
      sites:
        - {id: shop, endpoint: 'https://shop.example/', interval: 1m, regions: [eu, us]}
        - {id: shop, customer: acme, endpoint: 'https://acme.example/', interval: 1m}
      """;

  @TempDir private Path folder;

  private final ManualClock clock = new ManualClock(NOON.plus(Duration.ofMinutes(30)));
  private final MemoryDocuments documents = new MemoryDocuments();
  private final SiteBook book = new SiteBook(documents, "eu");
  private EmbeddedStore store;
  private HourlyRollup rollup;
  private Overview overview;
  private boolean down;

  @BeforeEach
  void open() {
    store = EmbeddedStore.open(EmbeddedStoreOptions.of(folder).withClock(clock));
    TableRules rules = TableRules.own(Duration.ofDays(60));
    for (String customer : List.of("default", "acme")) {
      store.createIfMissing(TABLES.results(customer), rules);
      store.createIfMissing(TABLES.hourly(customer), rules);
    }
    QueryRunner queries =
        new QueryRunner() {
          @Override
          public QueryPage run(QueryRequest request) {
            if (down) {
              throw new StoreException(StoreException.Kind.UNAVAILABLE, "on purpose");
            }
            return store.run(request);
          }

          @Override
          public boolean cancel(String queryId) {
            return store.cancel(queryId);
          }
        };
    rollup = new HourlyRollup(queries, store, store, _ -> {}, clock);
    define(SITES);
    overview = begin(queries);
  }

  @AfterEach
  void close() {
    overview.close();
    store.close();
  }

  @Test
  void bearsAStoreWithoutAnything() {
    overview.readAll();
    assertThat(overview.unread()).isZero();
    assertThat(item("default/shop")).contains("\"state\":\"unknown\"", "\"runs\":null");
  }

  @Test
  void showsAfterARestartWhatWasBefore() {
    for (int minute = -120; minute < 30; minute++) {
      write(up("default", "eu", minute, minute < 0 ? 100 : 200));
    }
    write(failing("default", "us", 28, "it was reset", false));
    write(missed("default", "us", 29));
    rebuild(-2, 0);
    overview.readAll();

    String shop = item("default/shop");
    assertThat(shop)
        .contains("\"state\":\"down\"", "\"letters\":\"" + "u".repeat(47) + "dum\"")
        .contains("\"error\":\"it was reset\"", "\"error_class\":\"reset\"")
        .contains("\"certificate_days\":42")
        .contains("null,100,100,200],\"certificate_days\"");
    // 150 runs of eu were up, and one of us failed; the missed one is no run.
    assertThat(figure(shop, "day")).isEqualTo(0.993377);
    assertThat(figure(shop, "p50_ms")).isBetween(88.0, 113.0);
    assertThat(figure(shop, "p95_ms")).isBetween(176.0, 226.0);
  }

  @Test
  void sumsOfADayAWeekAndAMonthHoldTheirHours() {
    for (int hour : new int[] {-1, -24, -25, -7 * 24, -7 * 24 - 1, -30 * 24, -30 * 24 - 1}) {
      write(up("default", "eu", hour * 60 + 5, 10));
      if (hour == -24 || hour == -7 * 24 || hour == -30 * 24) {
        write(failing("default", "eu", hour * 60 + 6, "it was reset", false));
        write(failing("default", "eu", hour * 60 + 7, "our own side", true));
      }
      rebuild(hour, hour + 1);
    }
    overview.readAll();
    String shop = item("default/shop");
    assertThat(figure(shop, "day")).isEqualTo(0.666666); // 2 up, 1 failed, 1 in doubt
    assertThat(figure(shop, "week")).isEqualTo(0.666666); // 4 of 6
    assertThat(figure(shop, "month")).isEqualTo(0.666666); // 6 of 9
  }

  @Test
  void whatIsOlderThanADayLeavesTheDayAndStaysInTheWeek() {
    write(up("default", "eu", -30, 10));
    write(failing("default", "eu", -29, "it was reset", false));
    rebuild(-1, 0);
    overview.readAll();
    assertThat(item("default/shop"))
        .contains("\"uptime\":{\"day\":0.5,\"week\":0.5,\"month\":0.5}");
    clock.advance(Duration.ofHours(25));
    overview.readAll();
    assertThat(item("default/shop"))
        .contains("\"uptime\":{\"day\":null,\"week\":0.5,\"month\":0.5}", "\"p50_ms\":null");
    clock.advance(Duration.ofDays(6));
    overview.readAll();
    assertThat(item("default/shop"))
        .contains("\"uptime\":{\"day\":null,\"week\":null,\"month\":0.5}");
  }

  @Test
  void runsInMaintenanceAreLeftOutOfMadeHoursToo() {
    String windows =
        """
        interval: 1m, regions: [eu, us], maintenance: [
          {start: 2026-03-10T11:10:00Z, end: 2026-03-10T11:20:00Z},
          {start: 2026-03-10T11:15:00Z, end: 2026-03-10T11:30:00Z},
          {days: [fri], from: "11:00", length: 30m, zone: UTC}]}
        """;
    define(SITES.replace("interval: 1m, regions: [eu, us]}", windows));
    for (int minute = -60; minute < -20; minute++) {
      boolean fails = minute >= -50 && minute < -30;
      write(
          fails
              ? failing("default", "eu", minute, "on purpose", false)
              : up("default", "eu", minute, 9));
    }
    int friday = -(4 * 24 + 1) * 60;
    write(failing("default", "eu", friday, "on purpose", false));
    write(failing("default", "eu", friday + 30, "it was reset", false));
    int fridayBefore = friday - 7 * 24 * 60;
    write(failing("default", "eu", fridayBefore, "on purpose", false));
    write(failing("default", "eu", fridayBefore + 30, "it was reset", false));
    rebuild(-1, 0);
    rebuild(-4 * 24 - 1, -4 * 24);
    rebuild(-11 * 24 - 1, -11 * 24);
    overview.readAll();
    String shop = item("default/shop");
    assertThat(figure(shop, "day")).isEqualTo(1);
    assertThat(figure(shop, "week")).isEqualTo(0.952380); // 20 of 21
    assertThat(figure(shop, "month")).isEqualTo(0.909090); // 20 of 22
  }

  @Test
  void countsAnHourOnceThatWasHeardAndThenMade() {
    overview.readAll();
    clock.advance(Duration.ofMinutes(35));
    for (int minute = 0; minute < 60; minute++) {
      SlotResult result =
          minute < 30
              ? up("default", "eu", minute, 100)
              : failing("default", "eu", minute, "it was reset", false);
      write(result);
      overview.accept(result);
    }
    assertThat(figure(item("default/shop"), "day")).isEqualTo(0.5);
    rebuild(0, 1);
    SlotResult newer = up("default", "eu", 61, 100);
    write(newer);
    overview.accept(newer);
    overview.readAll();
    String shop = item("default/shop");
    assertThat(figure(shop, "day")).isEqualTo(0.508196); // 31 of 61
    assertThat(shop).contains("\"letters\":\"" + "u".repeat(19) + "d".repeat(30) + "u\"");
  }

  @Test
  void countsWhatWasBeforeAndWhatIsHeardOnceEach() {
    for (int minute = 0; minute < 30; minute++) {
      write(up("default", "eu", minute, 100));
    }
    for (int minute = 31; minute < 61; minute++) {
      clock.advance(Duration.ofMinutes(1));
      SlotResult heard = failing("default", "eu", minute, "it was reset", false);
      write(heard);
      overview.accept(heard);
    }
    overview.readAll();
    assertThat(figure(item("default/shop"), "day")).isEqualTo(0.5);
    overview.readAll();
    assertThat(figure(item("default/shop"), "day")).isEqualTo(0.5);
  }

  @Test
  void showsOnceWhatAnotherProcessWrites() {
    overview.readAll();
    SlotResult own = up("default", "eu", 30, 100);
    write(own);
    overview.accept(own);
    write(failing("default", "us", 29, "it was reset", false));
    write(up("default", "us", 30, 50));
    clock.advance(Duration.ofMinutes(1));
    for (int i = 0; i < 3; i++) {
      overview.readAll();
      String shop = item("default/shop");
      assertThat(shop).contains("\"letters\":\"duu\"", "\"state\":\"up\"");
      assertThat(figure(shop, "day")).isEqualTo(0.666666);
    }
    write(failing("default", "us", 31, "it was reset again", false));
    clock.advance(Duration.ofMinutes(1));
    overview.readAll();
    assertThat(item("default/shop"))
        .contains("\"letters\":\"duud\"", "\"state\":\"down\"", "it was reset again")
        .contains("\"day\":0.5,");
  }

  @Test
  void mixesNoCustomers() {
    write(up("default", "eu", 10, 100));
    write(failing("acme", "eu", 11, "acme's own", false));
    write(up("acme", "us", 12, 9)); // not a region of acme's site
    overview.readAll();
    assertThat(item("default/shop")).contains("\"letters\":\"u\"").doesNotContain("acme");
    assertThat(item("acme/shop")).contains("\"letters\":\"d\"", "\"day\":0,", "acme's own");
  }

  @Test
  void keepsWhatWasKnownWhileTheStoreFails() {
    write(up("default", "eu", 29, 100));
    overview.readAll();
    String before = item("default/shop");
    assertThat(before).contains("\"letters\":\"u\"");
    down = true;
    overview.readAll();
    assertThat(overview.unread()).as("acme has nothing stored that could be asked for").isOne();
    assertThat(item("default/shop")).isEqualTo(before);
    down = false;
    overview.readAll();
    assertThat(overview.unread()).isZero();
  }

  @Test
  void aMissingColumnIsNoFailure() {
    write(missed("default", "eu", 29));
    overview.readAll();
    assertThat(overview.unread()).isZero();
    assertThat(item("default/shop")).contains("\"letters\":\"m\"", "\"day\":null,");
  }

  private void define(String sites) {
    switch (new SiteReader("eu").read("test", sites)) {
      case SiteReader.Reading.Sites read -> book.apply(book.plan(null, read.sites(), true));
      case SiteReader.Reading.Refused refused -> throw new AssertionError(refused);
    }
    documents.awaitTold();
  }

  private Overview begin(QueryRunner queries) {
    return new Overview(
        book, documents, "eu", List::of, new OverviewStore(TABLES, queries, store, rollup), clock);
  }

  private void rebuild(int fromHour, int toHour) {
    rollup.rebuild(
        TABLES.results("default"),
        TABLES.hourly("default"),
        NOON.plus(Duration.ofHours(fromHour)),
        NOON.plus(Duration.ofHours(toHour)));
  }

  /** As the recorder writes it. */
  private void write(SlotResult result) {
    List<Point> points = new ArrayList<>(RecordLayout.CHECK.points(result));
    String customer = result.slot().site().key().customer();
    assertThat(
            store
                .write(
                    TABLES.results(customer),
                    PointBatch.of(points),
                    clock.instant().plusSeconds(60))
                .rejections())
        .isEmpty();
  }

  private String item(String key) {
    Request request =
        new Request(
            "GET",
            "/api/v1/overview",
            "site=" + key,
            Headers.empty(),
            0,
            InputStream.nullInputStream());
    Response response = new Api(overview.operations()).handle(request, Caller.operator());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      response.body().writeTo(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    String page = bytes.toString(StandardCharsets.UTF_8);
    return page.substring(0, page.indexOf("\"next\""));
  }

  private static double figure(String item, String name) {
    Matcher figure = Pattern.compile("\"" + name + "\":([0-9.]+)").matcher(item);
    assertThat(figure.find()).as(name + " in " + item).isTrue();
    return Double.parseDouble(figure.group(1));
  }

  private SlotResult up(String customer, String region, int minute, int millis) {
    return result(
        customer, region, minute, new Run(List.of(measured(millis, null)), 1, null, false));
  }

  private SlotResult failing(
      String customer, String region, int minute, String why, boolean doubtful) {
    Failure failure = new Failure(ErrorClass.RESET, why);
    return result(
        customer, region, minute, new Run(List.of(measured(1, failure)), 2, failure, doubtful));
  }

  private SlotResult missed(String customer, String region, int minute) {
    Slot slot = slot(customer, region, minute);
    return new SlotResult(slot, slot.intendedStart(), new Miss(Miss.Reason.OVERLAP, 1));
  }

  private SlotResult result(String customer, String region, int minute, Run run) {
    Slot slot = slot(customer, region, minute);
    return new SlotResult(slot, slot.intendedStart(), run);
  }

  private Slot slot(String customer, String region, int minute) {
    Site site = book.get(new SiteKey(customer, "shop")).orElseThrow().site();
    return new Slot(site, region, NOON.plus(Duration.ofMinutes(minute)));
  }

  private Measurement measured(int millis, @Nullable Failure failure) {
    Peer.Chain chain =
        new Peer.Chain(
            NOON.plus(Duration.ofDays(43)), null, "00", "CN=shop", "CN=authority", "shop", "01");
    Peer peer = new Peer("192.0.2.7", null, "TLSv1.3", "TLS_AES_256_GCM_SHA384", chain);
    Hop hop = new Hop("https://shop.example/", Phases.NONE, peer, null, null);
    return new Measurement(millis * 1_000_000L, List.of(hop), null, failure);
  }
}
