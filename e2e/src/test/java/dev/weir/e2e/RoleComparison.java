// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0
package dev.weir.e2e;

import static dev.weir.e2e.MonitoringStack.HOME;
import static dev.weir.e2e.MonitoringStack.SECOND;

import dev.weir.e2e.deployment.Grant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds what roles allow against what their functions were seen to call. */
final class RoleComparison {

  /** Which role is whose, by the module that has it. */
  private static final Map<String, Deployed> FUNCTIONS =
      new TreeMap<>(
          Map.of(
              "module.configuration", new Deployed(MonitorFunction.CONFIGURATION, HOME),
              "module.reconcile", new Deployed(MonitorFunction.RECONCILE, HOME),
              "module.writer", new Deployed(MonitorFunction.WRITER, HOME),
              "module.notices", new Deployed(MonitorFunction.NOTICES, HOME),
              "module.rollup", new Deployed(MonitorFunction.ROLLUP, HOME),
              "module.sites", new Deployed(MonitorFunction.SITES, HOME),
              "module.home.module.check", new Deployed(MonitorFunction.CHECK, HOME),
              "module.home.module.tick", new Deployed(MonitorFunction.TICK, HOME),
              "module.second[0].module.check", new Deployed(MonitorFunction.CHECK, SECOND),
              "module.second[0].module.tick", new Deployed(MonitorFunction.TICK, SECOND)));

  /**
   * Allowed for ways that these tests don't go, by module and action: two who change one document
   * at once, a notice that fails again and again, an incident that ended too long ago to be kept,
   * an hour that is summed again, a query that is given up, a site that is shown with its state.
   * The tests of the functions themselves go them.
   */
  private static final Set<String> OTHER_WAYS =
      Set.of(
          "module.notices dynamodb:PutItem",
          "module.notices dynamodb:GetItem",
          "module.notices dynamodb:ConditionCheckItem",
          "module.rollup dynamodb:PutItem",
          "module.rollup dynamodb:GetItem",
          "module.rollup dynamodb:DeleteItem",
          "module.rollup dynamodb:ConditionCheckItem",
          "module.rollup dynamodb:BatchGetItem",
          "module.rollup timestream:CancelQuery",
          "module.rollup timestream:Select",
          "module.rollup timestream:DescribeTable",
          "module.sites dynamodb:ConditionCheckItem",
          "module.sites dynamodb:GetItem",
          "module.sites dynamodb:BatchGetItem",
          "module.writer dynamodb:ConditionCheckItem",
          "module.writer dynamodb:DeleteItem");

  private record Deployed(MonitorFunction function, String region) {}

  private RoleComparison() {}

  /** What a role lacks, and what it allows that nobody needs, each in a line. */
  static List<String> differences(PlannedRoles roles, List<AwsCall> calls) {
    List<String> differences = new ArrayList<>();
    FUNCTIONS.forEach((module, deployed) -> {
      List<Grant> granted = roles.of(module);
      Set<Grant> needed = needed(deployed, calls);
      for (Grant need : needed) {
        if (granted.stream().noneMatch(grant -> covers(grant, need))) {
          differences.add(module + " lacks " + need);
        }
      }
      for (Grant grant : granted) {
        if (needed.stream().noneMatch(need -> covers(grant, need))
            && !OTHER_WAYS.contains(module + " " + grant.action())) {
          differences.add(module + " needs no " + grant);
        }
      }
    });
    return differences;
  }

  private static Set<Grant> needed(Deployed deployed, List<AwsCall> calls) {
    String key = LocalAws.callerKey(deployed.function().caller(deployed.region()));
    Set<Grant> needed =
        new LinkedHashSet<>(
            CalledRights.of(calls.stream().filter(call -> call.caller().equals(key)).toList()));
    needed.addAll(ofLambda(deployed));
    return needed;
  }

  /**
   * What Lambda itself does by a function's role: it reads the function's event source, and tells a
   * destination of what failed (Lambda developer guide, "Execution role permissions" of SQS and of
   * DynamoDB, "Adding a destination"). And what Timestream's clients do before their first call.
   */
  private static Set<Grant> ofLambda(Deployed deployed) {
    String region = deployed.region();
    String failures = queue(region, "cpt-monitoring-schedule-failures");
    return switch (deployed.function()) {
      case CHECK ->
          grants(
              reading(queue(region, "cpt-monitoring-orders")),
              Stream.of(new Grant("sqs:SendMessage", failures)));
      case TICK, RECONCILE, NOTICES -> Set.of(new Grant("sqs:SendMessage", failures));
      case WRITER -> grants(reading(queue(region, "cpt-monitoring-results")), Stream.of(DISCOVERY));
      case ROLLUP -> Set.of(new Grant("sqs:SendMessage", failures), DISCOVERY);
      case CONFIGURATION ->
          grants(
              Stream.of("GetRecords", "GetShardIterator", "DescribeStream")
                  .map(action ->
                      new Grant(
                          "dynamodb:" + action,
                          "arn:aws:dynamodb:%s:%s:table/WSMonitoringConfig/stream/2026"
                              .formatted(region, LocalAws.ACCOUNT))),
              Stream.of(
                  new Grant("dynamodb:ListStreams", "*"),
                  new Grant("sqs:SendMessage", queue(region, "cpt-monitoring-stream-failures"))));
      case SITES -> Set.of();
    };
  }

  private static final Grant DISCOVERY = new Grant("timestream:DescribeEndpoints", "*");

  private static Stream<Grant> reading(String queue) {
    return Stream.of("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")
        .map(action -> new Grant("sqs:" + action, queue));
  }

  private static Set<Grant> grants(Stream<Grant> some, Stream<Grant> others) {
    return Stream.concat(some, others).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String queue(String region, String name) {
    return "arn:aws:sqs:%s:%s:%s".formatted(region, LocalAws.ACCOUNT, name);
  }

  /** Only an action without resources may be allowed on all of them. */
  private static boolean covers(Grant grant, Grant need) {
    if (!grant.action().equals(need.action())) {
      return false;
    }
    if (grant.resource().equals("*") || need.resource().equals("*")) {
      return grant.resource().equals(need.resource());
    }
    String pattern =
        Stream.of(grant.resource().split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return need.resource().matches(pattern);
  }
}
