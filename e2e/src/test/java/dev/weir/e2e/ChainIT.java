// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static dev.weir.e2e.MonitoringStack.HOME;
import static dev.weir.e2e.MonitoringStack.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.AwsGateway.Meddling;
import dev.weir.e2e.aws.StreamMapping;
import dev.weir.store.kit.site.FakeSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Website checks on AWS from one end to the other: an item of the table of sites, the stream,
 * schedules, the check, the queue, the record in Timestream, read by SQL. The functions are the
 * packaged ones.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChainIT {

  private static final String PAGE =
      "HTTP/1.1 200 OK\r\nContent-Length: 21\r\nConnection: close\r\n\r\nhello google and cujo";
  private static final Pattern ALL = Pattern.compile("");

  @TempDir private static Path folder;
  private static MonitoringStack stack;
  private static SiteItems items;
  private static FakeSite site;

  @BeforeAll
  static void start() throws IOException {
    stack = MonitoringStack.start(folder, Map.of(), Duration.ofSeconds(60));
    items = new SiteItems(stack.dynamoDb());
    site = FakeSite.answering(PAGE);
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
    items.deleteAll();
    stack.stream().deliver();
    assertThat(schedules(HOME)).isEmpty();
    assertThat(schedules(SECOND)).isEmpty();
    assertThat(stack.dead()).isEmpty();
  }

  @Test
  void theItemsOfTheFileEndAsRecords() throws IOException {
    String entries = Files.readString(Path.of("..", "deploy", "monitoring", "dynamo_entries.json"));
    stack.batchWriteItem(
        entries
            .replace("https://www.google.com", site.url("/google"))
            .replace("https://cujo.com", site.url("/cujo")));

    assertThat(stack.stream().deliver()).isEqualTo(3);
    assertThat(schedules(HOME))
        .as("two of minutes, and the tick of the third")
        .hasSize(3)
        .contains("googlesearch rate(2 minutes)", "cujosite rate(1 minute)");
    Instant slot = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    assertThat(stack.timetable(HOME).fire(slot, Pattern.compile("^(googlesearch|cujosite)$")))
        .isEqualTo(2);
    assertThat(stack.results().deliver()).isEqualTo(2);

    assertThat(
            stack.rows(
                """
                SELECT siteId, region, to_milliseconds(time), endpoint_up, status_code, requests
                FROM "CPTMonitoring"."WebsiteMonitoringData" WHERE measure_name = 'check'
                AND siteId IN ('googlesearch', 'cujosite') ORDER BY siteId\
                """))
        .containsExactly(
            List.of("cujosite", HOME, millis(slot), "true", "200", "5"),
            List.of("googlesearch", HOME, millis(slot), "true", "200", "5"));

    // What comes an hour late is recorded as missed, and that hour can be summed.
    stack.timetable(HOME).fire(slot.minusSeconds(3_700), Pattern.compile("^cujosite$"));
    assertThat(stack.results().deliver()).isEqualTo(1);
    stack.function(MonitorFunction.ROLLUP, HOME).answer("{}");
    assertThat(
            stack.rows(
                """
                SELECT DISTINCT siteId, region FROM "CPTMonitoring"."WebsiteMonitoringHourly\"\
                """))
        .containsExactly(List.of("cujosite", HOME));
  }

  @Test
  void schedulesFollowEachChangeOfAnItem() {
    SiteItems.Fields fields = SiteItems.quick(site.url("/a"), "2m");
    change("follows", fields);
    assertThat(schedules(HOME)).containsExactly("follows rate(2 minutes)");

    change("follows", fields.text("endpoint", site.url("/moved")));
    assertThat(responses(HOME))
        .singleElement()
        .satisfies(s -> assertThat(s.target().input()).contains("/moved\""));

    change("follows", fields.flag("enabled", false));
    assertThat(schedules(HOME)).isEmpty();

    change("follows", fields.flag("enabled", true).text("interval", "1m"));
    assertThat(schedules(HOME)).containsExactly("follows rate(1 minute)");

    change("follows", fields.texts("regions", HOME, SECOND));
    assertThat(schedules(HOME)).containsExactly("follows rate(1 minute)");
    assertThat(schedules(SECOND)).containsExactly("follows rate(1 minute)");

    change("follows", fields.texts("regions", SECOND));
    assertThat(schedules(HOME)).isEmpty();

    change("follows", fields.text("interval", "20s"));
    assertThat(schedules(SECOND)).singleElement().asString().endsWith(" cron(* * * * ? *)");
    assertThat(responses(SECOND).getFirst().target().arn())
        .isEqualTo(MonitorFunction.TICK.arn(SECOND));

    change("follows", fields.text("interval", "90s").texts("regions", HOME));
    assertThat(schedules(SECOND)).isEmpty();
    assertThat(responses(HOME))
        .singleElement()
        .satisfies(s -> assertThat(s.target().arn()).isEqualTo(MonitorFunction.TICK.arn(HOME)));

    change("follows", fields.text("interval", "1h"));
    assertThat(schedules(HOME)).containsExactly("follows rate(60 minutes)");
    assertNoDrift(1);

    items.delete("follows");
    stack.stream().deliver();
    assertThat(schedules(HOME)).isEmpty();
    assertNoDrift(0);
  }

  /**
   * Whatever the stream said or lost: items from before it was read, schedules that went astray.
   */
  @Test
  void aComparisonMendsWhatTheStreamDidNotTell() {
    items.put("acme/first", SiteItems.quick(site.url("/"), "5m").texts("regions", HOME, SECOND));
    items.put("fast", SiteItems.quick(site.url("/"), "10s").texts("regions", HOME, SECOND));
    assertCounts(stack.drift(), Map.of("missing", 6, "mended", 0));
    assertCounts(stack.reconcile("{}"), Map.of("missing", 6, "mended", 6));
    assertNoDrift(2);
    stack.stream().deliver();
    assertNoDrift(2);

    for (String region : List.of(HOME, SECOND)) {
      for (GetScheduleResponse each : responses(region)) {
        if (each.name().equals("first")) {
          stack.copySchedule(region, each, "somebody-elses");
          stack.disableSchedule(region, each);
        } else {
          stack.deleteSchedule(region, each);
        }
      }
    }
    assertCounts(
        stack.reconcile("{}"), Map.of("missing", 2, "different", 2, "foreign", 2, "mended", 4));
    assertNoDrift(2);

    items.deleteAll();
    assertCounts(stack.reconcile("{}"), Map.of("orphaned", 6, "foreign", 2, "mended", 6));
    assertNoDrift(0);
    for (String region : List.of(HOME, SECOND)) {
      assertThat(schedules(region)).containsExactly("somebody-elses rate(5 minutes)");
      stack.deleteSchedule(region, responses(region).getFirst());
    }
  }

  private static void assertCounts(JsonNode report, Map<String, Integer> counts) {
    counts.forEach((name, count) ->
        assertThat(report.path("counts").path(name).asInt())
            .as(name + " in " + report)
            .isEqualTo(count));
  }

  /** As many slots as a minute has, however often their tick comes. */
  @Test
  void eachSlotBelowAMinuteIsRecordedOnce() {
    change("fast", SiteItems.quick(site.url("/fast"), "20s").texts("regions", HOME, SECOND));
    Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(60);
    for (String region : List.of(HOME, SECOND)) {
      assertThat(stack.timetable(region).fire(minute, ALL)).isEqualTo(1);
      stack.timetable(region).fire(minute.plusSeconds(7), ALL);
    }
    AtomicInteger reports = new AtomicInteger();
    Patience.until(
        Duration.ofSeconds(75),
        () -> reports + " reports",
        () -> {
          stack.orders(HOME).deliver();
          stack.orders(SECOND).deliver();
          return reports.addAndGet(stack.results().deliver()) >= 6;
        });

    assertThat(
            stack.rows(
                """
                SELECT region, count(*), count(DISTINCT time), min(to_milliseconds(time)) >= %1$s,
                max(to_milliseconds(time)) < %1$s + 60000 FROM
                "CPTMonitoring"."WebsiteMonitoringData" WHERE measure_name = 'check'
                AND siteId = 'fast' GROUP BY region ORDER BY region\
                """
                    .formatted(millis(minute.plusSeconds(60)))))
        .containsExactly(
            List.of(SECOND, "3", "3", "true", "true"), List.of(HOME, "3", "3", "true", "true"));
  }

  @Test
  void schedulesBelowAMinuteGrowWithShardsAndNotWithSites() {
    for (int i = 0; i < 60; i++) {
      items.put("many-" + i, SiteItems.quick(site.url("/"), "10s"));
    }
    JsonNode report = stack.reconcile("{}");
    assertCounts(report, Map.of("missing", 64, "failed", 0));
    assertThat(schedules(HOME)).hasSize(4);
    assertNoDrift(60);
    items.deleteAll();
    stack.reconcile("{}");
    assertThat(schedules(HOME)).isEmpty();
  }

  /** The original's way, for accounts that keep it. */
  @Test
  void rulesFollowTheTableAsSchedulesDo() {
    Map<String, String> settings = stack.settings();
    settings.put("WEIR_SCHEDULES", "rules");
    try (LambdaRuntime configuration =
        stack.started(MonitorFunction.CONFIGURATION, HOME, settings)) {
      StreamMapping stream = stack.streamTo(configuration);
      items.put("ruled", SiteItems.quick(site.url("/"), "2m"));
      assertThat(stream.deliver()).isEqualTo(1);
      assertThat(rules()).containsExactly("CPT_WSMon_RULE_ruled rate(2 minutes)");
      Instant slot = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      assertThat(stack.rules(HOME).fire(slot, ALL)).isEqualTo(1);
      assertThat(stack.results().deliver()).isEqualTo(1);
      assertThat(
              stack.rows(
                  """
                  SELECT to_milliseconds(time), endpoint_up FROM
                  "CPTMonitoring"."WebsiteMonitoringData" WHERE siteId = 'ruled'\
                  """))
          .containsExactly(List.of(millis(slot), "true"));

      items.put("ruled", SiteItems.quick(site.url("/"), "1m"));
      stream.deliver();
      assertThat(rules()).containsExactly("CPT_WSMon_RULE_ruled rate(1 minute)");
      items.put("ruled", SiteItems.quick(site.url("/"), "1m").texts("regions", SECOND));
      stream.deliver();
      assertThat(rules()).isEmpty();
      assertThat(stack.rules(SECOND).rules()).hasSize(1);
      items.delete("ruled");
      stream.deliver();
      assertThat(stack.rules(SECOND).rules()).isEmpty();
    }
  }

  private static List<String> rules() {
    return stack.rules(HOME).rules().stream()
        .map(rule -> rule.name() + " " + rule.scheduleExpression())
        .toList();
  }

  @Test
  void whatTheGatewayBringsIsScheduled() {
    LambdaRuntime function = stack.function(MonitorFunction.SITES, HOME);
    String sites =
        "{\"sites\":[{\"id\":\"by-api\",\"endpoint\":\"%s\",\"interval\":\"5m\"}]}"
            .formatted(site.url("/api"));
    assertThat(function.answer(gatewayEvent("PUT", "/api/v1/sites", sites)))
        .contains("\"statusCode\":200");
    assertThat(stack.stream().deliver()).isEqualTo(1);
    assertThat(schedules(HOME)).containsExactly("by-api rate(5 minutes)");

    assertThat(function.answer(gatewayEvent("GET", "/api/v1/sites", "")))
        .contains("\"statusCode\":200", "by-api");
    assertThat(function.answer(gatewayEvent("GET", "/api/v1/sites/default/by-api", "")))
        .contains("\"statusCode\":200", "by-api");
    assertThat(function.answer(gatewayEvent("DELETE", "/api/v1/sites/default/by-api", "")))
        .contains("\"statusCode\":20");
    assertThat(stack.stream().deliver()).isEqualTo(1);
    assertThat(schedules(HOME)).isEmpty();
  }

  @Test
  void aTopicHearsOfASiteThatGoesDownAndComesBack() {
    change("fails", SiteItems.quick("http://127.0.0.1:1/", "1m"));
    Instant slot = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    stack.timetable(HOME).fire(slot, ALL);
    stack
        .gateway()
        .meet(call ->
            call.service().equals("sns") ? Optional.of(AwsGateway.UNAVAILABLE) : Optional.empty());
    stack.results().deliver();
    stack.function(MonitorFunction.NOTICES, HOME).answer("{}");
    assertThat(stack.heard()).isEmpty();
    stack.gateway().meet(Meddling.NONE);
    Patience.until(
        Duration.ofSeconds(60),
        () -> "the notice waits",
        () -> {
          stack.function(MonitorFunction.NOTICES, HOME).answer("{}");
          return !stack.heard().isEmpty();
        });
    assertThat(stack.heard()).singleElement().asString().contains("fails", "opened");

    change("fails", SiteItems.quick(site.url("/"), "1m"));
    stack.timetable(HOME).fire(slot.plusSeconds(1), ALL);
    stack.results().deliver();
    stack.function(MonitorFunction.NOTICES, HOME).answer("{}");
    assertThat(stack.heard()).hasSize(2).anySatisfy(text -> assertThat(text).contains("closed"));
  }

  /** Of all that the tests before it had the functions do. */
  @Test
  @Order(Integer.MAX_VALUE)
  void theRolesAllowWhatTheFunctionsCallNoMoreAndNoLess() {
    // Rights to rules are planned where rules are chosen, and here schedules are.
    List<AwsCall> calls =
        stack.gateway().calls().stream().filter(call -> !call.service().equals("events")).toList();
    PlannedRoles roles =
        PlannedRoles.of(
            folder,
            stack.gateway().endpoint(),
            Map.of(
                "archive",
                MonitorFunction.ZIP.toString(),
                // Version 5 of the provider refuses java25 in a plan.
                "runtime",
                "java21",
                "region",
                HOME,
                "second_region",
                SECOND));
    assertThat(RoleComparison.differences(roles, calls)).isEmpty();
  }

  private static String gatewayEvent(String method, String path, String body) {
    return WireApi.JSON
        .createObjectNode()
        .put("version", "2.0")
        .put("routeKey", method + " " + path)
        .put("rawPath", path)
        .put("rawQueryString", "")
        .put("body", body)
        .put("isBase64Encoded", false)
        .<ObjectNode>set(
            "headers", WireApi.JSON.createObjectNode().put("content-type", "application/json"))
        .<ObjectNode>set(
            "requestContext",
            WireApi.JSON.readTree(
                """
                {"stage":"$default","requestId":"r","http":{"method":"%s","path":"%s"},
                 "authorizer":{"iam":{"userArn":"arn:aws:iam::123456789012:user/operator"}}}\
                """
                    .formatted(method, path)))
        .toString();
  }

  private static void change(String id, SiteItems.Fields fields) {
    items.put(id, fields);
    assertThat(stack.stream().deliver()).isEqualTo(1);
  }

  private static void assertNoDrift(int sites) {
    JsonNode report = stack.drift();
    assertThat(report.path("sites").asInt()).as(report.toString()).isEqualTo(sites);
    for (String kind : List.of("missing", "different", "orphaned", "refused", "failed")) {
      assertThat(report.path("counts").path(kind).asInt()).as(report.toString()).isZero();
    }
  }

  private static List<String> schedules(String region) {
    return responses(region).stream().map(s -> s.name() + " " + s.scheduleExpression()).toList();
  }

  private static List<GetScheduleResponse> responses(String region) {
    return stack.timetable(region).schedules();
  }

  private static String millis(Instant moment) {
    return Long.toString(moment.toEpochMilli());
  }
}
