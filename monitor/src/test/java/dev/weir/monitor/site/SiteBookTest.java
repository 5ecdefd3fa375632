// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.document.FollowedDocuments;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.check.text.SiteDifference;
import dev.weir.monitor.check.text.SiteReader;
import dev.weir.store.StoreException;
import dev.weir.store.kit.MemoryDocuments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SiteBookTest {

  private final MemoryDocuments documents = new MemoryDocuments();
  private final SiteBook book = new SiteBook(documents, "here");

  private static Site site(String customer, String id, String interval) {
    String text =
        "{id: %s, customer: %s, endpoint: 'https://example.com/', interval: %s}"
            .formatted(id, customer, interval);
    return ((SiteReader.Reading.Sites) new SiteReader("here").read("test", text))
        .sites()
        .getFirst();
  }

  private static Site site(String id) {
    return site("default", id, "1m");
  }

  private SitePlan applied(List<Site> wanted, boolean prune) {
    SitePlan plan = book.plan(null, wanted, prune);
    book.apply(plan);
    return plan;
  }

  private static List<String> names(List<StoredSite> sites) {
    return sites.stream().map(each -> each.site().key().toString()).toList();
  }

  @Test
  void aPlanChangesNothingUntilItIsApplied() {
    SitePlan plan = book.plan(null, List.of(site("a"), site("b")), false);
    assertThat(plan.additions())
        .extracting(each -> each.site().key().id())
        .containsExactly("a", "b");
    assertThat(book.all(null)).isEmpty();

    book.apply(plan);

    assertThat(book.all(null))
        .containsExactly(new StoredSite(site("a"), 1), new StoredSite(site("b"), 1));
    assertThat(book.get(new SiteKey("default", "a"))).contains(new StoredSite(site("a"), 1));
    assertThat(book.get(new SiteKey("default", "c"))).isEmpty();
  }

  @Test
  void aPlanSaysWhichFieldsChangeAndWhatStays() {
    applied(List.of(site("a"), site("b"), site("c")), false);

    SitePlan plan =
        book.plan(null, List.of(site("a"), site("default", "b", "10s"), site("d")), true);

    assertThat(plan)
        .isEqualTo(
            new SitePlan(
                List.of(new SitePlan.Addition(site("d"))),
                List.of(
                    new SitePlan.Change(
                        site("default", "b", "10s"),
                        1,
                        List.of(
                            new SiteDifference(
                                "interval", Optional.of("1m"), Optional.of("10s"))))),
                List.of(new SitePlan.Removal(new SiteKey("default", "c"), 1)),
                List.of(new SiteKey("default", "a"))));
    book.apply(plan);
    assertThat(names(book.all(null))).containsExactly("default/a", "default/b", "default/d");
    assertThat(book.get(new SiteKey("default", "b")).orElseThrow().version()).isEqualTo(2);
    assertThat(
            book.plan(null, book.all(null).stream().map(StoredSite::site).toList(), true).isEmpty())
        .isTrue();
  }

  @Test
  void withoutPruneNothingGoes() {
    applied(List.of(site("a")), false);
    assertThat(applied(List.of(site("b")), false).removals()).isEmpty();
    assertThat(names(book.all(null))).containsExactly("default/a", "default/b");
  }

  @Test
  void aCustomerSeesAndPrunesItsOwnSitesOnly() {
    applied(
        List.of(site("acme", "x", "1m"), site("acme-2", "x", "1m"), site("acm", "x", "1m")), false);

    assertThat(names(book.all("acme"))).containsExactly("acme/x");
    book.apply(book.plan("acme", List.of(), true));

    assertThat(names(book.all(null))).containsExactly("acm/x", "acme-2/x");
    assertThatThrownBy(() -> book.plan("acme", List.of(site("other", "x", "1m")), false))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED))
        .hasMessage("site other/x is not of customer acme");
  }

  @Test
  void listsPageByPage() {
    applied(Stream.of("a", "b", "c", "d", "e").map(id -> site("acme", id, "1m")).toList(), false);
    applied(List.of(site("z", "a", "1m"), site("a", "a", "1m")), false);
    for (String customer : new String[] {"acme", null}) {
      List<String> seen = new ArrayList<>();
      Optional<String> next = Optional.empty();
      do {
        SitePage page = book.list(customer, next.orElse(null), 2);
        seen.addAll(names(page.sites()));
        next = page.next();
      } while (next.isPresent());
      assertThat(seen).isEqualTo(names(book.all(customer)));
    }
    assertThat(book.list("acme", "z/", 2).sites()).isEmpty();
    assertThatThrownBy(() -> book.list(null, null, SiteBook.PAGE_MAX + 1))
        .hasMessage("a page has 1 to 1000 sites, not 1001");
  }

  @Test
  void refusesAPlanThatSomebodyElseHasOvertaken() {
    applied(List.of(site("a")), false);
    SitePlan change = book.plan(null, List.of(site("default", "a", "10s"), site("b")), false);
    SitePlan removal = book.plan(null, List.of(), true);
    SitePlan addition = book.plan(null, List.of(site("c")), false);
    applied(List.of(site("default", "a", "5s"), site("c")), false);

    for (SitePlan late : List.of(change, removal, addition)) {
      assertThatThrownBy(() -> book.apply(late))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CONFLICT));
    }
    assertThat(names(book.all(null))).containsExactly("default/a", "default/c");
  }

  @Test
  void appliesMoreThanOneTransactionHoldsAndLooksForConflictsBefore() {
    List<Site> many =
        IntStream.range(0, 2 * Documents.EDITS_MAX + 1)
            .mapToObj(i -> site("s%03d".formatted(i)))
            .toList();
    SitePlan plan = book.plan(null, many, false);
    applied(List.of(many.getLast()), false);

    assertThatThrownBy(() -> book.apply(plan))
        .hasMessage("site default/s200 has changed since the plan was made; make a new one");
    assertThat(book.all(null)).hasSize(1);

    applied(many, false);
    assertThat(book.all(null)).hasSize(many.size());
    applied(List.of(), true);
    assertThat(book.all(null)).isEmpty();
  }

  @Test
  void aPlanThatFailsBetweenItsStepsCanBeMadeAgain() {
    List<Site> many =
        IntStream.range(0, Documents.EDITS_MAX + 1).mapToObj(i -> site("s" + i)).toList();
    SitePlan plan = book.plan(null, many, false);
    documents.failNext(new StoreException(StoreException.Kind.UNAVAILABLE, "full"));
    assertThatThrownBy(() -> book.apply(plan)).hasMessage("full");
    assertThat(book.all(null)).isEmpty();
    applied(many, false);
    assertThat(book.all(null)).hasSize(many.size());
  }

  @Test
  void aCustomerHasALimitOfSites() {
    List<Site> wanted =
        IntStream.rangeClosed(0, SiteBook.SITES_MAX).mapToObj(i -> site("s" + i)).toList();
    assertThatThrownBy(() -> book.plan(null, wanted, false))
        .isInstanceOf(StoreException.class)
        .hasMessage("customer default would have 10,001 sites, at most 10,000");
    List<Site> two = new ArrayList<>(wanted.subList(1, wanted.size()));
    two.add(site("other", "one", "1m"));
    assertThat(book.plan(null, two, false).additions()).hasSize(10_001);
  }

  @Test
  void refusesTheSameSiteTwice() {
    assertThatThrownBy(() -> book.plan(null, List.of(site("a"), site("a")), false))
        .hasMessage("site default/a is wanted twice");
  }

  @Test
  void tellsOfChangesWithBothSides() {
    List<SiteChange> told = Collections.synchronizedList(new ArrayList<>());
    SiteKey key = new SiteKey("default", "a");
    Site slow = site("a");
    Site quick = site("default", "a", "10s");
    applied(List.of(site("before")), false);
    FollowedDocuments.Subscription following = book.follow(documents, told::add);
    applied(List.of(slow), false);
    applied(List.of(slow), false);
    applied(List.of(quick), false);
    book.apply(book.plan(null, List.of(site("before")), true));
    documents.awaitTold();
    following.close();
    applied(List.of(slow), false);
    documents.awaitTold();

    assertThat(told)
        .containsExactly(
            new SiteChange(2, key, null, slow),
            new SiteChange(3, key, slow, quick),
            new SiteChange(4, key, quick, null));
    assertThat(quick.interval()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aDocumentThatCannotBeReadStandsInNobodysWay() {
    applied(List.of(site("good")), false);
    put("default/newer", "{\"id\":\"newer\",\"endpoint\":\"quic://a.b\"}");
    put("default/other", "{\"id\":\"good\",\"endpoint\":\"https://a.b\"}");
    put("no name of a site", "{}");
    put("no/name of a site", "not even JSON");

    assertThat(names(book.all(null))).containsExactly("default/good");
    assertThat(names(book.list(null, null, 10).sites())).containsExactly("default/good");
    assertThat(book.get(new SiteKey("default", "newer"))).isEmpty();

    SitePlan plan = book.plan(null, List.of(site("newer")), true);
    assertThat(plan.changes()).hasSize(1);
    assertThat(plan.removals())
        .extracting(each -> each.key().id())
        .containsExactly("good", "other");
    book.apply(plan);
    assertThat(names(book.all(null))).containsExactly("default/newer");
  }

  private void put(String id, String json) {
    documents.apply(
        List.of(
            new DocumentEdit.Put(
                new DocumentKey(SiteBook.COLLECTION, id), json, DocumentEdit.ANY)));
  }

  @Test
  void namesTheCustomersWithSitesOnceEach() {
    applied(
        List.of(
            site("acme", "a", "1m"),
            site("acme", "z", "1m"),
            site("acme-2", "a", "1m"),
            site("acme.3", "a", "1m"),
            site("acme0", "a", "1m"),
            site("Zeta", "a", "1m")),
        false);
    assertThat(book.customers(10))
        .containsExactlyInAnyOrder("Zeta", "acme", "acme-2", "acme.3", "acme0");
    assertThat(book.customers(2)).hasSize(2);
  }
}
