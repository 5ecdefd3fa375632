// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lambda.monitor.configuration.TickSites.Place;
import dev.weir.lambda.monitor.schedule.FoundSchedule;
import dev.weir.lambda.monitor.tick.TickDocuments;
import dev.weir.monitor.check.SiteKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TickSitesTest {

  private final Room room = new Room();

  private void settle(String siteId, int seconds) {
    String item = Events.seconds(siteId, seconds);
    room.items.put(siteId, item);
    assertThat(room.apply(new Events().insert("1", siteId, item))).isEmpty();
  }

  @Test
  void schedulesGrowWithShardsAndNotWithSites() {
    IntStream.range(0, 100).forEach(i -> settle("site-" + i, 30));
    assertThat(room.documentIds()).hasSize(100);
    assertThat(room.home.places()).containsExactly("shard 0", "shard 1", "shard 2", "shard 3");
    assertThat(room.away.places()).isEmpty();
  }

  @Test
  void aSiteLeavesTheScheduleOfItsShardAsItIs() {
    settle("shop", 30);
    settle("shop", 20);
    assertThat(room.home.log()).hasSize(2);
    assertThat(room.home.log().getFirst()).startsWith("put shard ");
    assertThat(room.home.log().getLast()).startsWith("found shard ");
  }

  @Test
  void aShardsScheduleOfAnotherFormIsMendedByReconciliation() {
    settle("shop", 30);
    FoundSchedule now = room.home.list().getFirst();
    room.home.add(
        new FoundSchedule(
            now.place(), now.purpose(), now.asks().replace("cron(* * * * ? *)", "rate(1 minute)")));
    room.reconciliation.run(false, Room.LATER);
    assertThat(room.home.list()).containsExactly(now);
    assertThat(now.asks()).startsWith("cron(* * * * ? *) ");
  }

  @Test
  void theScheduleOfAShardGoesWithItsLastSite() {
    IntStream.range(0, 40).forEach(i -> settle("site-" + i, 30));
    for (int i = 0; i < 40; i++) {
      String siteId = "site-" + i;
      room.items.delete(siteId);
      room.apply(new Events().remove("2", siteId, Events.seconds(siteId, 30)));
      Set<String> shards = new HashSet<>();
      room.documentIds().forEach(id -> shards.add("shard " + Place.of(id).orElseThrow().shard()));
      assertThat(room.home.places()).containsExactlyInAnyOrderElementsOf(shards);
    }
    assertThat(room.home.places()).isEmpty();
  }

  @Test
  void aDocumentIsThereBeforeItsSchedule() {
    room.home.afterPut(() -> assertThat(room.documentIds()).hasSize(1));
    settle("shop", 30);
    assertThat(room.home.log()).hasSize(1);
  }

  @Test
  void aSiteThatComesWhileAShardIsEmptiedKeepsItsSchedule() {
    settle("shop", 30);
    Place shop = room.tick.place(Room.HOME, new SiteKey("default", "shop"));
    String other =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "other-" + i)
            .filter(id ->
                room.tick.place(Room.HOME, new SiteKey("default", id)).shard() == shop.shard())
            .findFirst()
            .orElseThrow();
    // the other's document is written after the shard was found empty, its schedule put before
    // that is taken away
    room.home.fail(any -> {
      room.home.fail(none -> java.util.Optional.empty());
      room.documents.apply(
          List.of(
              new dev.weir.document.DocumentEdit.Put(
                  new dev.weir.document.DocumentKey(
                      TickDocuments.COLLECTION,
                      new Place(Room.HOME, shop.shard(), new SiteKey("default", other)).id()),
                  "{}",
                  dev.weir.document.DocumentEdit.ANY)));
      return java.util.Optional.empty();
    });
    room.items.delete("shop");
    room.apply(new Events().remove("2", "shop", Events.seconds("shop", 30)));
    assertThat(room.home.places()).containsExactly("shard " + shop.shard());
  }

  @Test
  void aPlaceIsReadFromItsId() {
    Place place = new Place("eu-west-1", 3, new SiteKey("acme", "shop"));
    assertThat(place.id()).isEqualTo("eu-west-1/3/acme/shop");
    assertThat(Place.of(place.id())).contains(place);
    assertThat(Place.of("eu-west-1/x/acme/shop")).isEmpty();
    assertThat(Place.of("eu-west-1/3/acme")).isEmpty();
    assertThat(Place.of("eu-west-1/3/ac me/shop")).isEmpty();
  }
}
