// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static dev.weir.e2e.MonitoringStack.HOME;
import static dev.weir.e2e.MonitoringStack.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.kit.site.FakeSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import tools.jackson.databind.JsonNode;

/**
 * Website checks on AWS from one end to the other: an item of the table of sites, the stream,
 * schedules, the check, the queue, the record in Timestream, read by SQL. The functions are the
 * packaged ones.
 */
class ChainIT {

  private static final String PAGE =
      "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\nhello there";
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
  void theOriginalsTwoItemsEndAsRecords() {
    items.put("googlesearch", SiteItems.original(site.url("/google"), 2));
    items.put("cujosite", SiteItems.original(site.url("/cujo"), 1));

    assertThat(stack.stream().deliver()).isEqualTo(2);
    assertThat(schedules(HOME))
        .containsExactlyInAnyOrder("googlesearch rate(2 minutes)", "cujosite rate(1 minute)");
    Instant slot = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    assertThat(stack.timetable(HOME).fire(slot, ALL)).isEqualTo(2);
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
    assertThat(schedules(SECOND)).singleElement().asString().endsWith(" rate(1 minute)");
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
    items.put("told", SiteItems.quick(site.url("/"), "5m"));
    items.put("untold", SiteItems.quick(site.url("/"), "10s"));
    items.put("changed", SiteItems.quick(site.url("/"), "5m"));
    stack.stream().deliver();
    assertNoDrift(3);
    for (GetScheduleResponse each : responses(HOME)) {
      if (!each.name().equals("told")) {
        stack.deleteSchedule(HOME, each);
      }
    }
    stack.copySchedule(HOME, responses(HOME).getFirst(), "somebody-elses");

    JsonNode found = stack.drift();
    assertThat(found.path("counts").path("missing").asInt()).as(found.toString()).isEqualTo(2);
    JsonNode mended = stack.reconcile("{}");
    assertThat(mended.path("counts").path("mended").asInt()).as(mended.toString()).isEqualTo(2);
    assertNoDrift(3);
    assertThat(schedules(HOME)).hasSize(4).contains("somebody-elses rate(5 minutes)");
    responses(HOME).stream()
        .filter(each -> each.name().equals("somebody-elses"))
        .forEach(each -> stack.deleteSchedule(HOME, each));
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
