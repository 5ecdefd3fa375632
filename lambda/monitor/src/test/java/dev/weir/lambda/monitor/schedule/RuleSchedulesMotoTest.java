// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;

class RuleSchedulesMotoTest extends SiteSchedulesContractTest {

  @AutoClose
  @SuppressWarnings("NullAway.Init")
  private static Moto moto;

  @SuppressWarnings("NullAway.Init")
  private EventBridgeClient client;

  @BeforeAll
  static void start() {
    moto = Moto.started();
  }

  @BeforeEach
  void clean() {
    client = moto.rules(Samples.REGION);
    List<Rule> rules;
    while (!(rules = client.listRules(request -> {}).rules()).isEmpty()) {
      for (Rule rule : rules) {
        client
            .listTargetsByRule(request -> request.rule(rule.name()))
            .targets()
            .forEach(target ->
                client.removeTargets(request -> request.rule(rule.name()).ids(target.id())));
        client.deleteRule(request -> request.name(rule.name()));
      }
    }
  }

  @Override
  SiteSchedules schedules() {
    return new RuleSchedules(
        Samples.REGION,
        Samples.targets(Samples.REGION),
        "CPT_WSMon_RULE_",
        client,
        new Calls(pause -> {}, new java.util.Random(1)));
  }

  @Test
  void aRuleOfTheOriginalIsTakenOverWithItsTarget() {
    client.putRule(request ->
        request
            .name("CPT_WSMon_RULE_shop")
            .description("CPT Monitorint trigger for shop")
            .scheduleExpression("rate(2 minutes)"));
    client.putTargets(request ->
        request
            .rule("CPT_WSMon_RULE_shop")
            .targets(
                Target.builder()
                    .id("CPT_WSMon_RULE_shop_Lambda_Target")
                    .arn("arn:aws:lambda:eu-west-1:123456789012:function:cpt-monitoring")
                    .input("{\"siteId\":\"shop\"}")
                    .build()));
    assertThat(schedules().list().getFirst().purpose()).isEmpty();

    PlannedSchedule planned = planned("default", "shop");
    schedules().put(planned);

    assertThat(schedules().list()).containsExactly(schedules().form(planned));
    assertThat(client.listTargetsByRule(request -> request.rule("CPT_WSMon_RULE_shop")).targets())
        .singleElement()
        .satisfies(target -> {
          assertThat(target.arn()).endsWith(":function:cpt-monitoring:live");
          assertThat(target.inputTransformer().inputPathsMap()).containsEntry("time", "$.time");
          assertThat(target.inputTransformer().inputTemplate())
              .startsWith("{\"slot\":\"<time>\",\"region\":\"eu-west-1\",");
        });
  }

  @Test
  void rulesOfOtherPrefixesAreNotSeen() {
    client.putRule(request -> request.name("nightly").scheduleExpression("rate(1 day)"));
    assertThat(schedules().list()).isEmpty();
  }
}
