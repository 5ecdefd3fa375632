// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.monitor.notice;

import static dev.weir.monitor.notice.Results.down;
import static dev.weir.monitor.notice.Results.site;
import static dev.weir.monitor.notice.Results.up;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.document.Document;
import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.document.Documents;
import dev.weir.monitor.check.IncidentRules;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import dev.weir.store.StoreException;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class IncidentsTest {

  private static final Site SHOP = site(IncidentRules.DEFAULT);
  private static final Site OTHER = site(new SiteKey("other", "blog"), IncidentRules.DEFAULT);

  private final MemoryDocuments documents = new MemoryDocuments();
  private final ManualClock clock = new ManualClock(Results.START);
  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  private final BlockingQueue<String> counted = new LinkedBlockingQueue<>();

  @Test
  void tellsTheCustomersChannelsAndEverybodysOfAnIncident() throws Exception {
    FakeChannel acme = new FakeChannel("acme-hook");
    FakeChannel other = new FakeChannel("other-hook");
    FakeChannel all = new FakeChannel("all");
    try (Incidents incidents =
        open(Map.of("acme", List.of(acme), "other", List.of(other), "*", List.of(all)))) {
      incidents.accept(down(SHOP, 0));
      incidents.accept(up(SHOP, 1));
      incidents.accept(down(OTHER, 1));

      assertThat(acme.take(2)).containsExactly("opened shop", "closed shop");
      assertThat(other.take(1)).containsExactly("opened blog");
      assertThat(all.take(3)).containsExactly("opened shop", "closed shop", "opened blog");
      assertThat(incidents.open("acme")).isEmpty();
      assertThat(incidents.open(null)).extracting(each -> each.site().id()).containsExactly("blog");
      assertThat(documents.list(History.CLOSED, null, 10)).hasSize(1);
    }
  }

  @Test
  void goesOnAfterARestartWhereItStopped() throws Exception {
    FakeChannel broken = new FakeChannel("hook");
    broken.refuseForNow(Integer.MAX_VALUE);
    try (Incidents incidents = open(Map.of("acme", List.of(broken)))) {
      incidents.accept(down(SHOP, 0));
      assertThat(counted.poll(30, TimeUnit.SECONDS)).isEqualTo("postponed hook");
    }

    FakeChannel mended = new FakeChannel("hook");
    try (Incidents incidents = open(Map.of("acme", List.of(mended)))) {
      incidents.accept(down(SHOP, 1));
      assertThat(incidents.open("acme")).hasSize(1);
      incidents.accept(up(SHOP, 2));
      assertThat(mended.take(2)).containsExactly("opened shop", "closed shop");
    }
  }

  @Test
  void repeatsADeliveryWithGrowingPausesUntilItSucceeds() throws Exception {
    FakeChannel channel = new FakeChannel("hook");
    channel.refuseForNow(3);
    try (Incidents incidents = open(Map.of("acme", List.of(channel)))) {
      incidents.accept(down(SHOP, 0));
      assertThat(channel.take(1)).containsExactly("opened shop");
      assertThat(pauses)
          .containsSubsequence(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }
  }

  @Test
  void goesOnAfterAFaultOfAChannelsOwn() throws Exception {
    FakeChannel channel = new FakeChannel("hook");
    channel.duringDelivery =
        () -> {
          channel.duringDelivery = () -> {};
          throw new IllegalStateException("a fault");
        };
    try (Incidents incidents = open(Map.of("acme", List.of(channel)))) {
      incidents.accept(down(SHOP, 0));
      assertThat(counted.poll(30, TimeUnit.SECONDS)).isEqualTo("postponed hook");
      assertThat(channel.take(1)).containsExactly("opened shop");
    }
  }

  @Test
  void givesUpWhatAReceiverRefusesAndGoesOn() throws Exception {
    FakeChannel channel = new FakeChannel("hook");
    channel.refuseForGood();
    try (Incidents incidents = open(Map.of("acme", List.of(channel)))) {
      incidents.accept(down(SHOP, 0));
      incidents.accept(up(SHOP, 1));
      assertThat(counted.poll(30, TimeUnit.SECONDS)).isEqualTo("dead hook: no thanks");
      assertThat(channel.take(1)).containsExactly("closed shop");
    }
  }

  @Test
  void givesUpWhatCouldNotBeDeliveredForADay() throws Exception {
    FakeChannel channel = new FakeChannel("hook");
    channel.refuseForNow(Integer.MAX_VALUE);
    channel.duringDelivery = () -> clock.advance(Duration.ofHours(9));
    try (Incidents incidents = open(Map.of("acme", List.of(channel)))) {
      incidents.accept(down(SHOP, 0));
      assertThat(List.of(next(), next(), next()))
          .containsExactly(
              "postponed hook", "postponed hook", "dead hook: not delivered for 24 hours: busy");
    }
  }

  @Test
  void endsTheIncidentOfASiteThatIsNoLongerWatched() throws Exception {
    FakeChannel channel = new FakeChannel("hook");
    try (Incidents incidents = open(Map.of("acme", List.of(channel)))) {
      incidents.accept(down(SHOP, 0));
      incidents.forget(SHOP.key());
      assertThat(channel.take(2)).containsExactly("opened shop", "closed shop");
      assertThat(incidents.open(null)).isEmpty();
    }
    assertThat(documents.list("site-states", null, 10)).isEmpty();
  }

  @Test
  void endsIncidentsOfSitesThatWentWhileNoWeirRan() throws Exception {
    FakeChannel channel = new FakeChannel("hook");
    try (Incidents incidents = open(Map.of("*", List.of(channel)))) {
      incidents.accept(down(SHOP, 0));
      incidents.accept(down(OTHER, 0));
      assertThat(channel.take(2)).containsExactly("opened shop", "opened blog");
      awaitNothingWaits();
    }
    try (Incidents incidents = open(Map.of("*", List.of(channel)))) {
      incidents.retain((site, region) -> site.equals(OTHER.key()) && region.equals("local"));
      assertThat(channel.take(1)).containsExactly("closed shop");
      assertThat(incidents.open(null)).extracting(each -> each.site().id()).containsExactly("blog");
      incidents.retain((site, region) -> region.equals("another"));
      assertThat(channel.take(1)).containsExactly("closed blog");
    }
    assertThat(documents.list("site-states", null, 10)).isEmpty();
  }

  @Test
  void endsLaterWhatCouldNotBeWritten() throws Exception {
    FakeChannel channel = new FakeChannel("hook");
    try (Incidents incidents = open(Map.of("acme", List.of(channel)))) {
      incidents.accept(down(SHOP, 0));
      awaitNothingWaits();
      documents.failNext(new StoreException(StoreException.Kind.UNAVAILABLE, "full"));
      incidents.forget(SHOP.key());
      assertThat(incidents.open(null)).hasSize(1);
      incidents.refresh();
      assertThat(incidents.open(null)).isEmpty();
      assertThat(channel.take(2)).containsExactly("opened shop", "closed shop");
    }
  }

  @Test
  void aResultThatWaitsForItsSiteToBeForgottenBeginsAnew() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch mayWrite = new CountDownLatch(1);
    AtomicBoolean slow = new AtomicBoolean();
    Documents held =
        new FakeDocuments(documents) {
          @Override
          public List<Document> apply(List<DocumentEdit> edits) {
            if (slow.compareAndSet(true, false)) {
              writing.countDown();
              try {
                mayWrite.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }
            return super.apply(edits);
          }
        };
    try (Incidents incidents = open(held, Map.of())) {
      incidents.accept(down(SHOP, 0));
      slow.set(true);
      Thread forgetting = Thread.ofPlatform().start(() -> incidents.forget(SHOP.key()));
      writing.await();
      Thread taking = Thread.ofPlatform().start(() -> incidents.accept(down(SHOP, 1)));
      while (taking.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      mayWrite.countDown();
      forgetting.join();
      taking.join();
      // Not lost in a state that nobody looks at any more.
      assertThat(incidents.open(null))
          .extracting(Incident::start)
          .containsExactly(Results.START.plusSeconds(60));
    }
  }

  @Test
  void tellsChannelsThatForgetOfWhatIsOpen() {
    FakeChannel acme = new FakeChannel("hook");
    FakeChannel other = new FakeChannel("hook");
    try (Incidents incidents = open(Map.of("acme", List.of(acme), "other", List.of(other)))) {
      incidents.accept(down(SHOP, 0));
      incidents.refresh();
      assertThat(acme.refreshed).containsExactly("shop");
      assertThat(other.refreshed).isEmpty();
    }
  }

  @Test
  void countsWhatCouldNotBeRepeatedToWhomOfWhoseCustomer() throws Exception {
    FakeChannel acme = new FakeChannel("alertmanager-1");
    FakeChannel everybody = new FakeChannel("alertmanager-1");
    try (Incidents incidents = open(Map.of("acme", List.of(acme), "*", List.of(everybody)))) {
      incidents.accept(down(SHOP, 0));
      acme.refreshAnswer = new Channel.Delivery.Never("the receiver answered 401");
      everybody.refreshAnswer = new Channel.Delivery.Later("the receiver answered 503");
      incidents.refresh();
      assertThat(List.of(next(), next()))
          .containsExactlyInAnyOrder(
              "not refreshed acme/alertmanager-1: the receiver answered 401",
              "not refreshed */alertmanager-1: the receiver answered 503");
      acme.refreshAnswer = new Channel.Delivery.Delivered();
      everybody.duringRefresh =
          () -> {
            throw new IllegalStateException("a fault of ours");
          };
      incidents.refresh();
      assertThat(List.of(next(), next()))
          .containsExactlyInAnyOrder(
              "refreshed acme/alertmanager-1",
              "not refreshed */alertmanager-1: IllegalStateException");
    }
  }

  @Test
  void tellsOfAnEndOnlyAfterItWasToldToBeOpen() throws Exception {
    FakeChannel channel = new FakeChannel("hook");
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch delivered = new CountDownLatch(1);
    try (Incidents incidents = open(Map.of("acme", List.of(channel)))) {
      incidents.accept(down(SHOP, 0));
      assertThat(channel.take(1)).containsExactly("opened shop");
      channel.duringDelivery =
          () -> {
            order.add("delivered");
            delivered.countDown();
          };
      channel.duringRefresh =
          () -> {
            incidents.accept(up(SHOP, 1)); // it is on its way now
            try {
              delivered.await(200, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            order.add("refreshed");
          };
      incidents.refresh();
      assertThat(channel.take(1)).containsExactly("closed shop");
      assertThat(order).containsExactly("refreshed", "delivered");
    }
  }

  @Test
  void aSlowReceiverMakesNoOtherForget() throws Exception {
    FakeChannel slow = new FakeChannel("slow");
    FakeChannel other = new FakeChannel("other");
    CountDownLatch told = new CountDownLatch(1);
    slow.duringRefresh =
        () -> {
          try {
            assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    other.duringRefresh = told::countDown;
    try (Incidents incidents = open(Map.of("acme", List.of(slow, other)))) {
      incidents.accept(down(SHOP, 0));
      incidents.refresh();
      assertThat(slow.refreshed).containsExactly("shop");
      assertThat(other.refreshed).containsExactly("shop");
    }
  }

  @Test
  void startsThoughAStateCantBeRead() throws Exception {
    documents.apply(
        List.of(
            new DocumentEdit.Put(
                new DocumentKey("site-states", "acme/shop/local"), "{broken", DocumentEdit.ANY),
            new DocumentEdit.Put(
                new DocumentKey("waiting-notices", "acme"), "{", DocumentEdit.ANY)));
    FakeChannel channel = new FakeChannel("hook");
    try (Incidents incidents = open(Map.of("acme", List.of(channel)))) {
      assertThat(List.of(next(), next()))
          .containsExactly("unreadable acme/shop/local", "dead acme: its document can't be read");
      incidents.accept(down(SHOP, 0));
      assertThat(channel.take(1)).containsExactly("opened shop");
    }
  }

  @Test
  void forgetsClosedIncidentsOfLongAgo() {
    try (Incidents incidents = open(Map.of())) {
      incidents.accept(down(SHOP, 0));
      incidents.accept(up(SHOP, 1));
      int later = (int) History.AGE_MAX.plusDays(1).toMinutes();
      incidents.accept(down(SHOP, later));
      incidents.accept(up(SHOP, later + 1));
    }
    assertThat(documents.list(History.CLOSED, null, 10)).hasSize(1);
  }

  /** A notice that was delivered is forgotten after that, by the thread that delivered it. */
  private void awaitNothingWaits() {
    while (!documents.list("waiting-notices", null, 1).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private String next() throws InterruptedException {
    return String.valueOf(counted.poll(30, TimeUnit.SECONDS));
  }

  private Incidents open(Map<String, List<Channel>> channels) {
    return open(documents, channels);
  }

  private Incidents open(Documents kept, Map<String, List<Channel>> channels) {
    return new Incidents(
        kept,
        new Channels(channels),
        clock,
        this::pause,
        new NoticeListener() {
          @Override
          public void postponed(ChannelKey channel, String why) {
            counted.add("postponed " + channel.name());
          }

          @Override
          public void unreadable(String state, RuntimeException why) {
            counted.add("unreadable " + state);
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
        });
  }

  /** Pauses of deliveries are noted and not waited for; those between refreshes never end. */
  private void pause(Duration length) throws InterruptedException {
    if (length.equals(Channel.REFRESH)) {
      new CountDownLatch(1).await();
    }
    pauses.add(length);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
