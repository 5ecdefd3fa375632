// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.run;

import static dev.weir.lambda.monitor.run.TestRooms.failed;
import static dev.weir.lambda.monitor.run.TestRooms.messages;
import static dev.weir.lambda.monitor.run.TestRooms.order;
import static dev.weir.lambda.monitor.run.TestRooms.site;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.lambda.monitor.claim.MemoryClaims;
import dev.weir.lambda.monitor.report.ReportText;
import dev.weir.lambda.monitor.report.SlotReport;
import dev.weir.monitor.check.Site;
import dev.weir.monitor.probe.ErrorClass;
import dev.weir.monitor.schedule.Miss;
import dev.weir.store.kit.site.FakeSite;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckFunctionTest {

  private static final Duration TIME = Duration.ofSeconds(60);
  private static final String NOBODY = "http://127.0.0.1:1/";

  private final TestRooms rooms = new TestRooms();
  private final MemoryClaims claims = new MemoryClaims(rooms.clock);
  private final Instant slot = rooms.clock.instant().truncatedTo(ChronoUnit.SECONDS);
  private FakeSite shop;

  @BeforeEach
  void open() throws Exception {
    shop = FakeSite.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  @Test
  void anOrderOfAScheduleIsRunAndEachSlotReported() {
    String order = order(slot, site("shop", shop.url("/")), site("gone", NOBODY));

    assertThat(handle(order)).isEqualTo("null");

    SlotReport up = rooms.reports().get("shop");
    assertThat(up.outcome().up()).isTrue();
    assertThat(up.slot().intendedStart()).isEqualTo(slot);
    assertThat(up.slot().region()).isEqualTo("eu-west-1");
    assertThat(up.started()).isBetween(slot, slot.plusSeconds(30));
    assertThat(up.points().points()).hasSize(1);
    SlotReport down = rooms.reports().get("gone");
    assertThat(down.outcome().failure().errorClass()).isEqualTo(ErrorClass.CONNECT_REFUSED);
    assertThat(rooms.counts).containsEntry("ChecksRun", 2L).containsEntry("ChecksFailed", 1L);
  }

  @Test
  void manySitesAreRunSideBySideAndReportedTenAtATime() {
    Site[] sites =
        IntStream.range(0, 25)
            .mapToObj(i -> site("shop-" + i, shop.url("/" + i)))
            .toArray(Site[]::new);

    handle(order(slot, sites));

    assertThat(rooms.reports()).hasSize(25);
    assertThat(shop.visits()).hasSize(25);
  }

  @Test
  void whatAMessageHoldsIsRunAndNothingFails() {
    assertThat(handle(messages(order(slot, site("shop", shop.url("/")))))).isEqualTo(failed());
    assertThat(rooms.reports()).containsOnlyKeys("shop");
  }

  @Test
  void exactlyTheBadMessagesFailAndTheRestIsDone() {
    String good = order(slot, site("shop", shop.url("/")));
    String event =
        messages(
            "nonsense",
            good,
            "",
            good.replace("\"shop\"", "\"else\"")
                .replace("eu-west-1\",\"sites", "us-east-1\",\"sites"),
            good.replace("\"shop\"", "\"two\"")
                .replace(
                    "\"sites\":[", "\"sites\":[{\"site\":{\"id\":\"bad\",\"endpoint\":\"x:y\"}},"),
            good.replace("\"shop\"", "\"three\""));

    assertThat(handle(event)).isEqualTo(failed("m0", "m2", "m3", "m4"));
    assertThat(rooms.reports()).containsOnlyKeys("shop", "two", "three");
  }

  @Test
  void aMessageWithASiteThatNobodyCanReadFailsEachTimeAndItsRestIsRunOnce() {
    String mixed =
        messages(
            order("one", slot, site("shop", shop.url("/")))
                .replace("\"sites\":[", "\"sites\":[{},"));

    assertThat(handle(mixed)).isEqualTo(failed("m0"));
    assertThat(handle(mixed)).isEqualTo(failed("m0"));
    assertThat(shop.visits()).hasSize(1);
  }

  @Test
  void anOrderOfWhichNothingCanBeReadFailsTheInvocation() {
    assertThatIllegalArgumentException().isThrownBy(() -> handle("{}"));
    assertThatIllegalArgumentException().isThrownBy(() -> handle("nonsense"));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            handle(
                "{\"slot\":\"%s\",\"region\":\"eu-west-1\",\"sites\":[{\"site\":{\"id\":\"a\"}}]}"
                    .formatted(slot)))
        .withMessageContaining("endpoint");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            handle(
                order(slot, site("shop", shop.url("/")))
                    .replace("eu-west-1\",\"sites", "us-east-1\",\"sites")))
        .withMessage("an order for region us-east-1 was brought to eu-west-1");
    assertThat(shop.visits()).isEmpty();
  }

  @Test
  void aMessageThatIsDeliveredTwiceIsRunOnce() {
    String event = messages(order("tick/1", slot, site("shop", shop.url("/"))));

    handle(event);
    assertThat(handle(event)).isEqualTo(failed());

    assertThat(shop.visits()).hasSize(1);
    assertThat(rooms.results.sent()).hasSize(1);
  }

  @Test
  void anOrderThatTwoMessagesOfABatchHoldIsRunOnce() {
    String order = order("tick/1", slot, site("shop", shop.url("/")));

    assertThat(handle(messages(order, order))).isEqualTo(failed("m1"));
    assertThat(shop.visits()).hasSize(1);
  }

  @Test
  void anOrderThatIsUnderWayElsewhereComesAgain() {
    claims.take("tick/1", "another", TIME);

    assertThat(handle(messages(order("tick/1", slot, site("shop", shop.url("/"))))))
        .isEqualTo(failed("m0"));
    assertThat(shop.visits()).isEmpty();
  }

  @Test
  void whenClaimsCannotBeReadMessagesComeAgainUntouched() {
    claims.away(true);
    String event = messages(order(slot, site("shop", shop.url("/"))));

    assertThat(handle(event)).isEqualTo(failed("m0"));
    assertThat(shop.visits()).isEmpty();

    claims.away(false);
    assertThat(handle(event)).isEqualTo(failed());
    assertThat(rooms.reports()).containsOnlyKeys("shop");
  }

  @Test
  void aMessageThatComesAgainRunsWhatWasNotReported() {
    String event =
        messages(
            order("o", slot, site("shop", shop.url("/")), site("other", shop.url("/other"))),
            order("p", slot, site("third", shop.url("/third"))));
    rooms.results.takes(message -> !message.body().contains("\"other\""));

    assertThat(handle(event)).isEqualTo(failed("m0"));
    rooms.results.takes(message -> true);
    assertThat(handle(event)).isEqualTo(failed());

    assertThat(rooms.results.sent()).hasSize(3);
    assertThat(rooms.reports()).containsOnlyKeys("shop", "other", "third");
    assertThat(shop.visits()).hasSize(4);
    assertThat(rooms.counts).containsEntry("ReportsUnsent", 1L);
  }

  @Test
  void b11AResultThatCannotBeSentFailsTheInvocationAndIsMadeAgain() {
    String order = order(slot, site("shop", shop.url("/")));
    rooms.results.takes(message -> false);

    assertThatIllegalStateException()
        .isThrownBy(() -> handle(order))
        .withMessage("1 of 1 reports could not be sent; the order is to be repeated");

    rooms.results.takes(message -> true);
    handle(order);
    assertThat(rooms.reports()).containsOnlyKeys("shop");
  }

  @Test
  void whatHasNoTimeLeftIsMissedAndToldInTime() throws Exception {
    rooms.concurrency = 1;
    Duration time = Duration.ofSeconds(6); // Of which a quarter is kept for telling.
    long begun = System.nanoTime();
    try (FakeSite slow = FakeSite.of(FakeSite.Visit::awaitClosed)) {
      CheckFunction function = new CheckFunction("eu-west-1", claims, rooms.parts());

      function.handle(
          order(slot, site("a", shop.url("/")), site("slow", slow.url("/")), site("z", NOBODY)),
          "1",
          time);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(time);
    assertThat(rooms.reports().get("a").outcome().up()).isTrue();
    assertThat(rooms.reports().get("slow").miss()).isEqualTo(new Miss(Miss.Reason.TIME, 1));
    assertThat(rooms.reports().get("z").miss()).isEqualTo(new Miss(Miss.Reason.TIME, 1));
    assertThat(rooms.counts).containsEntry("ChecksMissed", 2L).containsEntry("ChecksRun", 1L);
  }

  @Test
  void aCheckThatEndsInAFaultOfOursCostsTheOthersNothing() {
    rooms.prober = new FaultyProber(rooms.prober, "broken");

    handle(order(slot, site("broken", NOBODY), site("shop", shop.url("/"))));

    assertThat(rooms.reports().get("broken").miss()).isEqualTo(new Miss(Miss.Reason.FAULT, 1));
    assertThat(rooms.reports().get("shop").outcome().up()).isTrue();
  }

  @Test
  void oneSiteAloneThatFailsIsDoubtedWhenNoAnchorAnswers() {
    rooms.reachable = () -> false;

    handle(order(slot, site("gone", NOBODY)));

    assertThat(rooms.reports().get("gone").outcome().doubtful()).isTrue();
    assertThat(rooms.counts).containsEntry("ChecksDoubtful", 1L).doesNotContainKey("ChecksFailed");
  }

  @Test
  void anInvocationAndEachOfItsSitesIsASpanThatTellsNoUrl() {
    rooms.results.takes(message -> !message.body().contains("\"gone\""));

    assertThatIllegalStateException()
        .isThrownBy(() ->
            handle(order(slot, site("shop", shop.url("/?token=s3cret")), site("gone", NOBODY))));

    assertThat(rooms.spans.ended())
        .containsExactlyInAnyOrder(
            List.of("check", "[site, default/shop]", "[region, eu-west-1]"),
            List.of(
                "check",
                "[site, default/gone]",
                "[region, eu-west-1]",
                "[error_class, connect_refused]"),
            List.of("checks", "[sites, 2]", "[ERROR, reports could not be sent]"));
  }

  @Test
  void b16ARunThatIsBroughtAgainOrTooLateMeetsNoOther() {
    Instant past = slot.minus(Duration.ofMinutes(3));

    handle(order(past, site("late", shop.url("/"))));

    assertThat(rooms.reports().get("late").miss()).isEqualTo(new Miss(Miss.Reason.LATE, 1));
    assertThat(shop.visits()).isEmpty();
    handle(order(slot, site("again", shop.url("/"))));
    handle(order(slot, site("again", shop.url("/"))));
    assertThat(rooms.results.bodies().subList(1, 3))
        .extracting(body -> ReportText.read(body).points().points().getFirst().epochNanos())
        .as("both have one key")
        .containsOnly(slot.toEpochMilli() * 1_000_000);
  }

  private String handle(String event) {
    return new CheckFunction("eu-west-1", claims, rooms.parts())
        .handle(event, "invocation-" + System.nanoTime(), TIME);
  }
}
