// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.notice.IncidentReader.Kind;
import dev.weir.monitor.notice.IncidentReader.Page;
import dev.weir.monitor.notice.IncidentReader.Place;
import dev.weir.monitor.notice.IncidentReader.Question;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentReaderTest {

  private static final Predicate<String> EVERYBODY = _ -> true;

  private final MemoryDocuments documents = new MemoryDocuments();
  private final ManualClock clock = new ManualClock(Results.START.plus(Duration.ofDays(500)));
  private final IncidentBook book = new IncidentBook(documents, Channels.NONE, clock, new Deaf());
  private final IncidentReader reader = new IncidentReader(documents, clock);

  @Test
  void tellsOpenAndClosedOnesNewestFirst() {
    Site shop = site("acme", "shop");
    Site mail = site("acme", "mail");
    fail(shop, 0, 5);
    fail(mail, 10, 12);
    open(shop, 20);
    open(mail, 15);
    assertThat(starts(page(null, null, Kind.ALL, null, 10)))
        .containsExactly("shop 20 open", "mail 15 open", "mail 10 12", "shop 0 5");
    assertThat(starts(page(null, null, Kind.OPEN, null, 10)))
        .containsExactly("shop 20 open", "mail 15 open");
    assertThat(starts(page(null, null, Kind.CLOSED, null, 10)))
        .containsExactly("mail 10 12", "shop 0 5");
    assertThat(starts(page(null, "shop", Kind.ALL, null, 10)))
        .containsExactly("shop 20 open", "shop 0 5");
    assertThat(starts(page("acme", "mail", Kind.ALL, null, 10)))
        .containsExactly("mail 15 open", "mail 10 12");
    assertThat(starts(page("acme", "mai", Kind.ALL, null, 10))).isEmpty();
  }

  @Test
  void tellsAnIncidentAsTheBookDoes() {
    fail(site("acme", "shop"), 0, 5);
    Incident incident = page(null, null, Kind.ALL, null, 1).incidents().getFirst();
    assertThat(incident.id()).isEqualTo("acme/shop/local/" + Results.START.toEpochMilli());
    assertThat(incident.endpoint()).isEqualTo("tls://shop.example:443");
    assertThat(incident.end()).isEqualTo(Results.START.plus(Duration.ofMinutes(5)));
    assertThat(incident.cause().sentence()).isEqualTo("shop.example:443 refused");
  }

  @Test
  void goesThroughAllOfThemPageByPage() {
    Random random = new Random(20_260_310);
    List<Incident> all = new ArrayList<>();
    // from days to years ago, often at the same moment, so that all windows have some
    for (int i = 0; i < 300; i++) {
      long daysAgo = (long) Math.exp(random.nextDouble() * Math.log(600));
      Instant start = clock.instant().minus(Duration.ofDays(daysAgo));
      String customer = random.nextBoolean() ? "acme" : "acme-x";
      closed(new SiteKey(customer, "s" + random.nextInt(20)), start, all);
    }
    for (int i = 0; i < 20; i++) {
      opened(new SiteKey("acme", "o" + i), clock.instant().minus(Duration.ofDays(i * 40L)), all);
    }
    List<String> expected =
        all.stream()
            .sorted((left, right) ->
                left.start().equals(right.start())
                    ? left.id().compareTo(right.id())
                    : right.start().compareTo(left.start()))
            .map(Incident::id)
            .distinct()
            .toList();
    for (int limit : List.of(1, 7, 100, 1_000)) {
      List<String> found = new ArrayList<>();
      Place after = null;
      do {
        Page page = page(null, null, Kind.ALL, after, limit);
        page.incidents().forEach(each -> found.add(each.id()));
        assertThat(page.incidents().size()).isBetween(1, limit);
        after = page.next().map(Place::toString).flatMap(Place::of).orElse(null);
      } while (after != null);
      assertThat(found).as("limit %d", limit).isEqualTo(expected);
    }
  }

  @Test
  void anOldOneThatIsStillOpenHidesNoNewerOneThatIsClosed() {
    List<Incident> all = new ArrayList<>();
    opened(new SiteKey("acme", "a"), clock.instant().minus(Duration.ofDays(400)), all);
    opened(new SiteKey("acme", "b"), clock.instant().minus(Duration.ofDays(399)), all);
    closed(new SiteKey("acme", "c"), clock.instant().minus(Duration.ofDays(100)), all);
    assertThat(page(null, null, Kind.ALL, null, 1).incidents().getFirst().site().id())
        .isEqualTo("c");
  }

  @Test
  void tellsOneThatIsStillThereAsOpenAndAlreadyAsClosedOnce() {
    List<Incident> all = new ArrayList<>();
    Instant start = clock.instant().minus(Duration.ofDays(1));
    opened(new SiteKey("acme", "a"), start, all);
    closed(new SiteKey("acme", "a"), start, all);
    Page page = page(null, null, Kind.ALL, null, 10);
    assertThat(page.incidents()).hasSize(1);
    assertThat(page.incidents().getFirst().end()).isNotNull();
  }

  @Test
  void keepsCustomersApart() {
    for (String customer : List.of("acme", "acme-x", "acme.y", "acme0", "b")) {
      fail(site(customer, "shop"), 0, 5);
      open(site(customer, "shop"), 10);
    }
    for (String customer : List.of("acme", "acme-x", "acme.y", "acme0", "b")) {
      assertThat(customers(page(customer, null, Kind.ALL, null, 10)))
          .containsExactly(customer, customer);
      assertThat(customers(page(null, customer::equals, null, Kind.ALL, null, 10)))
          .containsExactly(customer, customer);
      assertThat(page(customer, "b"::equals, null, Kind.ALL, null, 10).incidents())
          .hasSize(customer.equals("b") ? 2 : 0);
    }
    assertThat(page(null, null, Kind.ALL, null, 100).incidents()).hasSize(10);
    assertThat(page("nobody", null, Kind.ALL, null, 10).incidents()).isEmpty();
  }

  @Test
  void leavesOutWhatItCannotReadAndGoesOnBehindIt() {
    fail(site("acme", "shop"), 0, 5);
    fail(site("acme", "shop"), 20, 25);
    fail(site("acme", "shop"), 40, 45);
    String middle = "acme/%015d/shop/local".formatted(minute(20).toEpochMilli());
    for (DocumentKey key :
        List.of(
            new DocumentKey(History.CLOSED, middle),
            new DocumentKey(History.CLOSED, "acme/nothing/of/ours"),
            new DocumentKey(History.CLOSED, "zzz"),
            new DocumentKey(IncidentStep.STATES, "acme/broken/local"))) {
      documents.apply(List.of(new DocumentEdit.Put(key, "{\"of\":\"another\"}", -1)));
    }
    assertThat(starts(page(null, null, Kind.ALL, null, 10)))
        .containsExactly("shop 40 45", "shop 0 5");
    Page second =
        page(null, null, Kind.ALL, page(null, null, Kind.ALL, null, 1).next().orElseThrow(), 1);
    assertThat(second.incidents()).isEmpty();
    assertThat(starts(page(null, null, Kind.ALL, second.next().orElseThrow(), 1)))
        .containsExactly("shop 0 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "~", "1~", "~a", "1~a b", "-1~a", "1234567890123456~a", "1~a'"})
  void readsNoOtherPlaces(String text) {
    assertThat(Place.of(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, IncidentReader.PAGE_MAX + 1})
  void refusesPagesOfNothingAndOfTooMuch(int limit) {
    assertThatThrownBy(() -> page(null, null, Kind.ALL, null, limit))
        .hasMessage("a page has 1 to 1000 incidents, not " + limit);
  }

  private Page page(
      @Nullable String customer,
      @Nullable String site,
      Kind kind,
      @Nullable Place after,
      int limit) {
    return page(customer, EVERYBODY, site, kind, after, limit);
  }

  private Page page(
      @Nullable String customer,
      Predicate<String> seen,
      @Nullable String site,
      Kind kind,
      @Nullable Place after,
      int limit) {
    return reader.page(new Question(customer, seen, site, kind, after, limit));
  }

  private void fail(Site site, int from, int to) {
    open(site, from);
    book.accept(Results.up(site, to));
  }

  private void open(Site site, int minute) {
    book.accept(Results.down(site, minute));
  }

  /** As it would have been kept. */
  private void closed(SiteKey site, Instant start, List<Incident> all) {
    Incident incident = incident(site, start).closedAt(start.plusSeconds(60));
    Notice notice = new Notice(Notice.Kind.CLOSED, incident, start.plusSeconds(60));
    DocumentEdit edit = History.edits(documents, notice).getLast();
    documents.apply(List.of(edit));
    all.add(incident);
  }

  private void opened(SiteKey site, Instant start, List<Incident> all) {
    Incident incident = incident(site, start);
    SiteState state = new SiteState(0, null, incident, start, start);
    documents.apply(
        List.of(
            new DocumentEdit.Put(
                new DocumentKey(IncidentStep.STATES, site + "/local"),
                NoticeText.of(state),
                DocumentEdit.ANY)));
    all.add(incident);
  }

  private static Incident incident(SiteKey site, Instant start) {
    return new Incident(
        site,
        "https://a.b/",
        "local",
        start,
        null,
        new dev.weir.monitor.probe.Failure(dev.weir.monitor.probe.ErrorClass.RESET, "It hung up."));
  }

  private static Site site(String customer, String id) {
    return Results.site(new SiteKey(customer, id), IncidentRules.DEFAULT);
  }

  private static Instant minute(int minute) {
    return Results.START.plus(Duration.ofMinutes(minute));
  }

  private static List<String> starts(Page page) {
    return page.incidents().stream()
        .map(each ->
            "%s %d %s"
                .formatted(
                    each.site().id(),
                    Duration.between(Results.START, each.start()).toMinutes(),
                    each.end() == null
                        ? "open"
                        : Duration.between(Results.START, each.end()).toMinutes()))
        .toList();
  }

  private static List<String> customers(Page page) {
    return page.incidents().stream().map(each -> each.site().customer()).toList();
  }

  private static final class Deaf implements NoticeListener {}
}
