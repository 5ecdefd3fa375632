// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the variables of {@code deploy/monitoring} change, and which of their values are refused.
 */
class TerraformVariablesIT {

  @TempDir private static Path folder;
  private static TerraformProgram terraform;
  private static Map<String, String> given;

  @BeforeAll
  static void copy() throws IOException {
    terraform = TerraformProgram.of("monitoring", folder.resolve("monitoring"));
    given = TerraformStackIT.given(terraform, folder);
  }

  @AfterAll
  static void close() {
    if (terraform != null) {
      terraform.close();
    }
  }

  @Test
  void withRulesTheRightsAreThoseOfRules() {
    Map<String, String> rules = new HashMap<>(given);
    rules.put("schedules", "rules");
    TerraformPlan plan = terraform.plan(rules);
    assertThat(plan.grants().get("module.reconcile.aws_iam_role_policy.work[\"calls\"]"))
        .extracting(Grant::action)
        .contains("events:PutRule", "events:ListRules")
        .noneMatch(action -> action.startsWith("scheduler:") || action.equals("iam:PassRole"));
    assertThat(plan.ofType("aws_lambda_permission"))
        .filteredOn(permission -> permission.text("principal").equals("events.amazonaws.com"))
        .hasSize(4)
        .allSatisfy(permission ->
            assertThat(permission.values())
                .containsEntry("source_account", TerraformProgram.ACCOUNT));
  }

  @Test
  void aWeirInPlaceOfTimestreamNeedsNoRightsThere() {
    Map<String, String> own = new HashMap<>(given);
    own.put("timestream_endpoint", "https://weir.example.com");
    own.put("timestream_access_key_id", "WEIRMONITORING00001");
    own.put("timestream_secret_access_key", "secret");
    TerraformPlan plan = terraform.plan(own);
    assertThat(plan.grants().values().stream().flatMap(List::stream))
        .extracting(Grant::action)
        .noneMatch(action -> action.startsWith("timestream:"));
    assertThat(plan.ofType("aws_kms_key")).as("none for customers").hasSize(3);
  }

  /** Terraform tells of all of them at once. */
  @Test
  void mistakesAreRefusedBeforeAnythingIsMade() {
    Map<String, String> wrong = new HashMap<>();
    wrong.put("schedules", "cron");
    wrong.put("customers", "{\"a/b\":{\"memory_hours\":9000}}");
    wrong.put("timestream_endpoint", "weir.example.com");
    wrong.put("alarm_topics", "{\"eu-west-1\":\"arn:aws:sns:us-east-1:111122223333:a\"}");
    wrong.put("functions", "{\"checker\":{\"memory\":1},\"writer\":{\"timeout\":15}}");
    wrong.put("check_secrets", "{\"TOKEN\":\"x\"}");
    wrong.put("notice_secrets", "{\"HOOK\":\"x\"}");
    wrong.put("notice_topics", "[\"incidents\"]");
    wrong.put("notices", "é".repeat(1_501));
    wrong.put("concurrent_orders", "1");
    wrong.put("concurrent_writers", "1001");
    wrong.put("runs_at_a_time", "501");
    wrong.put("shards", "0");
    assertThat(errors(wrong))
        .contains(
            "schedules must be scheduler or rules",
            "A customer's name must be",
            "Retention must be",
            "timestream_endpoint must be a URL",
            "alarm_topics must name a topic of each region",
            "functions may name check",
            "timeout of the writer must be more than 15 s",
            "names of check_secrets must begin with WEIR_SECRET_",
            "names of notice_secrets must begin with WEIR_SECRET_",
            "notice_topics must be ARNs",
            "notices must have at most 3000 bytes",
            "concurrent_orders must be a whole number from 2",
            "concurrent_writers must be a whole number from 2 to 1000",
            "runs_at_a_time must be a whole number from 1 to 500",
            "shards must be a whole number");
  }

  /** Found when a plan is made, which values that are wrong by themselves prevent. */
  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThat(errors(Map.of("third_region", "us-east-1")))
        .contains("region, second_region and third_region must differ");
    String secret = "{\"WEIR_SECRET_LONG\":\"%s\"}";
    assertThat(errors(Map.of("check_secrets", secret.formatted("x".repeat(3_800)))))
        .contains("those of cpt-monitoring are more");
    assertThat(errors(Map.of("check_secrets", secret.formatted("x".repeat(3_600))))).isEmpty();
  }

  /** What Terraform has against these values; empty where it plans. */
  private static String errors(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(given);
    all.putAll(values);
    TerraformProgram.Result result = terraform.tryPlan(all);
    return result.status() == 0
        ? ""
        : result.output().replaceAll("[│╷╵\\s]+", " ").replaceFirst(".*? Error: ", "");
  }

  @Test
  void whoIsToldOfIncidentsIsSaidAndMayBeTold() {
    Map<String, String> told = new HashMap<>(given);
    String topic = "arn:aws:sns:eu-west-1:%s:acme".formatted(TerraformProgram.ACCOUNT);
    told.put("notice_topics", "[\"%s\"]".formatted(topic));
    told.put("notice_secrets", "{\"WEIR_SECRET_HOOK\":\"token\"}");
    TerraformPlan plan = terraform.plan(told);
    assertThat(plan.grants().get("module.notices.aws_iam_role_policy.work[\"calls\"]"))
        .contains(new Grant("sns:Publish", topic));
    for (String name : List.of("module.writer", "module.rollup", "module.notices")) {
      assertThat(TerraformStackIT.variables(plan.at(name + ".aws_lambda_function.this")))
          .containsEntry("WEIR_SECRET_HOOK", "token");
    }
  }
}
