// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The stack of {@code deploy/serverless}, as its defaults and other values make it. */
class ServerlessStackTest {

  private final Template template = Template.in("serverless");

  /** Scripts that deploy the AWS connector's template deploy this one unchanged. */
  @Test
  void hasTheParametersOfTheAwsConnectorWithTheirDefaults() {
    Map<String, String> defaults = new TreeMap<>();
    template
        .parameters()
        .forEach((name, parameter) -> defaults.put(name, parameter.defaultValue().orElse("")));
    assertThat(defaults)
        .containsAllEntriesOf(
            Map.ofEntries(
                Map.entry("APIGatewayStageName", "dev"),
                Map.entry("MemorySize", "512"),
                Map.entry("ApiGatewayTimeoutInMillis", "30000"),
                Map.entry("EnableSigV4Auth", "true"),
                Map.entry("LambdaTimeoutInSeconds", "30"),
                Map.entry("ReadThrottlingBurstLimit", "1200"),
                Map.entry("WriteThrottlingBurstLimit", "1200"),
                Map.entry("DefaultDatabase", "PrometheusDatabase"),
                Map.entry("DefaultTable", "PrometheusMetricsTable"),
                Map.entry("ExecutionPolicyName", "LambdaExecutionPolicy"),
                Map.entry("LogLevel", "info")));
  }

  @Test
  void givesTheUrlsOfItsStage() {
    Stack stack = template.stack(Map.of("APIGatewayStageName", "prod", "DefaultTable", "metrics"));
    assertThat(stack.output("InvokeWriteURL"))
        .isEqualTo("https://{Api}.execute-api.us-west-2.amazonaws.com/prod/write");
    assertThat(stack.output("InvokeReadURL"))
        .isEqualTo("https://{Api}.execute-api.us-west-2.amazonaws.com/prod/read");
    assertThat(stack.output("DefaultDatabase")).isEqualTo("PrometheusDatabase");
    assertThat(stack.output("DefaultTable")).isEqualTo("metrics");
  }

  @Test
  void asksForSignaturesUnlessToldOtherwise() {
    assertThat(authorization(Map.of())).containsOnly("AWS_IAM");
    assertThat(authorization(Map.of("EnableSigV4Auth", "false"))).containsOnly("NONE");
    assertThat(template.stack(Map.of("EnableSigV4Auth", "false")).environment("Function"))
        .containsEntry("enable_sigv4_auth", "false");
  }

  private List<String> authorization(Map<String, String> arguments) {
    Map<String, Map<String, Object>> routes =
        template.stack(arguments).ofType("AWS::ApiGatewayV2::Route");
    assertThat(routes).hasSize(2);
    return routes.values().stream()
        .map(route -> Shape.text(Shape.map(route.get("Properties")).get("AuthorizationType")))
        .toList();
  }

  @Test
  void carriesBothRoutesToTheAliasWithTheirOwnLimits() {
    Stack stack =
        template.stack(Map.of("WriteThrottlingBurstLimit", "50", "ReadThrottlingBurstLimit", "7"));
    assertThat(stack.properties("WriteRoute")).containsEntry("RouteKey", "POST /write");
    assertThat(stack.properties("ReadRoute")).containsEntry("RouteKey", "POST /read");
    assertThat(stack.properties("Integration"))
        .containsEntry("PayloadFormatVersion", "2.0")
        .containsEntry("IntegrationUri", "{FunctionAliaslive}");
    Map<String, Object> limits = Shape.map(stack.properties("Stage").get("RouteSettings"));
    assertThat(Shape.map(limits.get("POST /write"))).containsEntry("ThrottlingBurstLimit", "50");
    assertThat(Shape.map(limits.get("POST /read"))).containsEntry("ThrottlingBurstLimit", "7");
    assertThat(stack.ofType("AWS::Lambda::Permission").values())
        .extracting(each -> Shape.map(each.get("Properties")).get("SourceArn"))
        .containsExactlyInAnyOrder(
            "arn:aws:execute-api:us-west-2:111122223333:{Api}/dev/POST/write",
            "arn:aws:execute-api:us-west-2:111122223333:{Api}/dev/POST/read");
  }

  @Test
  void startsFromASnapshotOnGraviton() {
    assertThat(template.stack(Map.of()).properties("Function"))
        .containsEntry("Runtime", "java25")
        .containsEntry("Architectures", List.of("arm64"))
        .containsEntry("SnapStart", Map.of("ApplyOn", "PublishedVersions"))
        .containsEntry("AutoPublishAlias", "live");
  }

  @Test
  void keepsItsLogsForAWhileAndAlarms() {
    Stack stack =
        template.stack(
            Map.of(
                "LogRetentionInDays",
                "7",
                "AlarmTopicArn",
                "arn:aws:sns:us-west-2:111122223333:alarms"));
    assertThat(stack.ofType("AWS::Logs::LogGroup").values())
        .hasSize(2)
        .extracting(each -> Shape.map(each.get("Properties")).get("RetentionInDays"))
        .containsOnly("7");
    assertThat(stack.ofType("AWS::CloudWatch::Alarm").values())
        .hasSize(4)
        .extracting(each -> Shape.map(each.get("Properties")).get("AlarmActions"))
        .containsOnly(List.of("arn:aws:sns:us-west-2:111122223333:alarms"));
    assertThat(template.stack(Map.of()).properties("FunctionErrors"))
        .doesNotContainKey("AlarmActions");
  }

  /**
   * The two actions by which Lambda writes a function's log (Lambda developer guide, "Sending
   * function logs to CloudWatch Logs"); the group is the template's, so nobody has to create one.
   */
  @Test
  void mayWriteItsOwnLogAndNoOther() {
    String own = "arn:aws:logs:us-west-2:111122223333:log-group:/aws/lambda/stack-connector:*";
    assertThat(template.stack(Map.of()).grants("FunctionRole"))
        .filteredOn(grant -> !grant.action().startsWith("timestream:"))
        .containsExactlyInAnyOrder(
            new Grant("logs:CreateLogStream", own), new Grant("logs:PutLogEvents", own));
  }
}
