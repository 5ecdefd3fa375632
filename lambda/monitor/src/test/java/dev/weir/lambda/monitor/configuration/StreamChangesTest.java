// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lambda.monitor.schedule.Purpose;
import dev.weir.monitor.check.SiteKey;
import dev.weir.store.StoreException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamChangesTest {

  private final Room room = new Room();

  private static String regions(String siteId, String regions, String more) {
    return Events.item(siteId, "{\"N\":\"5\"}", regions, more);
  }

  @Test
  void aNewItemHasItsSchedule() {
    room.items.put("shop", Events.item("shop", 1));
    assertThat(room.apply(new Events().insert("1", "shop", Events.item("shop", 1)))).isEmpty();
    assertThat(room.home.asked())
        .containsOnlyKeys("default/shop")
        .hasEntrySatisfying(
            "default/shop", asks -> assertThat(asks).startsWith("rate(1 minute) {\"slot\":"));
    assertThat(room.away.places()).isEmpty();
    assertThat(room.documentIds()).isEmpty();
  }

  @Test
  void anItemThatIsGoneHasNoneAndARedeliveryChangesNothing() {
    String item = Events.item("acme/shop", 1);
    room.insert("1", "acme/shop", item);
    assertThat(room.home.places()).containsExactly("acme/shop");

    room.items.delete("acme/shop");
    Events removal = new Events().remove("2", "acme/shop", item);
    assertThat(room.apply(removal)).isEmpty();
    assertThat(room.apply(removal)).isEmpty();
    assertThat(room.home.places()).isEmpty();
  }

  @Test
  void anItemThatExpiredIsGoneLikeAnyOther() {
    String item = Events.item("shop", 1);
    room.insert("1", "shop", item);
    room.items.delete("shop");
    String removal = new String(new Events().remove("2", "shop", item).bytes());
    String byTtl = removal.substring("{\"Records\":[{".length(), removal.length() - 2);
    room.apply(
        new Events()
            .raw(
                "{\"userIdentity\":{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"},"
                    + byTtl));
    assertThat(room.home.places()).isEmpty();
  }

  @Test
  void b15AChangeThatChangesNothingCallsNobody() {
    String item = Events.item("shop", 1);
    String same =
        item.replace("\"N\":\"1\"", "\"N\":\"1.0\"").replace("}}", "},\"version\":{\"N\":\"7\"}}");
    room.items.put("shop", same);
    assertThat(room.apply(new Events().modify("1", "shop", item, same))).isEmpty();
    assertThat(room.home.log()).isEmpty();
    assertThat(room.items.reads()).isZero();
    assertThat(room.unchanged).hasValue(1);
  }

  @Test
  void aSiteThatIsSwitchedOffRunsNowhereAndOnAgainEverywhere() {
    String on = regions("shop", "\"eu-west-1\",\"us-east-1\"", "");
    String off = regions("shop", "\"eu-west-1\",\"us-east-1\"", ",\"enabled\":{\"BOOL\":false}");
    room.insert("1", "shop", on);
    assertThat(room.home.places()).containsExactly("default/shop");
    assertThat(room.away.places()).containsExactly("default/shop");

    room.modify("2", "shop", on, off);
    assertThat(room.home.places()).isEmpty();
    assertThat(room.away.places()).isEmpty();

    room.modify("3", "shop", off, on);
    assertThat(room.away.places()).containsExactly("default/shop");
  }

  @Test
  void aSiteMovesBetweenRegions() {
    String here = regions("shop", "\"eu-west-1\"", "");
    String there = regions("shop", "\"us-east-1\"", "");
    room.insert("1", "shop", here);
    room.modify("2", "shop", here, there);
    assertThat(room.home.places()).isEmpty();
    assertThat(room.away.places()).containsExactly("default/shop");
  }

  @Test
  void aSiteMovesBetweenItsOwnScheduleAndTheTick() {
    String minutes = Events.item("shop", 1);
    String seconds = Events.seconds("shop", 30);
    room.insert("1", "shop", minutes);

    room.modify("2", "shop", minutes, seconds);
    assertThat(room.documentIds())
        .singleElement()
        .satisfies(id -> assertThat(id).matches("eu-west-1/[0-3]/default/shop"));
    assertThat(room.home.places())
        .singleElement()
        .satisfies(place -> assertThat(place).startsWith("shard "));

    room.modify("3", "shop", seconds, minutes);
    assertThat(room.documentIds()).isEmpty();
    assertThat(room.home.places()).containsExactly("default/shop");
  }

  @Test
  void aMoveToAnotherCustomerIsTheEndOfOneAndTheBeginningOfTheOther() {
    String old = Events.item("shop", 1);
    String now = Events.item("acme/shop", 1);
    room.insert("1", "shop", old);
    room.items.delete("shop");
    room.items.put("acme/shop", now);
    room.apply(new Events().remove("2", "shop", old).insert("3", "acme/shop", now));
    assertThat(room.home.places()).containsExactly("acme/shop");
  }

  @Test
  void anOldEventThatComesAgainDoesNotWin() {
    String first = Events.item("shop", 1);
    String second = Events.item("shop", 5);
    room.items.put("shop", second);
    Events insert = new Events().insert("1", "shop", first);
    room.apply(insert);
    room.apply(new Events().modify("2", "shop", first, second));
    room.apply(insert);
    assertThat(room.home.asked().get("default/shop")).startsWith("rate(5 minutes)");

    room.items.delete("shop");
    room.apply(new Events().remove("3", "shop", second));
    room.apply(insert);
    assertThat(room.home.places()).isEmpty();
  }

  @Test
  void aChangeBetweenReadAndPutIsSeen() {
    String first = Events.item("shop", 1);
    String second = Events.item("shop", 5);
    room.items.put("shop", first);
    room.home.afterPut(() -> room.items.put("shop", second));
    room.apply(new Events().insert("1", "shop", first));
    assertThat(room.home.asked().get("default/shop")).startsWith("rate(5 minutes)");
  }

  @ParameterizedTest
  @EnumSource(
      value = StoreException.Kind.class,
      names = {"THROTTLED", "UNAVAILABLE", "DENIED", "QUOTA", "TIMED_OUT"})
  void b3AFailureIsReportedByItsRecordAndTheOthersAreDone(StoreException.Kind kind) {
    room.home.fail(purpose ->
        purpose instanceof Purpose.OfSite site && site.site().id().equals("b")
            ? Optional.of(new StoreException(kind, "as the test says"))
            : Optional.empty());
    Events events = new Events();
    for (String site : List.of("a", "b", "c")) {
      room.items.put(site, Events.item(site, 1));
      events.insert("sequence-" + site, site, Events.item(site, 1));
    }
    assertThat(room.apply(events)).containsExactly("sequence-b");
    assertThat(room.home.places()).containsExactly("default/a", "default/c");
    assertThat(room.postponed).hasValue(1);

    room.home.fail(any -> Optional.empty());
    assertThat(room.apply(events)).isEmpty();
    assertThat(room.home.places()).containsExactly("default/a", "default/b", "default/c");
  }

  @Test
  void laterRecordsOfAFailedSiteWaitForIt() {
    room.home.fail(any -> Optional.of(new StoreException(StoreException.Kind.THROTTLED, "slower")));
    String one = Events.item("shop", 1);
    String two = Events.item("shop", 2);
    room.items.put("shop", two);
    Events events = new Events().insert("1", "shop", one).modify("2", "shop", one, two);
    assertThat(room.apply(events)).containsExactly("1");
    assertThat(room.home.places()).isEmpty();

    room.home.fail(any -> Optional.empty());
    assertThat(room.apply(events)).isEmpty();
    assertThat(room.home.asked().get("default/shop")).startsWith("rate(2 minutes)");
  }

  @Test
  void theTableThatCannotBeReadPutsTheChangeOff() {
    room.items.fail(() -> new StoreException(StoreException.Kind.UNAVAILABLE, "no table now"));
    assertThat(room.apply(new Events().insert("1", "shop", Events.item("shop", 1))))
        .containsExactly("1");
    assertThat(room.postponed).hasValue(1);
  }

  @Test
  void aFaultOfOursIsReportedByItsRecordAndTheOthersAreDone() {
    room.home.fail(purpose -> {
      if (purpose.equals(new Purpose.OfSite(new SiteKey("default", "b")))) {
        throw new IllegalStateException("as the test says");
      }
      return Optional.empty();
    });
    Events events = new Events();
    for (String site : List.of("a", "b", "c")) {
      room.items.put(site, Events.item(site, 1));
      events.insert("sequence-" + site, site, Events.item(site, 1));
    }
    assertThat(room.apply(events)).containsExactly("sequence-b");
    assertThat(room.home.places()).containsExactly("default/a", "default/c");
  }

  @Test
  void aBadItemIsReportedAndTheSiteRunsAsItLastDid() {
    String good = Events.item("shop", 5);
    String bad = Events.item("shop", "{\"N\":\"1.5\"}", "\"eu-west-1\"", "");
    room.items.put("shop", good).put("other", Events.item("other", 1));
    room.apply(new Events().insert("1", "shop", good));
    room.items.put("shop", bad);
    Events poisoned =
        new Events().modify("2", "shop", good, bad).insert("3", "other", Events.item("other", 1));
    assertThat(room.apply(poisoned)).containsExactly("2");
    assertThat(room.apply(poisoned)).containsExactly("2");
    assertThat(room.refused).hasValue(2);
    assertThat(room.home.places()).containsExactly("default/other", "default/shop");
    assertThat(room.home.asked().get("default/shop")).startsWith("rate(5 minutes)");

    String mended = Events.item("shop", 2);
    room.items.put("shop", mended);
    assertThat(room.apply(poisoned)).as("the table has a good item again").isEmpty();
    assertThat(room.apply(new Events().modify("4", "shop", bad, mended))).isEmpty();
    assertThat(room.home.asked().get("default/shop")).startsWith("rate(2 minutes)");
  }

  @Test
  void whatWasGoodBeforeABadItemInTheSameBatchIsStillDone() {
    String first = Events.item("shop", 5);
    String second = Events.item("shop", 2);
    String bad = Events.item("shop", "{\"S\":\"often\"}", "\"eu-west-1\"", "");
    room.items.put("shop", bad);
    assertThat(
            room.apply(
                new Events()
                    .insert("1", "shop", first)
                    .modify("2", "shop", first, second)
                    .modify("3", "shop", second, bad)))
        .containsExactly("3");
    assertThat(room.home.asked().get("default/shop")).startsWith("rate(2 minutes)");
  }

  @Test
  void theEndOfABadItemEndsWhateverRanItsSite() {
    String good = Events.item("shop", 5);
    String bad = Events.item("shop", "{\"N\":\"0\"}", "\"eu-west-1\"", "");
    room.insert("1", "shop", good);
    room.modify("2", "shop", good, bad);
    room.items.delete("shop");
    assertThat(room.apply(new Events().remove("3", "shop", bad))).isEmpty();
    assertThat(room.home.places()).isEmpty();
  }

  @Test
  void aRegionWithoutFunctionsIsToldAndTheOthersAreDone() {
    String item = regions("shop", "\"eu-west-1\",\"mars-1\"", "");
    room.items.put("shop", item);
    assertThat(room.apply(new Events().insert("1", "shop", item))).containsExactly("1");
    assertThat(room.home.places()).containsExactly("default/shop");
    assertThat(room.refused).hasValue(1);
  }

  @Test
  void aSiteThatCannotMoveStaysWhereItWas() {
    String here = regions("shop", "\"eu-west-1\"", "");
    String nowhere = regions("shop", "\"mars-1\"", "");
    room.insert("1", "shop", here);
    room.items.put("shop", nowhere);
    assertThat(room.apply(new Events().modify("2", "shop", here, nowhere))).containsExactly("2");
    assertThat(room.home.places()).containsExactly("default/shop");
  }

  @Test
  void aSiteThatIsTooLargeIsToldAndTheOthersAreDone() {
    String large =
        Events.item(
            "large",
            "{\"N\":\"1\"}",
            "\"eu-west-1\"",
            ",\"http\":{\"M\":{\"method\":{\"S\":\"POST\"},\"body\":{\"S\":\""
                + "x".repeat(9_000)
                + "\"}}}");
    room.items.put("large", large).put("small", Events.item("small", 1));
    assertThat(
            room.apply(
                new Events()
                    .insert("1", "large", large)
                    .insert("2", "small", Events.item("small", 1))))
        .containsExactly("1");
    assertThat(room.home.places()).containsExactly("default/small");
  }

  @Test
  void whatTheTimeIsTooShortForComesAgain() {
    room.items.put("shop", Events.item("shop", 1));
    StreamChanges.Result result =
        room.changes.apply(
            new Events().insert("1", "shop", Events.item("shop", 1)).event(), Room.NOW);
    assertThat(result.failed()).containsExactly("1");
    assertThat(room.home.log()).isEmpty();
  }

  @Test
  void aStreamWithoutImagesIsEnough() {
    room.items.put("shop", Events.item("shop", 1));
    assertThat(room.apply(new Events().record("1", "MODIFY", "shop", null, null))).isEmpty();
    assertThat(room.home.places()).containsExactly("default/shop");
    room.items.delete("shop");
    assertThat(room.apply(new Events().record("2", "REMOVE", "shop", null, null))).isEmpty();
    assertThat(room.home.places()).isEmpty();
  }
}
