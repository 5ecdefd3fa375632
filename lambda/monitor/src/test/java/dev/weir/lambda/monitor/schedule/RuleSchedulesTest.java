// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RuleSchedulesTest {

  private static final PlannedSchedule SHOP =
      new PlannedSchedule.SiteRuns(Samples.site("default", "shop", "1m"));

  private final List<Long> pauses = new java.util.ArrayList<>();
  private final Calls calls = new Calls(pause -> pauses.add(pause.toMillis()), new Random(1));

  private RuleSchedules rules(PlayedAws aws) {
    return new RuleSchedules(
        Samples.REGION,
        Samples.targets(Samples.REGION),
        "CPT_WSMon_RULE_",
        Moto.rules(aws.endpoint(), Samples.REGION),
        calls);
  }

  @Test
  void b3ATargetThatIsRefusedByItselfIsPutAgainAndThenTold() {
    Deque<Integer> failures = new ArrayDeque<>(List.of(1, 0, 1, 1, 1));
    try (PlayedAws aws =
        new PlayedAws(call ->
            switch (call.operation()) {
              case "PutTargets" -> {
                int failed = failures.removeFirst();
                yield PlayedAws.Answer.ok(
                    failed == 0
                        ? "{\"FailedEntryCount\":0,\"FailedEntries\":[]}"
                        : "{\"FailedEntryCount\":1,\"FailedEntries\":[{\"TargetId\":\"weir\","
                            + "\"ErrorCode\":\"ConcurrentModificationException\","
                            + "\"ErrorMessage\":\"later\"}]}");
              }
              case "ListTargetsByRule" -> PlayedAws.Answer.ok("{\"Targets\":[]}");
              default -> PlayedAws.Answer.ok("{}");
            })) {
      rules(aws).put(SHOP);
      assertThat(aws.operations())
          .containsExactly("PutRule", "PutTargets", "PutTargets", "ListTargetsByRule");

      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> rules(aws).put(SHOP))
          .withMessageContaining("CPT_WSMon_RULE_shop")
          .withMessageContaining("ConcurrentModificationException later")
          .satisfies(e -> assertThat(e.kind().retryable()).isTrue());
    }
  }

  @Test
  void b5TargetsAndRulesAreReadToTheLastPage() {
    try (PlayedAws aws =
        new PlayedAws(call ->
            switch (call.operation()) {
              case "ListRules" ->
                  PlayedAws.Answer.ok(
                      call.body().contains("NextToken")
                          ? "{\"Rules\":[{\"Name\":\"CPT_WSMon_RULE_b\",\"State\":\"ENABLED\"}]}"
                          : "{\"Rules\":[{\"Name\":\"CPT_WSMon_RULE_a\",\"State\":\"ENABLED\"}],"
                              + "\"NextToken\":\"more\"}");
              case "ListTargetsByRule" ->
                  PlayedAws.Answer.ok(
                      call.body().contains("NextToken")
                          ? "{\"Targets\":[{\"Id\":\"second\",\"Arn\":\"arn:2\"}]}"
                          : "{\"Targets\":[{\"Id\":\"first\",\"Arn\":\"arn:1\"}],"
                              + "\"NextToken\":\"more\"}");
              default -> PlayedAws.Answer.ok("{\"FailedEntryCount\":0}");
            })) {
      assertThat(rules(aws).list())
          .extracting(FoundSchedule::place)
          .containsExactly("CPT_WSMon_RULE_a", "CPT_WSMon_RULE_b");
      assertThat(rules(aws).list())
          .allSatisfy(found -> assertThat(found.asks()).contains("first", "second"));

      rules(aws).remove(SHOP.purpose());
      assertThat(aws.calls())
          .filteredOn(call -> call.operation().equals("RemoveTargets"))
          .singleElement()
          .satisfies(call -> assertThat(call.body()).contains("first", "second"));
      assertThat(aws.operations()).endsWith("RemoveTargets", "DeleteRule");
    }
  }

  @Test
  void b5AFullBusIsToldWithItsWayOut() {
    try (PlayedAws aws =
        new PlayedAws(call -> PlayedAws.Answer.error(400, "LimitExceededException"))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> rules(aws).put(SHOP))
          .withMessageContaining("default/shop")
          .withMessageContaining("300")
          .withMessageContaining("WEIR_SCHEDULES=scheduler")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.QUOTA));
    }
  }

  @Test
  void aSiteThatIsTooLargeForATemplateIsNamedWithItsSizeAndNothingIsCalled() {
    String large = "x".repeat(RuleSchedules.TEMPLATE_CHARACTERS_MAX);
    PlannedSchedule planned =
        new PlannedSchedule.SiteRuns(
            Samples.site(
                "\"id\":\"large\",\"endpoint\":\"https://shop.example/\",\"http\":{\"method\":\"POST\",\"body\":\"%s\"}"
                    .formatted(large)));
    try (PlayedAws aws = new PlayedAws(call -> PlayedAws.Answer.ok("{}"))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> rules(aws).put(planned))
          .withMessageContaining("default/large")
          .withMessageContaining("8,192")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.BAD_REQUEST));
      assertThat(aws.calls()).isEmpty();
    }
  }

  @Test
  void aThrottledCallWaitsLongerEachTimeAndIsCounted() {
    try (PlayedAws aws =
        new PlayedAws(call -> PlayedAws.Answer.error(400, "ThrottlingException"))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> rules(aws).list())
          .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.THROTTLED));
    }
    assertThat(calls.counts()).containsEntry("events:ListRules", 5L);
    assertThat(pauses).hasSize(4).allSatisfy(pause -> assertThat(pause).isBetween(100L, 5_000L));
    assertThat(pauses.getLast()).isGreaterThanOrEqualTo(800L);
  }
}
