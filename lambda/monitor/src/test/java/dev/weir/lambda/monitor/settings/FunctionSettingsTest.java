// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.environment.Variables;
import dev.weir.monitor.record.CheckTables;
import dev.weir.monitor.record.RecordLayout;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionSettingsTest {

  @Test
  void whatIsNotSaidIsAsTheOriginalHadIt() {
    FunctionSettings settings =
        new FunctionSettings(new Variables(Map.of("AWS_REGION", "eu-west-1")));

    assertThat(settings.tables()).isEqualTo(CheckTables.ORIGINAL);
    assertThat(settings.sitesTable()).isEqualTo("WSMonitoringConfig");
    assertThat(settings.timestreamEndpoint()).isEmpty();
    assertThat(settings.timestreamRegion()).isEqualTo("eu-west-1");
    assertThat(settings.homeRegion()).isEqualTo("eu-west-1");
    assertThat(settings.recordLayout()).isEqualTo(RecordLayout.CHECK);
    assertThat(settings.shards()).isEqualTo(4);
    assertThat(settings.concurrency()).isEqualTo(100);
  }

  @Test
  void aVariableThatIsMissingOrWrongIsNamed() {
    FunctionSettings settings = new FunctionSettings(new Variables(Map.of("WEIR_SHARDS", "0")));

    assertThatIllegalArgumentException()
        .isThrownBy(settings::resultsQueue)
        .withMessageContaining("WEIR_RESULTS_QUEUE");
    assertThatIllegalArgumentException()
        .isThrownBy(settings::shards)
        .withMessageContaining("WEIR_SHARDS")
        .withMessageContaining("1 to 1000");
  }

  private static final String FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:";

  private static FunctionSettings regions(String text) {
    return new FunctionSettings(new Variables(Map.of("WEIR_REGIONS", text)));
  }

  @Test
  void aRegionHasItsFunctionsAndItsQueue() {
    FunctionSettings settings =
        regions(
            """
            {"eu-west-1": {"check": "%scheck:live", "tick": "%stick:live",
              "orders": "https://sqs.example/orders", "later": "unknown"}}
            """
                .formatted(FUNCTION, FUNCTION));
    assertThat(settings.regions())
        .isEqualTo(
            Map.of(
                "eu-west-1",
                new RegionTargets(
                    FUNCTION + "check:live",
                    FUNCTION + "tick:live",
                    "https://sqs.example/orders")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"eu-west-1\": {}",
        "{\"eu-west-1\": {}}",
        "{\"eu-west-1\": \"text\"}",
        "{\"eu-west-1\": {\"check\": 1}}"
      })
  void regionsThatAreNoneAreRefusedByName(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> regions(text).regions())
        .withMessageContaining("WEIR_REGIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:lambda:eu-west-1:123456789012:function:check",
        "arn:aws:lambda:eu-west-1:123456789012:function:check:$LATEST",
        "arn:aws:lambda:us-east-1:123456789012:function:check:live",
        "arn:aws:sqs:eu-west-1:123456789012:check"
      })
  void b13SchedulesCallAnAliasOfTheirRegionAndNothingElse(String check) {
    FunctionSettings settings =
        regions(
            "{\"eu-west-1\": {\"check\": \"%s\", \"tick\": \"%stick:live\"}}"
                .formatted(check, FUNCTION));
    assertThatIllegalArgumentException()
        .isThrownBy(settings::regions)
        .withMessageContaining("check of eu-west-1")
        .withMessageContaining(check);
  }

  @Test
  void schedulesAreOfEventBridgeSchedulerUnlessRulesAreAskedFor() {
    FunctionSettings unsaid = new FunctionSettings(new Variables(Map.of()));
    assertThat(unsaid.schedules()).isEqualTo(FunctionSettings.ScheduleKind.SCHEDULER);
    assertThat(unsaid.scheduleGroupPrefix()).isEqualTo("cpt-monitoring-");
    assertThat(unsaid.rulePrefix()).isEqualTo("CPT_WSMon_RULE_");
    assertThat(unsaid.scheduleDeadLetters()).isEmpty();

    FunctionSettings said =
        new FunctionSettings(
            new Variables(
                Map.of(
                    "WEIR_SCHEDULES", "rules", "WEIR_SCHEDULE_DLQ", "{\"eu-west-1\": \"arn:q\"}")));
    assertThat(said.schedules()).isEqualTo(FunctionSettings.ScheduleKind.RULES);
    assertThat(said.scheduleDeadLetters()).isEqualTo(Map.of("eu-west-1", "arn:q"));
  }

  @Test
  void whatAWeirServeKnowsTheFunctionByGoesTogetherAndIsNotShown() {
    Map<String, String> both =
        Map.of("TS_AccessKeyId", "weir", "TS_SecretAccessKey", "hush-hush", "WEIR_NOTICES", "x");
    FunctionSettings settings = new FunctionSettings(new Variables(both));

    assertThat(settings.timestreamCredentials().orElseThrow().accessKeyId()).isEqualTo("weir");
    assertThat(settings.toString()).contains("TS_SecretAccessKey").doesNotContain("hush");
    assertThat(new FunctionSettings(new Variables(Map.of())).timestreamCredentials()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new FunctionSettings(new Variables(Map.of("TS_AccessKeyId", "weir")))
                .timestreamCredentials())
        .withMessageContaining("TS_SecretAccessKey");
  }
}
