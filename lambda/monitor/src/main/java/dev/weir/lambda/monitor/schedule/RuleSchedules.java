// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

package dev.weir.lambda.monitor.schedule;

import dev.weir.lambda.monitor.settings.RegionTargets;
import dev.weir.monitor.check.SiteKey;
import dev.weir.store.StoreException;
import dev.weir.store.StoreException.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.InputTransformer;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.RemoveTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.RetryPolicy;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/**
 * Rules of the default event bus, as the original had them, each with one target. A rule and its
 * target are two calls: what fails between them is mended by the next put, and seen by {@link
 * #list}. There is room for 300 rules in most regions. The functions' permission to be called by
 * rules of this prefix is the deployment's.
 */
public final class RuleSchedules implements SiteSchedules {

  /** Of a target's template (EventBridge, InputTransformer). */
  static final int TEMPLATE_CHARACTERS_MAX = 8_192;

  static final String MOMENT = "<time>";

  /** One target for each rule, by the same name in all of them. */
  static final String TARGET = "weir";

  private static final int PAGE = 100;
  private static final int REMOVED_AT_ONCE = 100;
  private static final int PUT_ATTEMPTS_MAX = 3;

  private final String region;
  private final RegionTargets targets;
  private final String prefix;
  private final EventBridgeClient bus;
  private final Calls calls;

  public RuleSchedules(
      String region, RegionTargets targets, String prefix, EventBridgeClient bus, Calls calls) {
    this.region = region;
    this.targets = targets;
    this.prefix = ScheduleNames.prefix("WEIR_RULE_PREFIX", prefix);
    this.bus = bus;
    this.calls = calls;
  }

  @Override
  public String region() {
    return region;
  }

  @Override
  public List<FoundSchedule> list() {
    List<Rule> rules =
        Pages.all(
            token ->
                calls.make(
                    "events:ListRules",
                    () ->
                        bus.listRules(
                            request -> request.namePrefix(prefix).limit(PAGE).nextToken(token))),
            ListRulesResponse::rules,
            ListRulesResponse::nextToken);
    return AtOnce.each(rules, this::found).stream().flatMap(Optional::stream).toList();
  }

  private Optional<FoundSchedule> found(Rule rule) {
    return Calls.unlessGone(() ->
        new FoundSchedule(
            rule.name(),
            Purpose.of(rule.description()).filter(each -> name(each).equals(rule.name())),
            asks(
                String.valueOf(rule.scheduleExpression()),
                rule.stateAsString(),
                targets(rule.name()))));
  }

  private List<Target> targets(String rule) {
    return Pages.all(
        token ->
            calls.make(
                "events:ListTargetsByRule",
                () ->
                    bus.listTargetsByRule(
                        request -> request.rule(rule).limit(PAGE).nextToken(token))),
        ListTargetsByRuleResponse::targets,
        ListTargetsByRuleResponse::nextToken);
  }

  @Override
  public FoundSchedule form(PlannedSchedule planned) {
    return new FoundSchedule(
        name(planned.purpose()),
        Optional.of(planned.purpose()),
        asks(planned.rate(), RuleState.ENABLED.toString(), List.of(target(planned))));
  }

  private static String asks(String rate, String state, List<Target> targets) {
    return targets.stream()
        .sorted(Comparator.comparing(Target::id))
        .map(RuleSchedules::asks)
        .collect(Collectors.joining("\n", rate + "\n" + state + "\n", ""));
  }

  private static String asks(Target target) {
    return String.join(
        " ",
        target.id(),
        target.arn(),
        String.valueOf(target.input()),
        target.retryPolicy() == null
            ? "no retries"
            : target.retryPolicy().maximumEventAgeInSeconds()
                + " s, "
                + target.retryPolicy().maximumRetryAttempts(),
        target.inputTransformer() == null
            ? ""
            : target.inputTransformer().inputPathsMap()
                + target.inputTransformer().inputTemplate());
  }

  @Override
  public void put(PlannedSchedule planned) {
    Target target = target(planned);
    String rule = name(planned.purpose());
    try {
      calls.make(
          "events:PutRule",
          () ->
              bus.putRule(request ->
                  request
                      .name(rule)
                      .description(planned.purpose().description())
                      .scheduleExpression(planned.rate())
                      .state(RuleState.ENABLED)));
    } catch (StoreException e) {
      throw e.kind() == Kind.QUOTA ? noRoom(planned.purpose(), e) : e;
    }
    putTarget(rule, target);
    removeTargets(
        rule, targets(rule).stream().map(Target::id).filter(id -> !id.equals(TARGET)).toList());
  }

  /** A rule that is there may lack its target, so that it is put all the same. */
  @Override
  public void ensure(PlannedSchedule planned) {
    put(planned);
  }

  private StoreException noRoom(Purpose purpose, StoreException e) {
    return new StoreException(
        Kind.QUOTA,
        "no rule for '%s': the event bus of %s has as many as its quota allows, 300 by default and"
                .formatted(purpose.description(), region)
            + " 100 in some regions. WEIR_SCHEDULES=scheduler has room for millions; or have the"
            + " quota 'Rules per event bus' raised",
        e);
  }

  /** A target that is refused by itself leaves the call a success: its count tells. */
  private void putTarget(String rule, Target target) {
    for (int attempt = 1; ; attempt++) {
      PutTargetsResponse answer =
          calls.make(
              "events:PutTargets",
              () -> bus.putTargets(request -> request.rule(rule).targets(target)));
      if (answer.failedEntryCount() == null || answer.failedEntryCount() == 0) {
        return;
      }
      if (attempt == PUT_ATTEMPTS_MAX) {
        throw new StoreException(
            Kind.UNAVAILABLE,
            "the rule %s in %s has no target yet: %s"
                .formatted(
                    rule,
                    region,
                    answer.failedEntries().stream()
                        .map(entry -> entry.errorCode() + " " + entry.errorMessage())
                        .toList()));
      }
    }
  }

  @Override
  public void remove(Purpose purpose) {
    String rule = name(purpose);
    Calls.unlessGone(() -> {
      removeTargets(rule, targets(rule).stream().map(Target::id).toList());
      return calls.make("events:DeleteRule", () -> bus.deleteRule(request -> request.name(rule)));
    });
  }

  private void removeTargets(String rule, List<String> ids) {
    for (int from = 0; from < ids.size(); from += REMOVED_AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + REMOVED_AT_ONCE));
      RemoveTargetsResponse answer =
          calls.make(
              "events:RemoveTargets",
              () -> bus.removeTargets(request -> request.rule(rule).ids(some)));
      if (answer.failedEntryCount() != null && answer.failedEntryCount() > 0) {
        throw new StoreException(
            Kind.UNAVAILABLE,
            "%d targets of the rule %s in %s stay for now: %s"
                .formatted(
                    answer.failedEntryCount(),
                    rule,
                    region,
                    answer.failedEntries().stream()
                        .map(entry -> entry.errorCode() + " " + entry.errorMessage())
                        .toList()));
      }
    }
  }

  private Target target(PlannedSchedule planned) {
    String template = planned.input(region, MOMENT);
    if (template.length() > TEMPLATE_CHARACTERS_MAX) {
      throw new StoreException(
          Kind.BAD_REQUEST,
          "%s has %,d characters as a rule's template, at most %,d: shorten its definition, or take WEIR_SCHEDULES=scheduler"
              .formatted(
                  planned.purpose().description(), template.length(), TEMPLATE_CHARACTERS_MAX));
    }
    return Target.builder()
        .id(TARGET)
        .arn(planned.function(targets))
        .retryPolicy(
            RetryPolicy.builder()
                .maximumEventAgeInSeconds((int) planned.lateness().toSeconds())
                .maximumRetryAttempts(PlannedSchedule.RETRIES)
                .build())
        .inputTransformer(
            InputTransformer.builder()
                .inputPathsMap(Map.of("time", "$.time"))
                .inputTemplate(template)
                .build())
        .build();
  }

  /** As the original called them for the default customer, where that fits. */
  private String name(Purpose purpose) {
    return switch (purpose) {
      case Purpose.OfSite(SiteKey site) when site.customer().equals(SiteKey.DEFAULT_CUSTOMER) ->
          ScheduleNames.fitted(prefix, site.id());
      case Purpose.OfSite(SiteKey site) ->
          ScheduleNames.marked(prefix, '_', site.customer() + "." + site.id(), site.toString());
      case Purpose.OfShard(int shard) ->
          ScheduleNames.fitted(prefix, ".tick-%s-%d".formatted(region, shard));
    };
  }
}
