// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.lambda.monitor.claim.MemoryClaims;
import dev.weir.lambda.monitor.order.CheckOrder;
import dev.weir.lambda.monitor.order.OrderReader;
import dev.weir.lambda.monitor.order.TestSites;
import dev.weir.lambda.monitor.queue.MessageQueue.Message;
import dev.weir.lambda.monitor.queue.RecordingQueue;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.text.SiteWriter;
import dev.weir.monitor.schedule.SlotTimes;
import dev.weir.store.StoreException;
import dev.weir.store.kit.ManualClock;
import dev.weir.store.kit.MemoryDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TickFunctionTest {

  private static final Instant MINUTE = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration TIME = Duration.ofSeconds(60);
  private static final String TICK =
      "{\"region\":\"eu-west-1\",\"shard\":3,\"minute\":\"2026-11-22T10:00:37Z\"}";

  private final ManualClock clock = new ManualClock(MINUTE.plusSeconds(37));
  private final MemoryDocuments documents = new MemoryDocuments();
  private final MemoryClaims claims = new MemoryClaims(clock);
  private final RecordingQueue orders = new RecordingQueue();
  private final Map<String, Long> counts = new HashMap<>();
  private final TickFunction function =
      new TickFunction(
          documents,
          claims,
          region -> {
            if (!region.equals("eu-west-1")) {
              throw new IllegalArgumentException("no queue for " + region);
            }
            return orders;
          },
          clock,
          (name, count) -> counts.merge(name, count, Long::sum));

  @Test
  void plansEachSlotOfTheMinuteAfterNextOnceAndKeepsItBackUntilItsSecond() {
    Site site = put(3, "shop", "10s");

    assertThat(handle(TICK)).isEqualTo("{\"sites\":1,\"slots\":6,\"messages\":6,\"refused\":0}");

    SlotTimes times = SlotTimes.of(site.key(), "eu-west-1", site.interval());
    List<Instant> moments = moments();
    assertThat(moments).hasSize(6).isSorted();
    assertThat(moments)
        .allSatisfy(moment -> {
          assertThat(moment).isBetween(MINUTE.plusSeconds(60), MINUTE.plusMillis(119_999));
          assertThat(Math.floorMod(moment.toEpochMilli(), 10_000L))
              .isEqualTo(times.offsetNanos() / 1_000_000);
        });
    for (Message message : orders.sent()) {
      Instant at = order(message).moment(order(message).entries().getFirst());
      Instant comes = clock.instant().plus(message.delay());
      assertThat(comes).isBeforeOrEqualTo(at).isAfter(at.minusSeconds(2));
    }
    assertThat(counts).containsEntry("SlotsPlanned", 6L);
  }

  @Test
  void twoTicksInARowLeaveNoGapAndNoSlotTwice() {
    put(3, "shop", "7s");

    handle(TICK);
    handle(TICK.replace("10:00:37", "10:01:37"));

    List<Instant> moments = moments();
    for (int i = 1; i < moments.size(); i++) {
      assertThat(Duration.between(moments.get(i - 1), moments.get(i)))
          .isEqualTo(Duration.ofSeconds(7));
    }
    assertThat(moments).hasSizeBetween(17, 18);
  }

  @Test
  void anIntervalOverAMinuteIsPlannedInTheMinutesThatHaveASlot() {
    put(3, "shop", "90s");

    for (int minute = 0; minute < 9; minute++) {
      handle(TICK.replace("10:00:37", "10:0%d:37".formatted(minute)));
    }

    assertThat(moments()).hasSize(6);
  }

  @Test
  void sitesThatAreDueInOneSecondShareMessagesOfTen() {
    for (int i = 0; i < 25; i++) {
      put(3, "shop-" + i, "1s");
    }

    assertThat(handle(TICK))
        .isEqualTo("{\"sites\":25,\"slots\":1500,\"messages\":180,\"refused\":0}");

    assertThat(orders.sent())
        .allSatisfy(message -> {
          CheckOrder order = order(message);
          assertThat(order.entries()).hasSizeLessThanOrEqualTo(10);
          assertThat(order.entries().stream().map(e -> order.moment(e).getEpochSecond()))
              .containsOnly(order.moment(order.entries().getFirst()).getEpochSecond());
        });
  }

  @Test
  void largeSitesGetMessagesThatHoldThem() {
    String body = "x".repeat(60_000);
    for (int i = 0; i < 5; i++) {
      put(
          3,
          TestSites.of(
              ("{\"id\":\"large-%d\",\"endpoint\":\"http://a.example\",\"interval\":\"1s\","
                      + "\"timeout\":\"1s\",\"http\":{\"method\":\"POST\",\"body\":\"%s\"}}")
                  .formatted(i, body)));
    }

    assertThat(handle(TICK)).contains("\"slots\":300,\"messages\":120");
    assertThat(orders.bodies()).allSatisfy(text -> assertThat(text.length()).isLessThan(200 << 10));
  }

  @Test
  void onlyItsOwnShardAndRegionArePlannedAndWhatBelongsThere() {
    put(3, "mine", "30s");
    put(4, "other-shard", "30s");
    put(33, "longer-name-of-a-shard", "30s");
    put(3, "whole-minutes", "2m");
    put(3, TestSites.of(site("disabled", "30s").replace("{", "{\"enabled\":false,")));
    put(3, TestSites.of(site("elsewhere", "30s").replace("{", "{\"regions\":[\"us-east-1\"],")));

    assertThat(handle(TICK)).startsWith("{\"sites\":1,\"slots\":2,");
  }

  @Test
  void aSiteThatCannotBeReadCostsTheOthersNothing() {
    put(3, "shop", "30s");
    document("eu-west-1/3/default/odd", "{\"id\":\"odd\",\"endpoint\":\"x:y\"}");

    assertThat(handle(TICK)).isEqualTo("{\"sites\":1,\"slots\":2,\"messages\":2,\"refused\":1}");
    assertThat(counts).containsEntry("SitesRefused", 1L);
  }

  @Test
  void aTickThatIsDeliveredTwicePlansOnce() {
    put(3, "shop", "30s");

    handle(TICK);

    assertThat(handle(TICK)).isEqualTo("{\"repeated\":true}");
    assertThat(orders.sent()).hasSize(2);
  }

  @Test
  void aTickThatDiedHalfWayIsRepeatedUnderTheSameIds() {
    put(3, "shop", "10s");
    orders.takes(message -> orders.sent().size() < 3);

    assertThatIllegalStateException()
        .isThrownBy(() -> handle(TICK))
        .withMessage("3 of 6 messages could not be sent; the tick is to be repeated");
    assertThat(counts).containsEntry("OrdersUnsent", 3L);
    orders.takes(message -> true);
    clock.advance(Duration.ofSeconds(40));
    handle(TICK);

    assertThat(orders.sent()).hasSize(9);
    assertThat(new TreeSet<>(ids())).as("each order has one claim").hasSize(6);
  }

  @Test
  void whileAnotherIsAtItTheTickIsRepeatedUntilThatIsDone() {
    put(3, "shop", "30s");
    claims.take("tick/eu-west-1/3/2026-11-22T10:00:00Z", "dead", TIME);

    assertThatIllegalStateException()
        .isThrownBy(() -> handle(TICK))
        .withMessageContaining("under way elsewhere");
    clock.advance(TIME);
    handle(TICK);
    assertThat(orders.sent()).hasSize(2);
  }

  @Test
  void aLateTickPlansTheSameSlotsAndSendsAtOnceWhatHasPassed() {
    put(3, "shop", "10s");
    handle(TICK);
    List<String> inTime = ids();
    TickFunctionTest late = new TickFunctionTest();
    late.put(3, "shop", "10s");
    late.clock.advance(Duration.ofSeconds(50));

    late.handle(TICK);

    assertThat(late.ids()).isEqualTo(inTime);
    assertThat(late.orders.sent()).extracting(Message::delay).contains(Duration.ZERO);
    assertThat(late.moments()).isEqualTo(moments());
  }

  @Test
  void aClockThatIsBehindKeepsNothingBackBeyondItsTime() {
    put(3, "shop", "10s");
    clock.advance(Duration.ofHours(-1));

    handle(TICK);

    assertThat(orders.sent())
        .allSatisfy(message -> assertThat(message.delay()).isLessThan(Duration.ofMinutes(2)));
    assertThat(moments().getFirst()).isAfterOrEqualTo(MINUTE.plusSeconds(60));
  }

  @Test
  void whenDocumentsOrClaimsCannotBeReadTheTickIsRepeated() {
    put(3, "shop", "30s");
    claims.away(true);

    assertThatThrownBy(() -> handle(TICK)).isInstanceOf(StoreException.class);
    assertThat(orders.sent()).isEmpty();
    claims.away(false);
    handle(TICK);
    assertThat(orders.sent()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"region\":\"eu-west-1\",\"shard\":3}",
        "{\"region\":\"eu-west-1\",\"shard\":\"3\",\"minute\":\"2026-11-22T10:00:00Z\"}",
        "{\"region\":\"eu-west-1\",\"shard\":1.5,\"minute\":\"2026-11-22T10:00:00Z\"}",
        "{\"region\":\"eu-west-1\",\"shard\":-1,\"minute\":\"2026-11-22T10:00:00Z\"}",
        "{\"region\":\"eu-west-1\",\"shard\":99999999999,\"minute\":\"2026-11-22T10:00:00Z\"}",
        "{\"region\":\"eu-west-1\",\"shard\":3,\"minute\":\"<aws.scheduler.scheduled-time>\"}",
        "{\"region\":\"mars-1\",\"shard\":3,\"minute\":\"2026-11-22T10:00:00Z\"}"
      })
  void whatIsNoTickIsRefused(String event) {
    assertThatIllegalArgumentException().isThrownBy(() -> handle(event));
    assertThat(orders.sent()).isEmpty();
  }

  private String handle(String event) {
    return function.handle(event, "invocation-" + System.nanoTime(), TIME);
  }

  private Site put(int shard, String id, String interval) {
    return put(shard, TestSites.of(site(id, interval)));
  }

  private static String site(String id, String interval) {
    return "{\"id\":\"%s\",\"endpoint\":\"http://a.example\",\"interval\":\"%s\",\"timeout\":\"1s\"}"
        .formatted(id, interval);
  }

  private Site put(int shard, Site site) {
    document("eu-west-1/%d/%s".formatted(shard, site.key()), SiteWriter.write(site));
    return site;
  }

  private void document(String id, String json) {
    documents.apply(
        List.of(
            new DocumentEdit.Put(
                new DocumentKey(TickDocuments.COLLECTION, id), json, DocumentEdit.ANY)));
  }

  private static CheckOrder order(Message message) {
    return OrderReader.read(message.body()).order().orElseThrow();
  }

  private List<String> ids() {
    return orders.sent().stream()
        .map(message -> order(message).id().orElseThrow())
        .sorted()
        .toList();
  }

  private List<Instant> moments() {
    List<Instant> moments = new ArrayList<>();
    for (Message message : orders.sent()) {
      CheckOrder order = order(message);
      order.entries().forEach(entry -> moments.add(order.moment(entry)));
    }
    return moments.stream().sorted().toList();
  }
}
