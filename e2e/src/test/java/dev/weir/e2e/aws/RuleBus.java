// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.e2e.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;

/**
 * EventBridge of one region: it calls the targets of the scheduled rules on the default bus, with
 * their constant input, or with their template in which the event's time stands (EventBridge user
 * guide, "input transformation"). For one thread.
 */
public final class RuleBus {

  private final EventBridgeClient bus;
  private final Map<String, LambdaFunction> functions;

  /** Over functions by the ARNs that targets name. */
  public RuleBus(EventBridgeClient bus, Map<String, LambdaFunction> functions) {
    this.bus = bus;
    this.functions = Map.copyOf(functions);
  }

  /** All rules. */
  public List<Rule> rules() {
    List<Rule> all = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      ListRulesResponse page = bus.listRules(r -> r.nextToken(from));
      all.addAll(page.rules());
      token = page.nextToken();
    } while (token != null);
    return all;
  }

  /** The targets of a rule. */
  public List<Target> targets(Rule rule) {
    return bus.listTargetsByRule(t -> t.rule(rule.name())).targets();
  }

  /** The interval that a rule's rate says. */
  public static Duration interval(Rule rule) {
    return Timetable.interval(rule.scheduleExpression());
  }

  /** Fires each enabled rule whose name passes, once, at this moment; how many they were. */
  public int fire(Instant moment, Pattern names) {
    int fired = 0;
    for (Rule rule : rules()) {
      if (names.matcher(rule.name()).find() && rule.stateAsString().equals("ENABLED")) {
        targets(rule).forEach(target -> call(rule, target, moment));
        fired++;
      }
    }
    return fired;
  }

  private void call(Rule rule, Target target, Instant moment) {
    LambdaFunction function = functions.get(target.arn());
    if (function == null) {
      throw new AssertionError(rule.name() + " calls " + target.arn() + ", and nobody is there");
    }
    function.invoke(input(target, moment.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** A path of the whole event stands for a text; quotes are where the template has them. */
  private static String input(Target target, Instant moment) {
    if (target.inputTransformer() == null) {
      return target.input();
    }
    String input = target.inputTransformer().inputTemplate();
    for (Map.Entry<String, String> each : target.inputTransformer().inputPathsMap().entrySet()) {
      if (!each.getValue().equals("$.time")) {
        throw new AssertionError("nobody expected " + each + " in " + target);
      }
      input =
          input
              .replace("\"<" + each.getKey() + ">\"", "\"" + moment + "\"")
              .replace("<" + each.getKey() + ">", "\"" + moment + "\"");
    }
    return input;
  }
}
