// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes of a deployment are refused before anything is made. */
class TemplateRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          VpcCidrIp            | 10.0.0.0/16, 172.31.0.0/20, 192.168.255.255/32, 10.0.0.0/8
          PrivateRouteTableIds | rtb-0123456789abcdef0, rtb-1;rtb-2
          TimestreamQueryCell  | query-cell1, query-cell2, query-cell13
          TimestreamWriteCell  | ingest-cell1, ingest-cell13
          DefaultDatabase      | prom, Prometheus.Database_1-2
          DefaultTable         | abc
          InstanceType         | t4g.micro, m7g.large, c7gn.16xlarge, x2gd.metal, m8g.metal-24xl, im4gn.large
          ArchiveBucket        | nothing, weir-111122223333-us-west-2, my.bucket
          ArchiveKey           | weir-connector-linux-arm64.zip, weir/1.0/archive.zip
          S3PrefixListId       | nothing, pl-68a54001
          """)
  void takesWhatTheGuideGives(String parameter, String values) {
    for (String value : values.split(", ")) {
      String given = value.equals("nothing") ? "" : value.replace(';', ',');
      assertThat(isolated(parameter).accepts(given)).as("%s = %s", parameter, given).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          VpcCidrIp            | 10.0.0.0
          VpcCidrIp            | 10.0.0/16
          VpcCidrIp            | 10.0.0.256/16
          VpcCidrIp            | 10.0.0.0/33
          VpcCidrIp            | 0.0.0.0/0
          VpcCidrIp            | vpc-0123456789abcdef0
          VpcCidrIp            | fd00::/64
          PrivateRouteTableIds | subnet-0123456789abcdef0
          PrivateRouteTableIds | rtb-1,subnet-2
          TimestreamQueryCell  | ingest-cell1
          TimestreamQueryCell  | cell1
          TimestreamQueryCell  | query-cell
          TimestreamQueryCell  | query-cell1.timestream.us-west-2.amazonaws.com
          TimestreamQueryCell  | https://query-cell1.timestream.us-west-2.amazonaws.com
          TimestreamWriteCell  | query-cell1
          TimestreamWriteCell  | timestream.ingest-cell1
          TimestreamWriteCell  | https://ingest-cell1.timestream.us-west-2.amazonaws.com
          DefaultDatabase      | db
          DefaultDatabase      | prom.metrics/table
          DefaultTable         | my table
          InstanceType         | t3.micro
          InstanceType         | g5.xlarge
          InstanceType         | m7i.large
          InstanceType         | t4g
          ArchiveBucket        | s3://weir-111122223333-us-west-2
          ArchiveBucket        | Weir
          ArchiveBucket        | bucket/folder
          ArchiveKey           | /weir.zip
          ArchiveKey           | weir.tar.gz
          ArchiveKey           | "$(reboot).zip"
          S3PrefixListId       | vpce-0123456789abcdef0
          """)
  void refusesMistakesAndSaysWhatToWrite(String name, String value) {
    Parameter parameter = isolated(name);
    assertThat(parameter.accepts(value)).as("%s = %s", name, value).isFalse();
    assertThat(parameter.explanation()).as("what to write for %s", name).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "MemorySize, 255, 256",
    "MemorySize, 8193, 8192",
    "MemorySize, half, 512",
    "ApiGatewayTimeoutInMillis, 30001, 30000",
    "ApiGatewayTimeoutInMillis, 49, 50",
    "LambdaTimeoutInSeconds, 901, 900",
    "LambdaTimeoutInSeconds, 2, 3",
    "WriteThrottlingBurstLimit, 0, 1",
    "ReadThrottlingBurstLimit, 0, 1",
    "EnableSigV4Auth, yes, false",
    "LogLevel, trace, debug",
    "LogRetentionInDays, 31, 30",
    "APIGatewayStageName, /dev, dev",
    "ExecutionPolicyName, arn:aws:iam::111122223333:policy/x, LambdaExecutionPolicy",
    "AlarmTopicArn, alarms, arn:aws:sns:us-west-2:111122223333:alarms",
    "AlarmTopicArn, arn:aws:sqs:us-west-2:111122223333:alarms, ''",
    "DefaultTable, a/b, a.b"
  })
  void refusesMistakesOfTheServerlessForm(String name, String bad, String good) {
    Parameter parameter = parameter("serverless", name);
    assertThat(parameter.accepts(bad)).as("%s = %s", name, bad).isFalse();
    assertThat(parameter.accepts(good)).as("%s = %s", name, good).isTrue();
  }

  @Test
  void everyPatternSaysWhatItWants() {
    for (Template template : templates()) {
      template
          .parameters()
          .forEach((name, parameter) -> {
            if (parameter.hasPattern()) {
              assertThat(parameter.explanation())
                  .as("%s of %s", name, template)
                  .hasValueSatisfying(text -> assertThat(text).startsWith("must be "));
            }
          });
    }
  }

  @Test
  void everyDefaultKeepsItsOwnRules() {
    for (Template template : templates()) {
      template
          .parameters()
          .forEach((name, parameter) ->
              parameter
                  .defaultValue()
                  .ifPresent(value ->
                      assertThat(parameter.accepts(value))
                          .as("%s of %s: %s", name, template, value)
                          .isTrue()));
    }
  }

  @Test
  void everyParameterHasADefaultButTheSixOfTheGuide() {
    List<String> asked =
        Template.in("privatelink").parameters().entrySet().stream()
            .filter(each -> each.getValue().defaultValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    assertThat(asked)
        .containsExactlyInAnyOrder(
            "VpcId",
            "VpcCidrIp",
            "PrivateSubnetIds",
            "PrivateRouteTableIds",
            "TimestreamQueryCell",
            "TimestreamWriteCell");
    assertThat(Template.in("serverless").parameters().values())
        .allSatisfy(parameter -> assertThat(parameter.defaultValue()).isPresent());
  }

  @Test
  void refusesSubnetsOfAnotherVpc() {
    Map<String, Object> rule =
        Shape.map(Template.in("privatelink").section("Rules").get("SubnetsOfTheVpc"));
    Map<String, Object> assertion = Shape.map(Shape.list(rule.get("Assertions")).getFirst());
    assertThat(assertion.get("Assert"))
        .isEqualTo(
            Map.of(
                "Fn::EachMemberEquals",
                List.of(
                    Map.of("Fn::ValueOf", List.of("PrivateSubnetIds", "VpcId")),
                    Map.of("Ref", "VpcId"))));
  }

  private static List<Template> templates() {
    List<Template> templates = Template.all();
    assertThat(templates).extracting(Template::toString).contains("privatelink", "serverless");
    return templates;
  }

  private static Parameter isolated(String name) {
    return parameter("privatelink", name);
  }

  private static Parameter parameter(String template, String name) {
    Parameter parameter = Template.in(template).parameters().get(name);
    if (parameter == null) {
      throw new AssertionError(template + " has no parameter " + name);
    }
    return parameter;
  }
}
