// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.Site;
import dev.weir.monitor.check.SiteKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What both kinds of schedules hold to, against AWS as moto plays it. */
abstract class SiteSchedulesContractTest {

  abstract SiteSchedules schedules();

  @Test
  void whatIsPutStandsThereAsItsForm() {
    Site site = Samples.site("default", "shop", "5m");
    PlannedSchedule runs = new PlannedSchedule.SiteRuns(site);
    PlannedSchedule ticks = new PlannedSchedule.ShardTicks(3);
    schedules().put(runs);
    schedules().put(ticks);
    assertThat(schedules().list())
        .containsExactlyInAnyOrder(schedules().form(runs), schedules().form(ticks));

    schedules().remove(runs.purpose());
    schedules().remove(runs.purpose());
    assertThat(schedules().list()).containsExactly(schedules().form(ticks));
  }

  @Test
  void aPutAgainMakesTheOldOneLikeTheNew() {
    PlannedSchedule old = new PlannedSchedule.SiteRuns(Samples.site("acme", "shop", "5m"));
    PlannedSchedule now = new PlannedSchedule.SiteRuns(Samples.site("acme", "shop", "1m"));
    schedules().put(old);
    assertThat(schedules().form(old)).isNotEqualTo(schedules().form(now));
    schedules().put(now);
    schedules().put(now);
    assertThat(schedules().list()).containsExactly(schedules().form(now));
  }

  @Test
  void everyNameThatASiteCanHaveIsOneOfASchedule() {
    String longest = "x".repeat(SiteKey.LENGTH_MAX);
    List<PlannedSchedule> all =
        List.of(
            planned("default", "a.b"),
            planned("default", longest),
            planned("default", longest.substring(1) + "y"),
            planned("a", "b.c"),
            planned("a.b", "c"),
            planned(longest, longest),
            planned(longest.substring(1) + "y", longest));
    all.forEach(schedules()::put);
    assertThat(schedules().list())
        .containsExactlyInAnyOrderElementsOf(all.stream().map(schedules()::form).toList());
    all.forEach(each -> schedules().remove(each.purpose()));
    assertThat(schedules().list()).isEmpty();
  }

  @Test
  void textsOfACustomerStayTexts() {
    Site site =
        Samples.site(
            "\"SiteId\":\"quotes\",\"rate\":1,\"latencyConstraint\":2,\"endpoint\":\"https://shop.example/?a=%22\",\"testString\":\"a"
                + " \\\"quote\\\", a \\\\, a\\nline, <time> and <aws.scheduler.execution-id>\"");
    PlannedSchedule planned = new PlannedSchedule.SiteRuns(site);
    schedules().put(planned);
    FoundSchedule found = schedules().list().getFirst();
    assertThat(found).isEqualTo(schedules().form(planned));
    assertThat(found.asks())
        .contains("a \\\"quote\\\", a \\\\, a\\nline, \\u003ctime> and \\u003caws.scheduler");
  }

  @Test
  void listsGoOnForAsManyPagesAsThereAre() {
    IntStream.range(0, 130).forEach(i -> schedules().put(planned("default", "site-" + i)));
    assertThat(schedules().list()).hasSize(130);
  }

  static PlannedSchedule planned(String customer, String id) {
    return new PlannedSchedule.SiteRuns(Samples.site(customer, id, "1m"));
  }
}
