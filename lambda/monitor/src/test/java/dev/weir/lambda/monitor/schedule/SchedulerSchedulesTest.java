// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerSchedulesTest {

  private static final PlannedSchedule SHOP =
      new PlannedSchedule.SiteRuns(Samples.site("acme", "shop", "1m"));
  private static final PlayedAws.Answer GONE =
      PlayedAws.Answer.error(404, "ResourceNotFoundException");
  private static final PlayedAws.Answer THERE = PlayedAws.Answer.error(409, "ConflictException");
  private static final PlayedAws.Answer DONE =
      PlayedAws.Answer.ok("{\"ScheduleArn\":\"arn:s\",\"ScheduleGroupArn\":\"arn:g\"}");

  private static SchedulerSchedules schedules(PlayedAws aws) {
    return new SchedulerSchedules(
        Samples.REGION,
        Samples.targets(Samples.REGION),
        new SchedulerSchedules.Options("cpt-monitoring-", Samples.ROLE, Optional.empty()),
        Moto.scheduler(aws.endpoint(), Samples.REGION),
        new Calls(pause -> {}, new Random(1)));
  }

  @Test
  void aGroupIsMadeForTheFirstSiteOfACustomerAndLookedForOnce() {
    try (PlayedAws aws =
        new PlayedAws(call ->
            call.operation().startsWith("GET /schedule-groups/")
                ? GONE
                : call.operation().startsWith("POST /schedule-groups/") ? THERE : DONE)) {
      SchedulerSchedules schedules = schedules(aws);
      schedules.put(SHOP);
      schedules.put(SHOP);
      assertThat(aws.operations())
          .containsExactly(
              "GET /schedule-groups/cpt-monitoring-acme",
              "POST /schedule-groups/cpt-monitoring-acme",
              "POST /schedules/shop",
              "POST /schedules/shop");
    }
  }

  @Test
  void aScheduleThatComesAndGoesMeanwhileIsPutAllTheSame() {
    Deque<PlayedAws.Answer> answers = new ArrayDeque<>(List.of(DONE, THERE, GONE, THERE, DONE));
    try (PlayedAws aws = new PlayedAws(call -> answers.removeFirst())) {
      schedules(aws).put(SHOP);
      assertThat(aws.operations())
          .containsExactly(
              "GET /schedule-groups/cpt-monitoring-acme",
              "POST /schedules/shop",
              "PUT /schedules/shop",
              "POST /schedules/shop",
              "PUT /schedules/shop");
    }
  }

  @Test
  void whatIsEnsuredIsMadeOrLeftAsItIs() {
    PlannedSchedule ticks = new PlannedSchedule.ShardTicks(3);
    Deque<PlayedAws.Answer> answers = new ArrayDeque<>(List.of(DONE, DONE, THERE));
    try (PlayedAws aws = new PlayedAws(call -> answers.removeFirst())) {
      SchedulerSchedules schedules = schedules(aws);
      schedules.ensure(ticks);
      schedules.ensure(ticks);
      assertThat(aws.operations().subList(1, 3))
          .containsOnly("POST /schedules/tick-" + Samples.REGION + "-3");
      assertThat(aws.calls().get(1).body()).contains("\"cron(* * * * ? *)\"");
      assertThat(aws.calls()).hasSize(3);
    }
  }

  @Test
  void anUpdateThatMeetsAnotherOneIsRepeated() {
    Deque<PlayedAws.Answer> answers = new ArrayDeque<>(List.of(DONE, THERE, THERE, THERE, DONE));
    try (PlayedAws aws = new PlayedAws(call -> answers.removeFirst())) {
      schedules(aws).put(SHOP);
      assertThat(aws.operations().subList(1, 5))
          .containsExactly(
              "POST /schedules/shop",
              "PUT /schedules/shop",
              "PUT /schedules/shop",
              "PUT /schedules/shop");
    }
  }

  @Test
  void anUpdateThatMeetsOthersForEverMayBeRepeatedLater() {
    try (PlayedAws aws = new PlayedAws(call -> call.operation().startsWith("GET") ? DONE : THERE)) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> schedules(aws).put(SHOP))
          .withMessageContaining("scheduler:UpdateSchedule")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.THROTTLED));
    }
  }

  @Test
  void whatIsNotThereNeedNotBeRemoved() {
    try (PlayedAws aws = new PlayedAws(call -> GONE)) {
      schedules(aws).remove(SHOP.purpose());
      assertThat(aws.operations()).containsExactly("DELETE /schedules/shop");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "429, ThrottlingException, THROTTLED",
    "402, ServiceQuotaExceededException, QUOTA",
    "403, AccessDeniedException, DENIED",
    "500, InternalServerException, UNAVAILABLE",
    "400, ValidationException, BAD_REQUEST"
  })
  void b3AFailureIsToldByItsKind(int status, String name, StoreException.Kind kind) {
    try (PlayedAws aws = new PlayedAws(call -> PlayedAws.Answer.error(status, name))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> schedules(aws).remove(SHOP.purpose()))
          .withMessageContaining("scheduler:DeleteSchedule")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }
  }

  @ParameterizedTest
  @CsvSource({"\\u0001, 50000, '196,608'", "<, 60000, '262,144'"})
  void aSiteThatIsTooLargeIsNamedWithItsSizeAndNothingIsCalled(
      String character, int times, String limit) {
    // both have six bytes each: the one in any JSON, the other in an input
    PlannedSchedule planned =
        new PlannedSchedule.SiteRuns(
            Samples.site(
                "\"id\":\"large\",\"endpoint\":\"https://shop.example/\",\"http\":{\"method\":\"POST\",\"body\":\"%s\"}"
                    .formatted(character.repeat(times))));
    try (PlayedAws aws = new PlayedAws(call -> DONE)) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> schedules(aws).put(planned))
          .withMessageContaining("default/large")
          .withMessageContaining(limit)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.BAD_REQUEST));
      assertThat(aws.calls()).isEmpty();
    }
  }
}
