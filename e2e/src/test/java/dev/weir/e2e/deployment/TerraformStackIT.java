// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.deployment.TerraformPlan.Planned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/monitoring} as Terraform plans it, for two regions and two customers. */
class TerraformStackIT {

  /** What has no resource that could be named (service authorization reference). */
  private static final Set<String> WITHOUT_RESOURCES =
      Set.of(
          "dynamodb:ListStreams",
          "scheduler:ListSchedules",
          "scheduler:ListScheduleGroups",
          "events:ListRules",
          "timestream:DescribeEndpoints",
          "timestream:CancelQuery");

  @TempDir private static Path folder;
  private static TerraformProgram terraform;
  private static Map<String, String> variables;
  private static TerraformPlan plan;

  @BeforeAll
  static void plan() throws IOException {
    terraform = TerraformProgram.of("monitoring", folder.resolve("monitoring"));
    Path zip = Files.writeString(folder.resolve("functions.zip"), "stands for the zip");
    variables = new HashMap<>(Map.of("archive", zip.toString(), "second_region", "us-east-1"));
    variables.put("customers", "{\"acme\":{\"memory_hours\":24,\"magnetic_days\":400}}");
    if (terraform.providerIsOld()) {
      variables.put("runtime", "java21");
    }
    plan = terraform.plan(variables);
  }

  @AfterAll
  static void close() {
    if (terraform != null) {
      terraform.close();
    }
  }

  @Test
  void namesThingsAsTheOriginalDid() {
    assertThat(plan.at("aws_dynamodb_table.sites").values())
        .containsEntry("name", "WSMonitoringConfig")
        .containsEntry("hash_key", "SiteId")
        .containsEntry("billing_mode", "PAY_PER_REQUEST");
    assertThat(names("aws_lambda_function", "function_name"))
        .contains("cpt-monitoring", "cpt-monitoring-configuration");
    assertThat(plan.at("module.configuration.aws_lambda_alias.this").text("name"))
        .isEqualTo("cpt_configuration_latest");
    assertThat(names("aws_iam_role", "name"))
        .contains("CPT-Lambda-WebsiteMonitoring", "CPT-Lambda-WebsiteMonitoringConfiguration");
    assertThat(names("aws_iam_role_policy", "name"))
        .contains("CPT-Pol-MonitoringAdditional", "CPT-Pol-MonitoringCFGAdditional");
    assertThat(plan.at("aws_timestreamwrite_table.results[\"default\"]").values())
        .containsEntry("database_name", "CPTMonitoring")
        .containsEntry("table_name", "WebsiteMonitoringData");
  }

  private static List<String> names(String type, String field) {
    return plan.ofType(type).stream().map(each -> each.text(field)).toList();
  }

  @Test
  void tablesStreamEachChangeAndCanBeBroughtBack() {
    assertThat(plan.at("aws_dynamodb_table.sites").values())
        .containsEntry("stream_enabled", true)
        .containsEntry("stream_view_type", "NEW_AND_OLD_IMAGES");
    assertThat(plan.ofType("aws_dynamodb_table"))
        .hasSize(2)
        .allSatisfy(table -> {
          assertThat(table.block("point_in_time_recovery")).containsEntry("enabled", true);
          assertThat(table.block("server_side_encryption")).containsEntry("enabled", true);
          assertThat(table.values()).containsEntry("deletion_protection_enabled", true);
        });
    assertThat(plan.at("aws_dynamodb_table.documents").block("ttl"))
        .containsEntry("attribute_name", "expires")
        .containsEntry("enabled", true);
  }

  @Test
  void theStreamIsReadFromItsBeginningAndGivesUpOneRecordAtATime() {
    Planned mapping = plan.at("aws_lambda_event_source_mapping.sites");
    assertThat(mapping.values())
        .containsEntry("starting_position", "TRIM_HORIZON")
        .containsEntry("function_response_types", List.of("ReportBatchItemFailures"))
        .containsEntry("bisect_batch_on_function_error", true)
        .containsEntry("maximum_retry_attempts", 8)
        .containsEntry("maximum_record_age_in_seconds", 21_600);
    assertThat(mapping.block("destination_config").get("on_failure"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(1);
  }

  @Test
  void queuesGiveBackWhatFailedAndBoundTheirReaders() {
    assertThat(plan.ofType("aws_lambda_event_source_mapping"))
        .hasSize(4)
        .allSatisfy(mapping ->
            assertThat(mapping.values())
                .containsEntry("function_response_types", List.of("ReportBatchItemFailures")));
    assertThat(plan.at("aws_lambda_event_source_mapping.results").block("scaling_config"))
        .containsEntry("maximum_concurrency", 10);
    assertThat(
            plan.at("module.home.aws_lambda_event_source_mapping.orders").block("scaling_config"))
        .containsEntry("maximum_concurrency", 50);
  }

  /** A queue that is a last resort has none behind it; an alarm tells of each message there. */
  @Test
  void everyQueueHasADeadLetterQueueOrIsOneWithAnAlarm() {
    Set<Object> alarmed =
        plan.ofType("aws_cloudwatch_metric_alarm").stream()
            .filter(alarm -> isOne(alarm.values().get("threshold")))
            .map(alarm -> Shape.map(alarm.values().get("dimensions")).get("QueueName"))
            .filter(name -> name != null)
            .collect(Collectors.toSet());
    List<Planned> queues = plan.ofType("aws_sqs_queue");
    assertThat(queues).hasSize(9);
    for (Planned queue : queues) {
      String name = queue.text("name");
      if (name.matches(".*-(dead|stream-failures|schedule-failures)")) {
        assertThat(alarmed).as("alarms on messages").contains(name);
        assertThat(queue.values()).containsEntry("message_retention_seconds", 1_209_600);
      } else {
        String dead = queue.address().replaceFirst("main$", "dead");
        assertThat(plan.at(dead).text("name")).isEqualTo(name + "-dead");
      }
    }
  }

  private static boolean isOne(@Nullable Object value) {
    return value instanceof Number number && number.intValue() == 1;
  }

  @Test
  void aCustomerHasADatabaseAGroupInEachRegionAndItsOwnRetention() {
    assertThat(plan.at("aws_timestreamwrite_database.customer[\"acme\"]").text("database_name"))
        .isEqualTo("CPTMonitoring-acme");
    assertThat(plan.at("aws_timestreamwrite_table.results[\"acme\"]").block("retention_properties"))
        .containsEntry("memory_store_retention_period_in_hours", 24)
        .containsEntry("magnetic_store_retention_period_in_days", 400);
    assertThat(plan.at("aws_timestreamwrite_table.hourly[\"acme\"]").text("table_name"))
        .isEqualTo("WebsiteMonitoringHourly");
    assertThat(plan.ofType("aws_scheduler_schedule_group"))
        .extracting(group -> group.text("name"))
        .containsExactlyInAnyOrder(
            "cpt-monitoring",
            "cpt-monitoring-default",
            "cpt-monitoring-default",
            "cpt-monitoring-acme",
            "cpt-monitoring-acme");
    assertThat(plan.ofType("aws_kms_key"))
        .as("home, each region, each customer")
        .hasSize(5)
        .allSatisfy(key -> assertThat(key.values()).containsEntry("enable_key_rotation", true));
  }

  @Test
  void everyFunctionStartsFromASnapshotAndIsCalledByAnAlias() {
    List<Planned> functions = plan.ofType("aws_lambda_function");
    assertThat(functions).hasSize(10);
    for (Planned function : functions) {
      assertThat(function.block("snap_start")).containsEntry("apply_on", "PublishedVersions");
      assertThat(function.values()).containsEntry("publish", true);
      assertThat(plan.at(function.address().replace("aws_lambda_function", "aws_lambda_alias")))
          .isNotNull();
      assertThat(function.text("handler"))
          .matches("dev\\.weir\\.lambda\\.monitor\\.[A-Z]\\w+Handler::handleRequest");
    }
    assertThat(plan.ofType("aws_cloudwatch_log_group"))
        .hasSize(11)
        .allSatisfy(log -> assertThat(log.values()).containsEntry("retention_in_days", 30));
  }

  @Test
  void noPolicyAllowsWhatCouldBeNamedOnEverything() {
    Map<String, List<Grant>> grants = plan.grants();
    assertThat(grants).hasSizeGreaterThan(20);
    grants.forEach((policy, allowed) ->
        assertThat(allowed)
            .as(policy)
            .isNotEmpty()
            .allSatisfy(grant -> {
              assertThat(grant.action()).doesNotContain("*");
              if (!WITHOUT_RESOURCES.contains(grant.action())) {
                assertThat(grant.resource())
                    .startsWith("arn:aws:")
                    .contains(TerraformProgram.ACCOUNT);
              }
            }));
  }

  /** A name of which only the end is open: a stream's moment, a customer's group, a log's parts. */
  @Test
  void whatIsOpenInAnArnIsItsEnd() {
    assertThat(plan.grants().values().stream().flatMap(List::stream).map(Grant::resource))
        .filteredOn(resource -> resource.contains("*") && !resource.equals("*"))
        .isNotEmpty()
        .allMatch(resource ->
            resource.matches(
                "arn:aws:(dynamodb:[^*]*:table/WSMonitoringConfig/stream/\\*"
                    + "|scheduler:[^*]*:schedule/cpt-monitoring-\\*/\\*"
                    + "|scheduler:[^*]*:schedule-group/cpt-monitoring-\\*"
                    + "|logs:[^*]*:log-group:/aws/lambda/cpt-monitoring[a-z-]*:\\*)"));
  }

  @Test
  void theRoleOfSchedulesIsPassedToTheSchedulerAlone() {
    List<Object> statements =
        Shape.list(
            plan.at(
                    "module.configuration.aws_iam_role_policy.work[\"CPT-Pol-MonitoringCFGAdditional\"]")
                .document("policy")
                .get("Statement"));
    assertThat(statements.stream().map(Shape::map))
        .filteredOn(statement -> Shape.list(statement.get("Action")).contains("iam:PassRole"))
        .singleElement()
        .satisfies(statement -> {
          assertThat(statement.get("Resource"))
              .isEqualTo(
                  "arn:aws:iam::%s:role/CPT-Scheduler-WebsiteMonitoring"
                      .formatted(TerraformProgram.ACCOUNT));
          assertThat(statement.get("Condition"))
              .isEqualTo(
                  Map.of("StringEquals", Map.of("iam:PassedToService", "scheduler.amazonaws.com")));
        });
  }

  @Test
  void whoeverTrustsAServiceTrustsItForThisAccountAlone() {
    assertThat(plan.ofType("aws_iam_role"))
        .hasSize(11)
        .allSatisfy(role ->
            assertThat(role.text("assume_role_policy"))
                .contains("\"aws:SourceAccount\":\"" + TerraformProgram.ACCOUNT + "\""));
    assertThat(plan.ofType("aws_lambda_permission"))
        .isNotEmpty()
        .allSatisfy(permission ->
            assertThat(permission.values())
                .containsEntry("source_account", TerraformProgram.ACCOUNT));
  }

  @Test
  void theApiLetsInWhoSigns() {
    assertThat(plan.ofType("aws_apigatewayv2_route"))
        .hasSize(4)
        .allSatisfy(
            route -> assertThat(route.values()).containsEntry("authorization_type", "AWS_IAM"));
  }

  @Test
  void withRulesTheRightsAreThoseOfRules() {
    Map<String, String> rules = new HashMap<>(variables);
    rules.put("schedules", "rules");
    TerraformPlan plan = terraform.plan(rules);
    assertThat(plan.grants().get("module.reconcile.aws_iam_role_policy.work[\"calls\"]"))
        .extracting(Grant::action)
        .contains("events:PutRule", "events:ListRules")
        .noneMatch(action -> action.startsWith("scheduler:") || action.equals("iam:PassRole"));
    assertThat(plan.ofType("aws_lambda_permission")).hasSize(5);
  }

  @Test
  void aWeirInPlaceOfTimestreamNeedsNoRightsThere() {
    Map<String, String> own = new HashMap<>(variables);
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
    Map<String, String> wrong = new HashMap<>(variables);
    wrong.put("schedules", "cron");
    wrong.put("customers", "{\"a/b\":{\"memory_hours\":9000}}");
    wrong.put("timestream_endpoint", "weir.example.com");
    wrong.put("alarm_topics", "{\"eu-west-1\":\"arn:aws:sns:us-east-1:111122223333:a\"}");
    wrong.put("functions", "{\"checker\":{\"memory\":1}}");
    wrong.put("check_secrets", "{\"TOKEN\":\"x\"}");
    wrong.put("shards", "0");
    TerraformProgram.Result result = terraform.tryPlan(wrong);
    assertThat(result.status()).isNotZero();
    assertThat(result.output().replaceAll("[│╷╵\\s]+", " "))
        .contains(
            "schedules must be scheduler or rules",
            "A customer's name must be",
            "Retention must be",
            "timestream_endpoint must be a URL",
            "alarm_topics must name a topic of each region",
            "functions may name check",
            "must begin with WEIR_SECRET_",
            "shards must be a whole number");
  }
}
