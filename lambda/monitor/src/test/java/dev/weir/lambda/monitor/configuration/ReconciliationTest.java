// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.document.DocumentEdit;
import dev.weir.document.DocumentKey;
import dev.weir.lambda.monitor.schedule.FoundSchedule;
import dev.weir.lambda.monitor.schedule.Purpose;
import dev.weir.lambda.monitor.tick.TickDocuments;
import dev.weir.monitor.check.SiteKey;
import dev.weir.store.StoreException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconciliationTest {

  private final Room room = new Room();

  private DriftReport run(boolean dryRun) {
    return room.reconciliation.run(dryRun, Room.LATER);
  }

  private void isMendedOnce(DriftReport report) {
    assertThat(report.failed()).isEmpty();
    assertThat(report.mended()).isEqualTo(report.drift().size());
    room.home.clearLog();
    DriftReport second = run(false);
    assertThat(second.drift()).isEmpty();
    assertThat(second.mended()).isZero();
    assertThat(room.home.log()).isEmpty();
  }

  @Test
  void b15ItemsFromBeforeTheStreamWasReadAreScheduled() {
    room.items
        .put("shop", Events.item("shop", 1))
        .put("acme/shop", Events.item("acme/shop", 5))
        .put("fast", Events.seconds("fast", 30));
    DriftReport report = run(false);
    assertThat(report.of(Drift.Kind.MISSING))
        .extracting(drift -> drift.what() + " " + drift.customer() + "/" + drift.site())
        .containsExactlyInAnyOrder(
            "schedule default/shop",
            "schedule acme/shop",
            "document default/fast",
            "tick /" + room.tick.place(Room.HOME, new SiteKey("default", "fast")).shard());
    assertThat(room.home.places()).contains("default/shop", "acme/shop").hasSize(3);
    assertThat(room.documentIds()).hasSize(1);
    isMendedOnce(report);
  }

  @Test
  void b3WhateverDriftedIsMadeAsTheTableHasIt() {
    room.items
        .put("changed", Events.item("changed", 1))
        .put("moved", Events.item("moved", 1))
        .put("kept", Events.item("kept", 1));
    run(false);
    room.items.put("changed", Events.item("changed", 5)).put("moved", Events.seconds("moved", 10));
    room.items.delete("kept");

    DriftReport report = run(false);
    assertThat(report.of(Drift.Kind.DIFFERENT)).extracting(Drift::site).containsExactly("changed");
    assertThat(report.of(Drift.Kind.ORPHANED))
        .extracting(Drift::site)
        .containsExactlyInAnyOrder("moved", "kept");
    assertThat(report.of(Drift.Kind.MISSING))
        .extracting(Drift::what)
        .containsExactlyInAnyOrder("document", "tick");
    assertThat(room.home.asked().get("default/changed")).startsWith("rate(5 minutes)");
    assertThat(room.home.places()).hasSize(2);
    isMendedOnce(report);
  }

  @Test
  void aDryRunTellsAndTouchesNothing() {
    room.items.put("shop", Events.item("shop", 1));
    DriftReport report = run(true);
    assertThat(report.of(Drift.Kind.MISSING)).hasSize(1);
    assertThat(report.mended()).isZero();
    assertThat(room.home.log()).isEmpty();
    assertThat(report.json())
        .isEqualTo(
            "{\"dryRun\":true,\"sites\":1,\"counts\":{\"missing\":1,\"different\":0,\"orphaned\":0,\"refused\":0,\"failed\":0,\"foreign\":0,\"mended\":0},"
                + "\"missing\":[{\"what\":\"schedule\",\"region\":\"eu-west-1\",\"customer\":\"default\",\"site\":\"shop\"}],"
                + "\"different\":[],\"orphaned\":[],\"refused\":[],\"failed\":[],\"calls\":{}}");
  }

  @Test
  void whatOthersPutThereStays() {
    FoundSchedule foreign = new FoundSchedule("nightly", Optional.empty(), "rate(1 day)");
    room.home.add(foreign);
    DriftReport report = run(false);
    assertThat(report.foreign()).isEqualTo(1);
    assertThat(report.drift()).isEmpty();
    assertThat(room.home.list()).containsExactly(foreign);
  }

  @Test
  void whatStandsInThePlaceOfASiteIsMadeTheSites() {
    room.items.put("shop", Events.item("shop", 1));
    room.home.add(new FoundSchedule("default/shop", Optional.empty(), "rate(1 day)"));
    DriftReport report = run(false);
    assertThat(report.of(Drift.Kind.DIFFERENT)).hasSize(1);
    assertThat(report.foreign()).isZero();
    assertThat(room.home.asked().get("default/shop")).startsWith("rate(1 minute)");
  }

  @Test
  void aSiteWhoseItemIsBadRunsOnAndIsTold() {
    room.items.put("shop", Events.item("shop", 1)).put("fast", Events.seconds("fast", 30));
    run(false);
    String bad = Events.item("x", "{\"N\":\"0\"}", "\"eu-west-1\"", "");
    room.items.put("shop", bad.replace("\"x\"", "\"shop\""));
    room.items.put("fast", bad.replace("\"x\"", "\"fast\""));
    DriftReport report = run(false);
    assertThat(report.drift()).isEmpty();
    assertThat(report.refused())
        .extracting(DriftReport.Trouble::what)
        .containsExactly("fast", "shop");
    assertThat(report.refused()).allSatisfy(each -> assertThat(each.reason()).contains("rate"));
    assertThat(room.home.places()).hasSize(2);
    assertThat(room.documentIds()).hasSize(1);
  }

  @Test
  void aRegionThatDoesNotAnswerIsToldAndTheOthersAreMended() {
    String item = Events.item("shop", "{\"N\":\"1\"}", "\"eu-west-1\",\"us-east-1\"", "");
    room.items.put("shop", item);
    room.away.fail(
        any -> Optional.of(new StoreException(StoreException.Kind.UNAVAILABLE, "no answer")));
    DriftReport report = run(false);
    assertThat(report.failed())
        .singleElement()
        .satisfies(each -> assertThat(each.what()).isEqualTo(Room.AWAY));
    assertThat(room.home.places()).containsExactly("default/shop");
  }

  @Test
  void aSiteThatCannotBeMendedCostsTheOthersNothing() {
    room.items.put("a", Events.item("a", 1)).put("b", Events.item("b", 1));
    room.home.fail(purpose ->
        purpose.equals(new Purpose.OfSite(new SiteKey("default", "a")))
            ? Optional.of(new StoreException(StoreException.Kind.THROTTLED, "slower"))
            : Optional.empty());
    DriftReport report = run(false);
    assertThat(report.failed())
        .singleElement()
        .satisfies(each -> assertThat(each.what()).isEqualTo("default/a"));
    assertThat(report.mended()).isEqualTo(1);
    assertThat(room.home.places()).containsExactly("default/b");
  }

  @Test
  void anotherNumberOfShardsMovesDocumentsAndSchedules() {
    for (int i = 0; i < 20; i++) {
      room.items.put("site-" + i, Events.seconds("site-" + i, 30));
    }
    run(false);
    TickSites fewer = new TickSites(room.documents, room.schedules, 1);
    SiteKeeper keeper = new SiteKeeper(room.items, room.schedules, fewer);
    Reconciliation reconciliation =
        new Reconciliation(
            room.items,
            room.schedules,
            fewer,
            keeper,
            new dev.weir.lambda.monitor.schedule.Calls(pause -> {}, new java.util.Random(1)),
            java.time.InstantSource.fixed(Room.NOW));
    DriftReport report = reconciliation.run(false, Room.LATER);
    assertThat(report.failed()).isEmpty();
    assertThat(room.home.places()).containsExactly("shard 0");
    assertThat(room.documentIds())
        .hasSize(20)
        .allSatisfy(id -> assertThat(id).startsWith("eu-west-1/0/"));
    assertThat(reconciliation.run(true, Room.LATER).drift()).isEmpty();
  }

  @Test
  void aDocumentThatNobodyKnowsStays() {
    room.documents.apply(
        List.of(
            new DocumentEdit.Put(
                new DocumentKey(TickDocuments.COLLECTION, "notes"), "{}", DocumentEdit.ANY)));
    assertThat(run(false).foreign()).isEqualTo(1);
    assertThat(room.documentIds()).containsExactly("notes");
  }

  @Test
  void theTableIsAskedOnceMoreBeforeAnythingIsTakenAway() {
    room.items.put("shop", Events.item("shop", 1));
    run(false);
    // the scan does not see what is written right after it
    SiteItems stale =
        new SiteItems() {
          @Override
          public Present get(SiteKey key) {
            return room.items.get(key);
          }

          @Override
          public void each(java.util.function.Consumer<Item> item) {}
        };
    Reconciliation reconciliation =
        new Reconciliation(
            stale,
            room.schedules,
            room.tick,
            room.keeper,
            new dev.weir.lambda.monitor.schedule.Calls(pause -> {}, new java.util.Random(1)),
            java.time.InstantSource.fixed(Room.NOW));
    assertThat(reconciliation.run(false, Room.LATER).of(Drift.Kind.ORPHANED)).hasSize(1);
    assertThat(room.home.places()).containsExactly("default/shop");
  }

  @Test
  void whatTheTimeIsTooShortForIsLeftToTheNextRun() {
    room.items.put("shop", Events.item("shop", 1));
    DriftReport report = room.reconciliation.run(false, Room.NOW);
    assertThat(report.mended()).isZero();
    assertThat(report.failed())
        .singleElement()
        .satisfies(each -> assertThat(each.reason()).contains("the next run"));
    assertThat(room.home.places()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{\"dryrun\":true}", "{\"dryRun\":\"true\"}", "{\"dryRun\":1}", "{"})
  void anOrderThatIsMistypedMendsNothing(String order) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReconcileOrder.read(order.getBytes(UTF_8)));
  }

  @Test
  void anOrderIsEmptyOrSaysDryRun() {
    assertThat(ReconcileOrder.read("{}".getBytes(UTF_8)).dryRun()).isFalse();
    assertThat(ReconcileOrder.read("{\"dryRun\":false}".getBytes(UTF_8)).dryRun()).isFalse();
    assertThat(ReconcileOrder.read("{\"dryRun\":true}".getBytes(UTF_8)).dryRun()).isTrue();
  }
}
