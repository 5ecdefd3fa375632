// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.monitor.check.SiteKey;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

class SchedulerSchedulesMotoTest extends SiteSchedulesContractTest {

  @AutoClose
  @SuppressWarnings("NullAway.Init")
  private static Moto moto;

  @SuppressWarnings("NullAway.Init")
  private SchedulerClient client;

  @BeforeAll
  static void start() {
    moto = Moto.started();
  }

  @BeforeEach
  void clean() {
    client = moto.scheduler(Samples.REGION);
    client.listScheduleGroups(request -> {}).scheduleGroups().stream()
        .filter(group -> !group.name().equals("default"))
        .forEach(group -> client.deleteScheduleGroup(request -> request.name(group.name())));
  }

  @Override
  SiteSchedules schedules() {
    return schedules("cpt-monitoring-");
  }

  private SiteSchedules schedules(String prefix) {
    return new SchedulerSchedules(
        Samples.REGION,
        Samples.targets(Samples.REGION),
        new SchedulerSchedules.Options(prefix, Samples.ROLE, Optional.of(Samples.DEAD)),
        client,
        new Calls(pause -> {}, new java.util.Random(1)));
  }

  @Test
  void aCustomerHasAGroupAndTheAliasIsCalledWithRetriesAndDeadLetters() {
    schedules().put(planned("acme", "shop"));
    var schedule =
        client.getSchedule(request -> request.groupName("cpt-monitoring-acme").name("shop"));
    assertThat(schedule.scheduleExpression()).isEqualTo("rate(1 minute)");
    assertThat(schedule.flexibleTimeWindow().modeAsString()).isEqualTo("OFF");
    assertThat(schedule.target().arn()).endsWith(":function:cpt-monitoring:live");
    assertThat(schedule.target().roleArn()).isEqualTo(Samples.ROLE);
    assertThat(schedule.target().deadLetterConfig().arn()).isEqualTo(Samples.DEAD);
    assertThat(schedule.target().retryPolicy().maximumEventAgeInSeconds()).isEqualTo(60);
    assertThat(schedule.target().input())
        .startsWith("{\"slot\":\"<aws.scheduler.scheduled-time>\",\"region\":\"eu-west-1\",");
  }

  @Test
  void schedulesOfOthersAreNotOurs() {
    schedules("cpt-monitoring-").put(planned("default", "shop"));
    schedules("cpt-monitoring-test-").put(planned("default", "shop"));
    client.createSchedule(request ->
        request
            .groupName("cpt-monitoring-default")
            .name("nightly")
            .scheduleExpression("rate(1 day)")
            .flexibleTimeWindow(window -> window.mode("OFF"))
            .target(target -> target.arn(Samples.DEAD).roleArn(Samples.ROLE)));

    assertThat(schedules("cpt-monitoring-").list())
        .filteredOn(found -> found.purpose().isPresent())
        .singleElement()
        .isEqualTo(schedules("cpt-monitoring-").form(planned("default", "shop")));
    assertThat(schedules("cpt-monitoring-").list()).hasSize(3);
  }

  @Test
  void aScheduleThatWasChangedByHandIsAnother() {
    PlannedSchedule planned = planned("default", "shop");
    schedules().put(planned);
    var schedule =
        client.getSchedule(request -> request.groupName("cpt-monitoring-default").name("shop"));
    client.updateSchedule(request ->
        request
            .groupName("cpt-monitoring-default")
            .name("shop")
            .description(schedule.description())
            .scheduleExpression(schedule.scheduleExpression())
            .state("DISABLED")
            .flexibleTimeWindow(schedule.flexibleTimeWindow())
            .target(schedule.target()));

    FoundSchedule found = schedules().list().getFirst();
    assertThat(found.purpose()).contains(new Purpose.OfSite(new SiteKey("default", "shop")));
    assertThat(found.asks()).isNotEqualTo(schedules().form(planned).asks());
  }
}
