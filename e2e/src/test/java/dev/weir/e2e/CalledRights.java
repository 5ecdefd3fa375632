// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e;

import dev.weir.e2e.deployment.Grant;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The rights without which recorded calls would be denied, with the resources that the service
 * authorization reference gives for each action.
 */
final class CalledRights {

  private static final String ACCOUNT = LocalAws.ACCOUNT;
  private static final Pattern FROM = Pattern.compile("FROM\\s+\"([^\"]+)\"\\.\"([^\"]+)\"");

  private CalledRights() {}

  static Set<Grant> of(Collection<AwsCall> calls) {
    Set<Grant> rights = new LinkedHashSet<>();
    for (AwsCall call : calls) {
      switch (call.service()) {
        case "dynamodb" -> ofTable(call, rights);
        case "sqs" -> rights.add(ofQueue(call));
        case "scheduler" -> ofScheduler(call, rights);
        case "events" -> rights.add(ofRule(call));
        case "sns" -> rights.add(ofTopic(call));
        case "timestream" -> ofTimestream(call, rights);
        default -> throw new AssertionError("nobody expected " + call);
      }
    }
    return rights;
  }

  /** A transaction is allowed by the actions of its parts. */
  private static void ofTable(AwsCall call, Set<Grant> rights) {
    JsonNode body = json(call);
    switch (call.operation()) {
      case "BatchGetItem" ->
          body.path("RequestItems")
              .propertyNames()
              .forEach(name -> rights.add(new Grant(call.action(), arn(call, "table/" + name))));
      case "TransactWriteItems" -> {
        for (JsonNode item : body.path("TransactItems")) {
          String part = item.propertyNames().iterator().next();
          rights.add(
              new Grant(
                  "dynamodb:" + part + "Item",
                  arn(call, "table/" + item.path(part).path("TableName").asString())));
        }
      }
      default ->
          rights.add(
              new Grant(call.action(), arn(call, "table/" + body.path("TableName").asString())));
    }
  }

  /** A batch is allowed by the action of its single call. */
  private static Grant ofQueue(AwsCall call) {
    String url = json(call).path("QueueUrl").asString();
    return new Grant(
        call.action().replaceFirst("Batch$", ""),
        arn(call, url.substring(url.lastIndexOf('/') + 1)));
  }

  private static void ofScheduler(AwsCall call, Set<Grant> rights) {
    JsonNode body =
        call.request().body().length == 0 ? WireApi.JSON.createObjectNode() : json(call);
    switch (call.operation()) {
      case "ListSchedules", "ListScheduleGroups" -> rights.add(new Grant(call.action(), "*"));
      case "GetScheduleGroup", "CreateScheduleGroup", "DeleteScheduleGroup" ->
          rights.add(new Grant(call.action(), arn(call, "schedule-group/" + call.pathName())));
      case "CreateSchedule", "UpdateSchedule" -> {
        rights.add(
            new Grant(
                call.action(),
                arn(
                    call,
                    "schedule/" + body.path("GroupName").asString() + "/" + call.pathName())));
        rights.add(new Grant("iam:PassRole", body.path("Target").path("RoleArn").asString()));
      }
      case "GetSchedule", "DeleteSchedule" ->
          rights.add(
              new Grant(
                  call.action(),
                  arn(call, "schedule/" + call.parameter("groupName") + "/" + call.pathName())));
      default -> throw new AssertionError("nobody expected " + call);
    }
  }

  private static Grant ofRule(AwsCall call) {
    return switch (call.operation()) {
      case "ListRules" -> new Grant(call.action(), "*");
      case "PutRule", "DeleteRule", "DescribeRule" ->
          new Grant(call.action(), arn(call, "rule/" + json(call).path("Name").asString()));
      case "PutTargets", "RemoveTargets", "ListTargetsByRule" ->
          new Grant(call.action(), arn(call, "rule/" + json(call).path("Rule").asString()));
      default -> throw new AssertionError("nobody expected " + call);
    };
  }

  private static Grant ofTopic(AwsCall call) {
    Matcher topic = Pattern.compile("TopicArn=([^&]+)").matcher(call.request().text());
    if (!topic.find()) {
      throw new AssertionError("no topic in " + call);
    }
    return new Grant(call.action(), URLDecoder.decode(topic.group(1), StandardCharsets.UTF_8));
  }

  private static void ofTimestream(AwsCall call, Set<Grant> rights) {
    JsonNode body = json(call);
    switch (call.operation()) {
      case "DescribeEndpoints", "CancelQuery" -> rights.add(new Grant(call.action(), "*"));
      case "WriteRecords", "DescribeTable" ->
          rights.add(
              new Grant(
                  call.action(),
                  table(
                      call,
                      body.path("DatabaseName").asString(),
                      body.path("TableName").asString())));
      case "Query" -> {
        Matcher from = FROM.matcher(body.path("QueryString").asString());
        while (from.find()) {
          rights.add(new Grant("timestream:Select", table(call, from.group(1), from.group(2))));
        }
      }
      default -> throw new AssertionError("nobody expected " + call);
    }
  }

  private static String table(AwsCall call, String database, String table) {
    return arn(call, "database/" + database + "/table/" + table);
  }

  private static String arn(AwsCall call, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(call.service(), call.region(), ACCOUNT, resource);
  }

  private static JsonNode json(AwsCall call) {
    return WireApi.JSON.readTree(call.request().text());
  }
}
