// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static dev.weir.e2e.MonitoringStack.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.AwsGateway.Meddling;
import dev.weir.e2e.aws.Invocation;
import dev.weir.store.kit.site.FakeSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The chain of website checks with faults in each of its links: nothing is lost, nothing is there
 * twice, no schedule is orphaned, and what is given up is exactly what nobody could have done.
 */
class ChainFaultsIT {

  private static final Pattern ALL = Pattern.compile("");

  /** A writer keeps 17 of them for incidents and its answer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(22);

  @TempDir private static Path folder;
  private static MonitoringStack stack;
  private static SiteItems items;
  private static FakeSite site;
  private static volatile Runnable visited = () -> {};

  private final Instant slot = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @BeforeAll
  static void start() throws IOException {
    stack = MonitoringStack.start(folder, Map.of(), TIMEOUT);
    items = new SiteItems(stack.dynamoDb());
    site =
        FakeSite.of(visit -> {
          visited.run();
          visit.send(
              "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\nhello there");
        });
  }

  @AfterAll
  static void stop() throws IOException {
    if (stack != null) {
      stack.close();
      site.close();
    }
  }

  @AfterEach
  void nothingIsLeft() {
    stack.gateway().meet(Meddling.NONE);
    visited = () -> {};
    items.deleteAll();
    stack.stream().deliver();
    assertThat(stack.timetable(HOME).schedules()).isEmpty();
    assertThat(stack.waiting(HOME, "cpt-monitoring-results")).isEmpty();
    assertThat(stack.waiting(HOME, "cpt-monitoring-orders")).isEmpty();
    assertThat(stack.dead()).isEmpty();
  }

  @Test
  void whatTimestreamThrottlesIsWrittenLater() {
    sites("throttled", 3);
    stack.timetable(HOME).fire(slot, ALL);
    stack
        .gateway()
        .meet(
            AwsGateway.first(
                1_000, call -> call.operation().equals("WriteRecords"), AwsGateway.THROTTLED));
    assertThat(stack.results().deliver()).isZero();
    assertThat(stack.results().failed()).isEqualTo(3);

    stack.gateway().meet(Meddling.NONE);
    assertThat(stack.results().deliver()).isEqualTo(3);
    assertStoredOnce("throttled", 3);
  }

  @Test
  void aCheckThatIsKilledWhileItChecksIsRunAgain() {
    sites("killed-checking", 3);
    AtomicInteger visits = new AtomicInteger();
    visited =
        () -> {
          if (visits.incrementAndGet() == 2) {
            kill(MonitorFunction.CHECK);
          }
        };
    stack.timetable(HOME).fire(slot, ALL);
    stack.results().deliver();
    assertThat(visits).hasValueGreaterThan(3);
    assertStoredOnce("killed-checking", 3);
  }

  @Test
  void aCheckThatIsKilledBeforeItsReportIsSentIsRunAgain() {
    sites("killed-before", 2);
    stack
        .gateway()
        .meet(
            AwsGateway.once(
                call -> MonitorFunction.CHECK.made(call) && call.action().startsWith("sqs:Send"),
                false,
                () -> kill(MonitorFunction.CHECK)));
    stack.timetable(HOME).fire(slot, ALL);
    stack.results().deliver();
    assertStoredOnce("killed-before", 2);
  }

  @Test
  void aCheckThatIsKilledAfterItsReportIsSentIsStoredOnce() {
    sites("killed-after", 2);
    stack
        .gateway()
        .meet(
            AwsGateway.once(
                call -> MonitorFunction.CHECK.made(call) && call.action().startsWith("sqs:Send"),
                true,
                () -> kill(MonitorFunction.CHECK)));
    stack.timetable(HOME).fire(slot, ALL);
    assertThat(stack.waiting(HOME, "cpt-monitoring-results")).as("one of them twice").hasSize(3);
    stack.results().deliver();
    assertStoredOnce("killed-after", 2);
  }

  @Test
  void aWriterThatIsKilledBeforeItsMessagesAreDeletedStoresNothingTwice() {
    sites("killed-writer", 3);
    stack.timetable(HOME).fire(slot, ALL);
    stack
        .gateway()
        .meet(
            AwsGateway.once(
                call -> call.operation().equals("WriteRecords"),
                true,
                () -> kill(MonitorFunction.WRITER)));
    assertThat(stack.results().deliver()).isZero();
    assertThat(stack.results().deliver()).isEqualTo(3);
    assertStoredOnce("killed-writer", 3);
  }

  @Test
  void whatIsDeliveredTwiceIsStoredOnce() {
    sites("twice", 3);
    stack.timetable(HOME).fire(slot, ALL);
    stack.timetable(HOME).fire(slot, ALL);
    assertThat(stack.results().deliverTwice()).isEqualTo(6);
    assertStoredOnce("twice", 3);
  }

  @Test
  void whileTheQueueIsDownAReportIsNotTakenForSent() {
    sites("queue-down", 2);
    stack
        .gateway()
        .meet(
            AwsGateway.first(
                7,
                call -> MonitorFunction.CHECK.made(call) && call.service().equals("sqs"),
                AwsGateway.UNAVAILABLE));
    stack.timetable(HOME).fire(slot, ALL);
    stack.results().deliver();
    assertStoredOnce("queue-down", 2);
  }

  @Test
  void aKeeperOfSchedulesThatIsKilledLeavesNoneOutAndNoneBehind() {
    sites("before", 3);
    items.deleteAll();
    IntStream.range(0, 4).forEach(i -> items.put("after-" + i, quick("/after")));
    AtomicInteger calls = new AtomicInteger();
    stack
        .gateway()
        .meet(
            AwsGateway.once(
                call ->
                    MonitorFunction.CONFIGURATION.made(call)
                        && call.operation().matches("(Create|Delete)Schedule")
                        && calls.incrementAndGet() == 4,
                true,
                () -> kill(MonitorFunction.CONFIGURATION)));
    stack.stream().deliver();
    assertThat(calls).hasValueGreaterThan(4);
    assertThat(stack.timetable(HOME).schedules())
        .extracting(schedule -> schedule.name())
        .containsExactlyInAnyOrder("after-0", "after-1", "after-2", "after-3");
    assertNoDrift();
  }

  @Test
  void aThrottledSchedulerGetsAllOfItsSchedules() {
    stack
        .gateway()
        .meet(
            AwsGateway.first(6, call -> call.service().equals("scheduler"), AwsGateway.THROTTLED));
    sites("slow", 4);
    stack.gateway().meet(Meddling.NONE);
    assertThat(stack.timetable(HOME).schedules()).hasSize(4);
    assertNoDrift();
  }

  @Test
  void oldEventsThatComeAgainChangeNothing() {
    items.put("again", quick("/one"));
    stack.stream().deliver();
    items.put("again", quick("/two"));
    items.put("gone", quick("/gone"));
    items.delete("gone");
    stack.stream().deliver();
    for (String event : stack.stream().events()) {
      assertThat(stack.stream().redeliver(event)).isInstanceOf(Invocation.Answered.class);
    }
    assertThat(stack.timetable(HOME).schedules())
        .singleElement()
        .satisfies(schedule -> assertThat(schedule.target().input()).contains("/two"));
    assertNoDrift();
  }

  @Test
  void badItemsAreGivenUpAloneAndOthersAreScheduled() {
    Set<String> bad = new TreeSet<>();
    Set<String> good = new TreeSet<>(Set.of("good-0"));
    items.put("good-0", quick("/0"));
    for (SiteItems.Fields each :
        List.of(
            SiteItems.original(site.url("/"), 0),
            SiteItems.original(site.url("/"), 1).number("rate", "1.5"),
            SiteItems.original(site.url("/"), -1),
            SiteItems.original("no address", 1),
            new SiteItems.Fields().text("endpoint", site.url("/")),
            SiteItems.original(site.url("/"), 1).text("nobodys", "attribute"))) {
      bad.add("bad-" + bad.size());
      items.put("bad-" + (bad.size() - 1), each);
      String next = "good-" + good.size();
      good.add(next);
      items.put(
          next, SiteItems.original(site.url("/"), 1).text("testString", "\"quo\\ted\"\n<time>"));
    }
    stack.stream().deliver();

    assertThat(stack.timetable(HOME).schedules())
        .extracting(schedule -> schedule.name())
        .containsExactlyInAnyOrderElementsOf(good);
    assertThat(stack.givenUp()).isEqualTo(bad);
    assertThat(stack.drift().path("counts").path("refused").asInt()).isEqualTo(bad.size());
    assertNoDrift();
    stack.bury();
  }

  @Test
  void aPoisonedMessageDiesAloneInEitherQueue() {
    sites("poisoned", 2);
    stack.timetable(HOME).fire(slot, ALL);
    stack.send(HOME, "cpt-monitoring-results", "{\"slot\":\"poison\"}");
    stack.timetable(HOME).fire(slot.plusSeconds(1), ALL);
    stack.send(HOME, "cpt-monitoring-orders", "{\"poison\":true}");

    assertThat(stack.results().deliver()).isEqualTo(4);
    for (int i = 0; i <= MonitoringStack.RECEIVES; i++) {
      stack.orders(HOME).deliver();
      stack.results().deliver();
    }
    assertStored("poisoned", 2, 2);
    assertThat(stack.dead())
        .isEqualTo(
            Map.of(
                HOME + " cpt-monitoring-results-dead", List.of("{\"slot\":\"poison\"}"),
                HOME + " cpt-monitoring-orders-dead", List.of("{\"poison\":true}")));
    stack.bury();
  }

  @Test
  void aFunctionWithoutAVariableNamesItAndTakesNothing() {
    assertNames(MonitorFunction.CHECK, "WEIR_RESULTS_QUEUE", "{}");
    assertNames(MonitorFunction.CONFIGURATION, "WEIR_REGIONS", "{\"Records\":[]}");
    assertNames(MonitorFunction.RECONCILE, "WEIR_REGIONS", "{}");
  }

  private static void assertNames(MonitorFunction name, String variable, String event) {
    Map<String, String> settings = stack.settings();
    settings.remove(variable);
    try (LambdaRuntime function = stack.started(name, HOME, settings)) {
      assertThat(function.invoke(event))
          .as(name.toString())
          .isInstanceOfSatisfying(
              Invocation.Failed.class, failed -> assertThat(failed.error()).contains(variable));
    }
  }

  private static SiteItems.Fields quick(String path) {
    return SiteItems.quick(site.url(path), "1m");
  }

  private static void sites(String prefix, int count) {
    IntStream.range(0, count).forEach(i -> items.put(prefix + "-" + i, quick("/" + i)));
    stack.stream().deliver();
  }

  private static void kill(MonitorFunction function) {
    stack.function(function, HOME).kill();
  }

  private static void assertStoredOnce(String prefix, int sites) {
    assertStored(prefix, sites, 1);
  }

  private static void assertStored(String prefix, int sites, int each) {
    assertThat(
            stack.rows(
                """
                SELECT siteId, count(*), count(DISTINCT time) FROM
                "CPTMonitoring"."WebsiteMonitoringData" WHERE measure_name = 'check'
                AND endpoint_up AND siteId LIKE '%s-%%' GROUP BY siteId ORDER BY siteId\
                """
                    .formatted(prefix)))
        .isEqualTo(
            IntStream.range(0, sites)
                .mapToObj(i -> List.of(prefix + "-" + i, "" + each, "" + each))
                .toList());
  }

  private static void assertNoDrift() {
    JsonNode counts = stack.drift().path("counts");
    for (String kind : List.of("missing", "different", "orphaned", "failed")) {
      assertThat(counts.path(kind).asInt()).as(counts.toString()).isZero();
    }
  }
}
