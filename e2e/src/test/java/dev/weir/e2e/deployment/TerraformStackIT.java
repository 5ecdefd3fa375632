// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.e2e.deployment.TerraformPlan.Planned;
import dev.weir.environment.Variables;
import dev.weir.lambda.monitor.settings.FunctionSettings;
import dev.weir.lambda.monitor.settings.RegionTargets;
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

  private static final List<String> TABLES =
      List.of("WEIR_HOME_REGION", "WEIR_SITES_TABLE", "WEIR_DOCUMENTS_TABLE");
  private static final List<String> SCHEDULES =
      List.of(
          "WEIR_REGIONS",
          "WEIR_SCHEDULES",
          "WEIR_SCHEDULE_GROUP_PREFIX",
          "WEIR_SCHEDULER_ROLE",
          "WEIR_SCHEDULE_DLQ",
          "WEIR_RULE_PREFIX",
          "WEIR_SHARDS");
  private static final List<String> NOTICES =
      List.of("WEIR_NOTICES", "WEIR_NOTICE_TOPIC", "WEIR_NETWORK_POLICY");
  private static final List<String> TIMESTREAM =
      List.of("TS_Database", "TS_Table", "TS_Region", "TS_Endpoint");

  /** What each function's parts ask {@code FunctionSettings} for, by the handler. */
  private static final Map<String, List<List<String>>> ASKED =
      Map.of(
          "Check",
          List.of(
              List.of("WEIR_HOME_REGION", "WEIR_DOCUMENTS_TABLE", "WEIR_RESULTS_QUEUE"),
              List.of("TS_Database", "TS_Table", "WEIR_RECORD_LAYOUT"),
              List.of("WEIR_NETWORK_POLICY", "WEIR_ANCHORS", "WEIR_CONCURRENCY")),
          "Tick",
          List.of(TABLES, List.of("WEIR_REGIONS")),
          "Configuration",
          List.of(TABLES, SCHEDULES),
          "Reconcile",
          List.of(TABLES, SCHEDULES),
          "Writer",
          List.of(TABLES, TIMESTREAM, NOTICES),
          "Rollup",
          List.of(TABLES, TIMESTREAM, NOTICES),
          "Notice",
          List.of(TABLES, NOTICES),
          "Sites",
          List.of(TABLES));

  @TempDir private static Path folder;
  private static TerraformProgram terraform;
  private static TerraformPlan plan;

  @BeforeAll
  static void plan() throws IOException {
    terraform = TerraformProgram.of("monitoring", folder.resolve("monitoring"));
    plan = terraform.plan(given(terraform, folder));
  }

  /** What the tests ask for: two regions and two customers. */
  static Map<String, String> given(TerraformProgram terraform, Path folder) throws IOException {
    Path zip = Files.writeString(folder.resolve("functions.zip"), "stands for the zip");
    Map<String, String> given =
        new HashMap<>(Map.of("archive", zip.toString(), "second_region", "us-east-1"));
    given.put("customers", "{\"acme\":{\"memory_hours\":24,\"magnetic_days\":400}}");
    if (terraform.providerIsOld()) {
      given.put("runtime", "java21");
    }
    return given;
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
  void aCustomerHasADatabaseAndItsOwnRetention() {
    assertThat(plan.at("aws_timestreamwrite_database.customer[\"acme\"]").text("database_name"))
        .isEqualTo("CPTMonitoring-acme");
    assertThat(plan.at("aws_timestreamwrite_table.results[\"acme\"]").block("retention_properties"))
        .containsEntry("memory_store_retention_period_in_hours", 24)
        .containsEntry("magnetic_store_retention_period_in_days", 400);
    assertThat(plan.at("aws_timestreamwrite_table.hourly[\"acme\"]").text("table_name"))
        .isEqualTo("WebsiteMonitoringHourly");
    assertThat(plan.ofType("aws_scheduler_schedule_group"))
        .extracting(group -> group.text("name"))
        .as("customers' groups are made by the functions")
        .containsExactly("cpt-monitoring");
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
  void everyFunctionIsToldWhatItAsksFor() {
    assertThat(plan.ofType("aws_lambda_function"))
        .extracting(TerraformStackIT::handler)
        .containsOnlyOnceElementsOf(
            List.of("Configuration", "Reconcile", "Writer", "Rollup", "Notice", "Sites"))
        .contains("Check", "Tick");
    for (Planned function : plan.ofType("aws_lambda_function")) {
      assertThat(variables(function))
          .as(function.address())
          .containsKey("LOG_LEVEL")
          .containsKeys(
              ASKED.get(handler(function)).stream().flatMap(List::stream).toArray(String[]::new));
    }
  }

  @Test
  void whatFunctionsAreToldOfRegionsIsWhatTheirSettingsRead() {
    for (String name : List.of("module.configuration", "module.reconcile")) {
      assertThat(settings(name).regions()).containsOnlyKeys("eu-west-1", "us-east-1");
      assertThat(settings(name).scheduleDeadLetters()).containsOnlyKeys("eu-west-1", "us-east-1");
    }
    assertThat(settings("module.second[0].module.tick").regions())
        .isEqualTo(
            Map.of(
                "us-east-1",
                new RegionTargets(
                    "arn:aws:lambda:us-east-1:111122223333:function:cpt-monitoring:live",
                    "arn:aws:lambda:us-east-1:111122223333:function:cpt-monitoring-tick:live",
                    "https://sqs.us-east-1.amazonaws.com/111122223333/cpt-monitoring-orders")));
    assertThat(settings("module.home.module.tick").regions()).containsOnlyKeys("eu-west-1");
    assertThat(settings("module.second[0].module.check").resultsQueue())
        .isEqualTo("https://sqs.eu-west-1.amazonaws.com/111122223333/cpt-monitoring-results");
  }

  /** What has no text is as if it were not there, as in Lambda. */
  private static FunctionSettings settings(String module) {
    return new FunctionSettings(
        new Variables(variables(plan.at(module + ".aws_lambda_function.this"))));
  }

  static Map<String, String> variables(Planned function) {
    Map<String, String> variables = new HashMap<>();
    Shape.map(function.block("environment").get("variables"))
        .forEach((name, value) -> variables.put(name, Shape.text(value)));
    return variables;
  }

  /** Five bad minutes in a row never come about where a call comes once an hour. */
  @Test
  void oneErrorIsToldWhereCallsAreSeldom() {
    for (String function : List.of("reconcile", "rollup", "configuration", "sites")) {
      for (String alarm : List.of("errors", "throttles")) {
        assertThat(
                plan.at("module.%s.aws_cloudwatch_metric_alarm.%s".formatted(function, alarm))
                    .values())
            .containsEntry("datapoints_to_alarm", 1)
            .containsEntry("evaluation_periods", 60);
      }
    }
    assertThat(plan.at("module.writer.aws_cloudwatch_metric_alarm.errors").values())
        .containsEntry("datapoints_to_alarm", 5)
        .containsEntry("evaluation_periods", 5);
  }

  /** What failed once comes back after the visibility timeout: that alone is no alarm. */
  @Test
  void queuesMayBeAsOldAsOneFailureMakesThem() {
    for (String queue : List.of("module.results", "module.home.module.orders")) {
      int age =
          ((Number) plan.at(queue + ".aws_cloudwatch_metric_alarm.age").values().get("threshold"))
              .intValue();
      int hidden =
          ((Number)
                  plan.at(queue + ".aws_sqs_queue.main").values().get("visibility_timeout_seconds"))
              .intValue();
      assertThat(age).as(queue).isEqualTo(hidden + 300);
    }
  }

  private static String handler(Planned function) {
    return function.text("handler").replaceAll(".*\\.|Handler::.*", "");
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
  }

  @Test
  void theApiLetsInWhoSigns() {
    assertThat(plan.ofType("aws_apigatewayv2_route"))
        .hasSize(4)
        .allSatisfy(
            route -> assertThat(route.values()).containsEntry("authorization_type", "AWS_IAM"));
  }
}
