// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import static dev.weir.monitor.notice.Results.down;
import static dev.weir.monitor.notice.Results.site;
import static dev.weir.monitor.notice.Results.up;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.monitor.schedule.SlotResult;
import dev.weir.store.StoreException;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class IncidentBookTest {

  private static final Site SHOP = site(IncidentRules.DEFAULT);
  private static final Site OTHER = site(new SiteKey("other", "blog"), IncidentRules.DEFAULT);

  private final MemoryDocuments documents = new MemoryDocuments();
  private final ManualClock clock = new ManualClock(Results.START.plus(Duration.ofHours(1)));
  private final List<String> counted = Collections.synchronizedList(new ArrayList<>());
  private final FakeChannel hook = new FakeChannel("hook");
  private final FakeChannel all = new FakeChannel("all");

  @Test
  void remembersFromOneBookToTheNext() throws Exception {
    book().accept(down(SHOP, 0));
    clock.advance(Duration.ofMillis(1));
    book().accept(down(OTHER, 0));
    clock.advance(Duration.ofMillis(1));
    assertThat(book().open("acme")).extracting(each -> each.site().id()).containsExactly("shop");
    book().accept(up(SHOP, 1));
    assertThat(book().open(null)).extracting(each -> each.site().id()).containsExactly("blog");
    assertThat(hook.told()).isZero();

    book().deliver(Instant.MAX);

    assertThat(hook.take(2)).containsExactly("opened shop", "closed shop");
    assertThat(all.take(3)).containsExactly("opened shop", "opened blog", "closed shop");
    assertThat(waiting()).isEmpty();
    assertThat(documents.list(History.CLOSED, null, 10)).hasSize(1);
  }

  @Test
  void tellsOnceWhatComesTwiceOrLate() throws Exception {
    for (SlotResult result :
        List.of(down(SHOP, 1), down(SHOP, 1), up(SHOP, 2), up(SHOP, 2), down(SHOP, 1))) {
      book().accept(result);
    }
    book().deliver(Instant.MAX);
    assertThat(hook.take(2)).containsExactly("opened shop", "closed shop");
    assertThat(hook.told()).isZero();
    assertThat(book().open(null)).isEmpty();
  }

  @Test
  void losesNothingThatAnotherBookWroteBetweenReadingAndWriting() {
    Site patient = site(new IncidentRules(2, 1, Duration.ZERO, List.of()));
    IncidentBook rival = book();
    Deque<SlotResult> rivals = new ArrayDeque<>(List.of(down(patient, 1)));
    Documents slow =
        new FakeDocuments(documents) {
          @Override
          public Optional<Document> get(DocumentKey key) {
            Optional<Document> read = super.get(key);
            if (!rivals.isEmpty()) {
              rival.accept(rivals.remove());
            }
            return read;
          }
        };
    book(slow).accept(down(patient, 2));
    assertThat(book().open(null)).as("the second failure in a row").hasSize(1);

    rivals.add(up(patient, 3));
    book(slow).accept(up(patient, 3));
    assertThat(book().open(null)).isEmpty();
    assertThat(waiting()).as("opened and closed, for two channels").hasSize(4);
  }

  @Test
  void saysThatItCanBeRepeatedWhereTheStateNeverHoldsStill() {
    Documents restless =
        new FakeDocuments(documents) {
          @Override
          public List<Document> apply(List<DocumentEdit> edits) {
            throw new StoreException(StoreException.Kind.CONFLICT, "changed");
          }
        };
    assertThatThrownBy(() -> book(restless).accept(down(SHOP, 0)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind().retryable()).isTrue())
        .hasMessageContaining("acme/shop/local")
        .hasMessageContaining(IncidentBook.ATTEMPTS_MAX + " times");
  }

  @Test
  void readsAgainWhereSomebodyElseChangedTheStateMeanwhile() {
    book().accept(down(SHOP, 0));
    documents.failNext(new StoreException(StoreException.Kind.CONFLICT, "changed"));
    book().accept(up(SHOP, 1));
    assertThat(book().open(null)).isEmpty();
  }

  @Test
  void saysThatAResultWasNotTakenIn() {
    documents.failNext(new StoreException(StoreException.Kind.THROTTLED, "too fast"));
    assertThatThrownBy(() -> book().accept(down(SHOP, 0))).hasMessage("too fast");
    assertThat(book().open(null)).isEmpty();
    assertThat(waiting()).isEmpty();

    book().accept(down(SHOP, 0));
    assertThat(book().open(null)).hasSize(1);
  }

  @Test
  void keepsWaitingWhatAChannelCantTakeNowAndGoesOnWithOthers() throws Exception {
    hook.refuseForNow(1);
    book().accept(down(SHOP, 0));
    book().accept(up(SHOP, 1));
    book().deliver(Instant.MAX);
    assertThat(counted)
        .containsExactlyInAnyOrder("postponed hook", "delivered all", "delivered all");
    assertThat(waiting()).hasSize(2);

    book().deliver(Instant.MAX);
    assertThat(hook.take(2)).containsExactly("opened shop", "closed shop");
    assertThat(all.take(2)).containsExactly("opened shop", "closed shop");
    assertThat(all.told()).isZero();
    assertThat(waiting()).isEmpty();
  }

  @Test
  void triesNothingAfterTheDeadline() {
    book().accept(down(SHOP, 0));
    book().deliver(clock.instant());
    assertThat(counted).isEmpty();
    assertThat(waiting()).hasSize(2);
  }

  @Test
  void givesUpWhatNobodyTakesAnyMore() {
    documents.apply(
        List.of(
            put("acme/hook/00000000000000000001/shop/local", "no JSON"), put("nonsense", "{}")));
    book().accept(down(SHOP, 0));
    book().deliver(Instant.MAX);
    assertThat(counted)
        .containsExactlyInAnyOrder(
            "dead hook: its document can't be read",
            "dead nonsense: its document has no name that says who is told",
            "delivered hook",
            "delivered all");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void givesUpWhatIsForAMissingChannelOnlyAfterAnHour() throws Exception {
    Channels rolledOut = new Channels(Map.of("acme", List.of(hook), "*", List.of(all)));
    Channels notYet = new Channels(Map.of("*", List.of(all)));
    book().accept(down(SHOP, 0));
    clock.advance(Round.CHANNEL_MISSING_MAX);

    book(documents, notYet).deliver(Instant.MAX);
    assertThat(counted).containsExactlyInAnyOrder("missing hook: 1", "delivered all");
    assertThat(waiting()).singleElement().asString().startsWith("acme/hook/");
    book(documents, rolledOut).deliver(Instant.MAX);
    assertThat(hook.take(1)).containsExactly("opened shop");

    counted.clear();
    book().accept(up(SHOP, 1));
    clock.advance(Round.CHANNEL_MISSING_MAX.plusMillis(1));
    book(documents, notYet).deliver(Instant.MAX);
    assertThat(counted)
        .containsExactlyInAnyOrder(
            "dead hook: there has been no such channel for 60 minutes", "delivered all");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void deliversWhatAnOlderWeirLeft() throws Exception {
    Notice notice = new Notice(Notice.Kind.OPENED, incident(), Results.START);
    documents.apply(List.of(put("acme/hook/01773144000000000000", NoticeText.of(notice))));
    book().deliver(Instant.MAX);
    assertThat(hook.take(1)).containsExactly("opened shop");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void endsIncidentsOfSitesThatAreNotWatchedAnyMore() throws Exception {
    book().accept(down(SHOP, 0));
    clock.advance(Duration.ofMillis(1));
    book().accept(down(OTHER, 0));
    clock.advance(Duration.ofMillis(1));
    book().retain((site, region) -> site.equals(OTHER.key()) && region.equals("local"));
    assertThat(book().open(null)).extracting(each -> each.site().id()).containsExactly("blog");
    clock.advance(Duration.ofMillis(1));
    book().forget(OTHER.key());
    assertThat(book().open(null)).isEmpty();
    assertThat(documents.list("site-states", null, 10)).isEmpty();

    book().deliver(Instant.MAX);
    assertThat(all.take(4))
        .containsExactly("opened shop", "opened blog", "closed shop", "closed blog");
  }

  @Test
  void tellsChannelsThatForgetOfWhatIsOpen() {
    book().accept(down(SHOP, 0));
    book().accept(down(OTHER, 0));
    book().refresh();
    assertThat(hook.refreshed).containsExactly("shop");
    assertThat(all.refreshed).containsExactly("shop", "blog").doesNotHaveDuplicates();
    assertThat(counted).containsExactlyInAnyOrder("refreshed acme/hook", "refreshed */all");
  }

  @Test
  void countsWhatCouldNotBeRepeated() {
    book().accept(down(SHOP, 0));
    hook.refreshAnswer = new Channel.Delivery.Later("busy");
    book().refresh();
    assertThat(counted)
        .containsExactlyInAnyOrder("not refreshed acme/hook: busy", "refreshed */all");
  }

  @Test
  void endsOnceMoreWhatEndedWhileItWasToldToBeOpen() throws Exception {
    book().accept(down(SHOP, 0));
    book().accept(down(OTHER, 0));
    book().deliver(Instant.MAX);
    assertThat(hook.take(1)).containsExactly("opened shop");
    hook.duringRefresh =
        () -> {
          book().accept(up(SHOP, 1));
          book().deliver(Instant.MAX);
        };
    book().refresh();
    assertThat(hook.take(2)).containsExactly("closed shop", "closed shop");
    assertThat(hook.told()).isZero();
  }

  @Test
  void takesAStateThatCantBeReadAsWell() {
    documents.apply(
        List.of(
            new DocumentEdit.Put(
                new DocumentKey("site-states", "acme/shop/local"), "{broken", DocumentEdit.ANY)));
    assertThat(book().open(null)).isEmpty();
    book().accept(down(SHOP, 0));
    assertThat(book().open(null)).hasSize(1);
    assertThat(counted).contains("unreadable acme/shop/local");
  }

  private Incident incident() {
    SiteState.Step step = SiteState.WELL.next(down(SHOP, 0), clock.instant());
    return requireNonNull(step.notice()).incident();
  }

  private static DocumentEdit put(String id, String json) {
    return new DocumentEdit.Put(new DocumentKey("waiting-notices", id), json, DocumentEdit.ANY);
  }

  private List<String> waiting() {
    return documents.list("waiting-notices", null, 100).stream()
        .map(document -> document.key().id())
        .toList();
  }

  /** A new one each time: nothing may be in its memory. */
  private IncidentBook book() {
    return book(documents);
  }

  private IncidentBook book(Documents kept) {
    return book(kept, new Channels(Map.of("acme", List.of(hook), "*", List.of(all))));
  }

  private IncidentBook book(Documents kept, Channels channels) {
    return new IncidentBook(
        kept,
        channels,
        clock,
        new NoticeListener() {
          @Override
          public void delivered(ChannelKey channel) {
            counted.add("delivered " + channel.name());
          }

          @Override
          public void postponed(ChannelKey channel, String why) {
            counted.add("postponed " + channel.name());
          }

          @Override
          public void channelMissing(ChannelKey channel, int waiting) {
            counted.add("missing " + channel.name() + ": " + waiting);
          }

          @Override
          public void refreshed(ChannelKey channel) {
            counted.add("refreshed %s/%s".formatted(channel.customer(), channel.name()));
          }

          @Override
          public void notRefreshed(ChannelKey channel, String why) {
            counted.add(
                "not refreshed %s/%s: %s".formatted(channel.customer(), channel.name(), why));
          }

          @Override
          public void dead(ChannelKey channel, String why) {
            counted.add("dead " + channel.name() + ": " + why);
          }

          @Override
          public void unreadable(String state, RuntimeException why) {
            counted.add("unreadable " + state);
          }
        });
  }
}
